// SPDX-License-Identifier: EUPL-1.2
/**
 * Leaving in a hurry: a button, or Escape three times. What was typed goes first, then everything that can be seen,
 * then the place in the tab's history is given to a harmless page. Other tabs that show this site follow.
 *
 * For that to leave nothing behind "Back", this site takes one place in the tab's history: a link to another page of
 * its own takes the place of the page that it is on. What lay ahead is one place that leads to the harmless page too.
 */
import { find } from "./dom.js";
import { leaveOnly, toFirstPlace } from "./trail.js";

const PRESSES = 3;
const WITHIN_MS = 2000;
/** How long the browser may take to forget its copies of this site, when there is a hurry. */
const FORGETTING_MS = 500;

/** Make the button, the key and the links of this page work. */
export function prepareExit() {
  const link = find("#leave");
  if (!(link instanceof HTMLAnchorElement)) throw new RangeError("#leave is no link");
  const everyTab = new BroadcastChannel("leave");
  const go = () => leave(link.href, link.dataset["to"] ?? "");
  const exit = () => {
    everyTab.postMessage("now");
    go();
  };
  everyTab.addEventListener("message", go);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    exit();
  });
  onEscapes(exit);
  document.addEventListener("click", followInPlace);
}

/**
 * @param {string} forget address whose answer makes the browser drop its copies of this site, and leads to the harmless page
 * @param {string} to the harmless page
 */
async function leave(forget, to) {
  // Asking whether the text may go would keep the page in sight. Listeners that capture come first.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  for (const field of document.querySelectorAll("input, textarea, select")) clear(field);
  document.body.hidden = true;
  document.title = "";
  // A browser that kept this page in memory shows it as it was left.
  window.addEventListener("pageshow", () => location.replace(to));
  const forgotten = fetch(forget, { redirect: "manual", cache: "no-store" }).catch(() => undefined);
  await Promise.all([leaveOnly(forget), Promise.race([forgotten, new Promise((resolve) => setTimeout(resolve, FORGETTING_MS))])]);
  document.body.replaceChildren();
  location.replace(to);
}

/** Browsers keep the content of fields, for when they start again. @param {Element} field */
function clear(field) {
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = "";
  if (!(field instanceof HTMLInputElement)) return;
  if (field.type === "checkbox" || field.type === "radio") field.checked = false;
  else field.value = "";
}

/**
 * A screen reader uses Escape too, once at a time, and mostly keeps it to itself; a list that closes at Escape says so.
 * @param {() => void} run
 */
function onEscapes(run) {
  /** @type {number[]} */
  let presses = [];
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing || event.defaultPrevented) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
    if (presses.length >= PRESSES) run();
  });
}

/** @param {MouseEvent} event */
function followInPlace(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target !== "";
  if (elsewhere || link.origin !== location.origin) return;
  event.preventDefault();
  toFirstPlace().then(() => location.replace(link.href));
}
