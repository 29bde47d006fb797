// SPDX-License-Identifier: EUPL-1.2
/**
 * A field for one word of a phrase, with typing help: a combobox after the ARIA practice "list autocomplete with
 * manual selection". The arrow keys choose, Enter or Tab takes what is chosen, Escape closes the list.
 */
import { find, listItems, make } from "./dom.js";
import { text } from "./texts.js";
import { startingWith } from "./wordlist.js";

/** @typedef {(prefix: string) => Promise<string[]>} Lookup words that start with what was typed */

const SHOWN = 5;

/**
 * Typing help from the page's list, and from the other language's once nothing in the first one fits.
 *
 * @param {import("./vault.js").Vault} vault
 * @param {string} language
 * @returns {Lookup}
 */
export function lookupIn(vault, language) {
  return async (prefix) => {
    for (const code of [language, language === "nl" ? "en" : "nl"]) {
      const found = startingWith(await vault.client.wordList({ language: code }), prefix, SHOWN);
      if (found.length > 0) return found;
    }
    return [];
  };
}

/**
 * @param {number} number of the word, from 1
 * @param {Lookup} lookup
 * @returns {{ element: HTMLElement, input: HTMLInputElement }}
 */
export function createWordField(number, lookup) {
  const label = text("word-label", { number });
  const element = document.createElement("div");
  element.append(make("word-field", { label }));
  const input = /** @type {HTMLInputElement} */ (find("input", element));
  const list = find("ul", element);
  input.id = `word-${number}`;
  list.id = `${input.id}-help`;
  find("label", element).setAttribute("for", input.id);
  input.setAttribute("aria-controls", list.id);
  attachHelp(input, list, lookup);
  return { element: find(".word", element), input };
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {Lookup} lookup
 */
function attachHelp(input, list, lookup) {
  const offer = async () => {
    const typed = input.value.trim().toLowerCase();
    // One letter fits hundreds of words; help starts at the second.
    const words = typed.length < 2 ? [] : await lookup(typed).catch(() => []);
    const stillHere = document.activeElement === input && input.value.trim().toLowerCase() === typed;
    if (stillHere) showOptions(input, list, words.length === 1 && words[0] === typed ? [] : words);
  };
  input.addEventListener("input", offer);
  input.addEventListener("blur", () => showOptions(input, list, []));
  input.addEventListener("keydown", (event) => onKey(event, input, list));
  // Not "click": the field would lose the focus first, and the list with it.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    if (event.target instanceof HTMLLIElement) take(input, list, event.target);
  });
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {string[]} words
 */
function showOptions(input, list, words) {
  list.replaceChildren(...listItems(words));
  for (const [index, option] of [...list.children].entries()) {
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.id = `${list.id}-${index}`;
  }
  list.hidden = words.length === 0;
  input.setAttribute("aria-expanded", String(words.length > 0));
  input.removeAttribute("aria-activedescendant");
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 */
function onKey(event, input, list) {
  if (list.hidden) return;
  const chosen = list.querySelector('[aria-selected="true"]');
  if (event.key === "ArrowDown") choose(input, chosen?.nextElementSibling ?? list.firstElementChild, chosen);
  else if (event.key === "ArrowUp") choose(input, chosen?.previousElementSibling ?? list.lastElementChild, chosen);
  else if (event.key === "Escape") showOptions(input, list, []);
  else if (chosen && (event.key === "Enter" || event.key === "Tab")) take(input, list, chosen);
  else return;
  // Tab goes on to the next field as always.
  if (event.key !== "Tab") event.preventDefault();
}

/**
 * @param {HTMLInputElement} input
 * @param {Element | null} option
 * @param {Element | null} before
 */
function choose(input, option, before) {
  before?.setAttribute("aria-selected", "false");
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", option.id);
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {Element} option
 */
function take(input, list, option) {
  input.value = option.textContent ?? "";
  showOptions(input, list, []);
}
