// SPDX-License-Identifier: EUPL-1.2
/** Other ways to be heard, from the verified desk document. */
import { make, put } from "./dom.js";
import { text } from "./texts.js";

/**
 * @param {string} value what a desk wrote: a number, an address or a sentence
 * @returns {string | null} where a link may lead; null when it is only to be read
 */
export function addressOf(value) {
  if (/^https:\/\/[^\s/@]+(\/\S*)?$/.test(value)) return value;
  if (/^\+?[0-9][0-9 ()–-]{2,}$/.test(value)) return `tel:${value.replace(/[^+0-9]/g, "")}`;
  return null;
}

/**
 * @param {import("../client.js").Route[]} routes
 * @returns {HTMLUListElement}
 */
export function routeList(routes) {
  const list = document.createElement("ul");
  for (const { name, value, note } of routes) {
    const item = make("route", { name });
    put(item, "value", valueElement(value));
    if (note) put(item, "note", document.createElement("br"), note);
    list.append(item);
  }
  return list;
}

/** @param {string} value */
function valueElement(value) {
  const address = addressOf(value);
  if (address === null) return document.createTextNode(value);
  const link = document.createElement("a");
  link.href = address;
  link.textContent = value;
  if (address.startsWith("tel:")) return link;
  // Another tab: what was typed here must not go.
  link.target = "_blank";
  link.rel = "noreferrer noopener";
  link.append(` ${text("opens-new")}`);
  return link;
}
