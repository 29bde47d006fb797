// SPDX-License-Identifier: EUPL-1.2
/** One view at a time in `#view`. A view that is not shown keeps what was typed in it. */
import { find, make } from "./dom.js";

/**
 * @param {string} id of a template
 * @param {import("./dom.js").Values} [values]
 * @returns {HTMLElement} the view, not shown yet
 */
export function makeView(id, values) {
  const view = document.createElement("div");
  view.append(make(id, values));
  return view;
}

/**
 * Show a view from its beginning, and put the focus on its heading so that a screen reader starts there.
 * @param {HTMLElement} view
 * @param {HTMLElement} [part] of the view whose heading it is, where others are hidden
 */
export function present(view, part = view) {
  showFirst(view);
  window.scrollTo(0, 0);
  find("h1", part).focus({ preventScroll: true });
}

/** Show the first view of a page, where the browser itself decides on the focus. @param {HTMLElement} view */
export function showFirst(view) {
  find("#view").replaceChildren(view);
}

/**
 * Ask before the page goes away while something would be lost.
 * @param {() => boolean} wouldLose
 */
export function guardLeaving(wouldLose) {
  window.addEventListener("beforeunload", (event) => {
    if (wouldLose()) event.preventDefault();
  });
}
