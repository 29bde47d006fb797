// SPDX-License-Identifier: EUPL-1.2
/**
 * A dated proof that a reporter may keep: one page without scripts, styles or links, made in the browser and sent
 * nowhere. It helps who has to show later what they reported, and it tells whoever finds it.
 */
import { formatDay } from "./clock.js";
import { make, put } from "./dom.js";
import { saveFile } from "./save.js";
import { language, text } from "./texts.js";

/** @typedef {{ label: string, value: string }} Fact */

/**
 * @param {{ desk: import("../client.js").Desk, log: string, number: string, day: string }} about `day` on which it was made
 * @param {Fact[]} facts in the order in which they stand there
 * @returns {string} a whole HTML page
 */
export function proofPage({ desk, log, number, day }, facts) {
  const page = document.implementation.createHTMLDocument(text("proof-title"));
  page.documentElement.lang = language();
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset);
  const content = make("proof-page", { day: formatDay(day, language()), name: desk.name, id: desk.id, words: desk.words.join(" "), log, number });
  put(content, "facts", ...facts.map(({ label, value }) => make("proof-fact", { label, value })));
  page.body.append(content);
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

/**
 * Hand a page to the browser to save, under a name that tells nothing.
 * @param {string} html
 */
export function savePage(html) {
  saveFile(new Blob([html], { type: "text/html" }), text("proof-file"));
}
