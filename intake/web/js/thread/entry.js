// SPDX-License-Identifier: EUPL-1.2
/** Eight words in: typing help, pasting all at once, and a wrong word named before any slow work. */
import { find, make, put } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { markProblem, clearProblem, showProblems } from "../ui/problems.js";
import { language, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";
import { createWordField, lookupIn } from "../ui/wordfield.js";
import { splitWords } from "../ui/wordlist.js";
import { whileWorking } from "../ui/working.js";

/** @typedef {import("../ui/vault.js").Vault} Vault */
/** @typedef {import("../ui/desk.js").DeskCheck} DeskCheck */
/** @typedef {import("../client.js").OnProgress} OnProgress */
/** @typedef {import("../client.js").WordsCheck} WordsCheck */

const WORDS = 8;

/**
 * @param {Vault} vault
 * @param {() => DeskCheck} check
 * @param {(words: string, onProgress: OnProgress) => Promise<void>} open
 * @returns {HTMLElement}
 */
export function createEntry(vault, check, open) {
  const view = makeView("view-entry");
  const lookup = lookupIn(vault, language());
  const fields = Array.from({ length: WORDS }, (_, index) => createWordField(index + 1, lookup));
  const inputs = fields.map(({ input }) => input);
  put(view, "fields", ...fields.map(({ element }) => element));
  for (const input of inputs) {
    input.addEventListener("paste", (event) => spreadPasted(event, inputs));
    input.addEventListener("input", () => /\s/.test(input.value) && spread(input.value, inputs, input));
    for (const changed of ["input", "change"]) input.addEventListener(changed, () => expect(vault, inputs));
    input.addEventListener("change", () => checkOne(vault, input, inputs.indexOf(input) + 1));
  }
  find("form", view).addEventListener("submit", (event) => {
    event.preventDefault();
    whileWorking(view, (onProgress) => tryOpen(view, { vault, check: check(), inputs }, (words) => open(words, onProgress)));
  });
  return view;
}

/**
 * @param {ClipboardEvent} event
 * @param {HTMLInputElement[]} inputs
 */
function spreadPasted(event, inputs) {
  const pasted = event.clipboardData?.getData("text") ?? "";
  if (splitWords(pasted).length < 2) return;
  event.preventDefault();
  spread(pasted, inputs, /** @type {HTMLInputElement} */ (event.target));
}

/**
 * Put words into the fields from this one on, or from the first when they are all there, and go on behind the last.
 * No word has a space in it, so the space bar leads to the next field.
 *
 * @param {string} typed
 * @param {HTMLInputElement[]} inputs
 * @param {HTMLInputElement} input
 */
function spread(typed, inputs, input) {
  const words = splitWords(typed);
  const start = words.length >= inputs.length ? 0 : inputs.indexOf(input);
  input.value = "";
  for (const [index, word] of words.entries()) {
    const field = inputs[start + index];
    if (!field) break;
    field.value = word;
    field.dispatchEvent(new Event("change"));
  }
  (inputs[start + words.length] ?? inputs.at(-1))?.focus();
}

/**
 * Whoever types slowly need not wait for the keys as well.
 *
 * @param {Vault} vault
 * @param {HTMLInputElement[]} inputs
 */
function expect(vault, inputs) {
  // What cannot be done in advance is done, and told, when the mailbox is opened.
  vault.client.expectWords({ text: phraseIn(inputs), language: language() }).catch(() => undefined);
}

/**
 * @param {Vault} vault
 * @param {HTMLInputElement} input
 * @param {number} number
 */
async function checkOne(vault, input, number) {
  const word = input.value.trim();
  const problem = word === "" ? null : await problemOf(vault, input, number).catch(() => null);
  if (input.value.trim() !== word) return;
  if (problem) markProblem(input, problem);
  else clearProblem(input);
}

/**
 * @param {Extract<WordsCheck, { index: number }>} result
 * @param {number} number
 */
function unknownWord({ word, suggestions }, number) {
  const unknown = text("problem-word-unknown", { word, number });
  if (suggestions.length === 0) return unknown;
  const list = new Intl.ListFormat(language(), { type: "disjunction" }).format(suggestions);
  return `${unknown} ${text("did-you-mean", { suggestions: list })}`;
}

/**
 * @param {HTMLElement} view
 * @param {{ vault: Vault, check: DeskCheck, inputs: HTMLInputElement[] }} parts
 * @param {(words: string) => Promise<void>} open
 */
async function tryOpen(view, { vault, check, inputs }, open) {
  showProblems(view, []);
  try {
    const problems = await problemsOf(vault, check, inputs);
    if (problems.length > 0) showProblems(view, problems);
    else await open(phraseIn(inputs));
  } catch (failure) {
    const error = asClientError(failure);
    if (error.code === "unknown") find(".utrecht-alert", put(view, "problems", make("unknown-mailbox"))).focus();
    else showFailure(view, "problems", error, { title: "title-unopened", kept: "kept-words" });
    if (error.code === "desk") check.refuse();
  }
}

/** @param {HTMLInputElement[]} inputs */
function phraseIn(inputs) {
  return inputs.map((input) => input.value.trim()).join(" ");
}

/**
 * Every wrong or missing word at once; only when each is a word of ours, whether they are one phrase.
 *
 * @param {Vault} vault
 * @param {DeskCheck} check
 * @param {HTMLInputElement[]} inputs
 * @returns {Promise<import("../ui/problems.js").Problem[]>}
 */
async function problemsOf(vault, { verdict }, inputs) {
  const single = await Promise.all(inputs.map((field, index) => problemOf(vault, field, index + 1)));
  const problems = inputs.flatMap((field, index) => (single[index] ? [{ field, text: single[index] }] : []));
  if (problems.length > 0) return problems;
  const result = await vault.client.checkWords({ text: phraseIn(inputs), language: language() });
  if (!result.ok) return [mixedPhrase(result, inputs)];
  if (verdict === "verified") return [];
  const waiting = verdict === "checking" || verdict === "unreached";
  return [{ field: null, text: text(waiting ? "problem-desk-checking" : "problem-desk-refused") }];
}

/**
 * @param {Vault} vault
 * @param {HTMLInputElement} input
 * @param {number} number
 * @returns {Promise<string | null>} what is wrong with this word by itself
 */
async function problemOf(vault, input, number) {
  const word = input.value.trim();
  if (word === "") return text("problem-word-empty", { number });
  // The worker checks whole phrases: here one that has this word only.
  const result = await vault.client.checkWords({ text: Array(WORDS).fill(word).join(" "), language: language() });
  return result.ok || result.index === null ? null : unknownWord(result, number);
}

/**
 * @param {Extract<WordsCheck, { ok: false }>} result
 * @param {HTMLInputElement[]} inputs
 */
function mixedPhrase(result, inputs) {
  const field = result.index === null ? null : (inputs[result.index] ?? null);
  if (result.index === null || !field) return { field: null, text: text("why-words") };
  return { field, text: text("problem-word-mixed", { word: result.word, number: result.index + 1 }) };
}
