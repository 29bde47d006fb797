// SPDX-License-Identifier: EUPL-1.2
/** Two of the eight words, typed back from paper: a slip of the pen is found while it can still be mended. */
import { find, on, put } from "../ui/dom.js";
import { showProblems } from "../ui/problems.js";
import { text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";
import { createWordField } from "../ui/wordfield.js";

/**
 * @param {number} count how many words there are
 * @param {(below: number) => number} random a whole number from 0 to below − 1
 * @returns {[number, number]} two different places, the lower one first
 */
export function pickTwo(count, random) {
  const first = random(count);
  const second = (first + 1 + random(count - 1)) % count;
  return first < second ? [first, second] : [second, first];
}

/** @param {number} below at most 256 @returns {number} unguessable enough for a check of a pen: its bias is of no use */
export function randomBelow(below) {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;
}

/**
 * @param {string[]} words
 * @param {import("../ui/wordfield.js").Lookup} lookup
 * @param {{ count: number, back: () => void, done: () => void }} steps `count` of steps, of which this is the last
 * @returns {HTMLElement}
 */
export function createConfirm(words, lookup, steps) {
  const view = makeView("view-confirm", { number: steps.count, count: steps.count });
  const asked = pickTwo(words.length, randomBelow).map((index) => ({ index, ...createWordField(index + 1, lookup) }));
  put(view, "fields", ...asked.map(({ element }) => element));
  on(view, "back", steps.back);
  find("form", view).addEventListener("submit", (event) => {
    event.preventDefault();
    const problems = asked.flatMap(({ index, input }) => problemOf(input, index + 1, words[index] ?? ""));
    showProblems(view, problems);
    if (problems.length === 0) steps.done();
  });
  return view;
}

/**
 * @param {HTMLInputElement} input
 * @param {number} number
 * @param {string} word the right one
 */
function problemOf(input, number, word) {
  const typed = input.value.trim().toLowerCase();
  if (typed === word) return [];
  return [{ field: input, text: text(typed === "" ? "problem-word-empty" : "problem-word-wrong", { number }) }];
}
