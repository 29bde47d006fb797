// SPDX-License-Identifier: EUPL-1.2
/** The eight words, shown once, and the honest way on for who cannot keep them. */
import { formatDay } from "../ui/clock.js";
import { listItems, on, put } from "../ui/dom.js";
import { announce, language, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";

/**
 * @param {string[]} words
 * @param {string} day of arrival
 * @param {{ confirm: () => void, lose: () => void }} steps
 * @returns {HTMLElement}
 */
export function createWords(words, day, steps) {
  const view = makeView("view-words", { day: formatDay(day, language()) });
  put(view, "words", ...listItems(words));
  on(view, "print", () => window.print());
  on(view, "copy", () => copy(words.join(" ")));
  on(view, "confirm", steps.confirm);
  on(view, "lose", steps.lose);
  return view;
}

/**
 * @param {{ back: () => void, goOn: () => void }} steps
 * @returns {HTMLElement}
 */
export function createLose(steps) {
  const view = makeView("view-lose");
  on(view, "back", steps.back);
  on(view, "go-on", steps.goOn);
  return view;
}

/** @param {string} phrase */
async function copy(phrase) {
  try {
    await navigator.clipboard.writeText(phrase);
    announce(text("copied"));
  } catch {
    announce(text("copy-failed"));
  }
}
