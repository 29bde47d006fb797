// SPDX-License-Identifier: EUPL-1.2
/** Shows how far slow work is, to eyes and to screen readers; one piece of work at a time for each view. */
import { find, make, put } from "./dom.js";
import { announce, text } from "./texts.js";

/** @typedef {import("../client.js").OnProgress} OnProgress */

/**
 * Run `work` while the view's `working` slot shows its stages; a second call before it ends does nothing.
 *
 * @param {HTMLElement} view
 * @param {(onProgress: OnProgress) => Promise<void>} work
 */
export async function whileWorking(view, work) {
  if (view.getAttribute("aria-busy") === "true") return;
  view.setAttribute("aria-busy", "true");
  try {
    await work(progressIn(view));
  } finally {
    view.removeAttribute("aria-busy");
    // The view may have been emptied once its work was done.
    view.querySelector('[data-slot="working"]')?.replaceChildren();
  }
}

/**
 * @param {HTMLElement} view
 * @returns {OnProgress}
 */
function progressIn(view) {
  let shown = "";
  return ({ stage, fraction }) => {
    if (stage !== shown) {
      shown = stage;
      const sentence = text(`stage-${stage}`);
      put(view, "working", make("working", { text: sentence }));
      announce(sentence);
    }
    const bar = find("progress", view);
    if (bar instanceof HTMLProgressElement) bar.value = fraction;
  };
}
