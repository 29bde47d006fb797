// SPDX-License-Identifier: EUPL-1.2
/**
 * The questions as the page has them. Which there are, and in which order, the template says: a field's name is the
 * answer's name (FORMAT.md 7.1). A group of choices has its name as id and a legend; any other field has a label.
 */
import { find } from "../ui/dom.js";

/** @typedef {{ name: string, question: string, answer: string }} Answered as people read it; `answer` is empty if there is none */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** The ticked readers are no answer: they decide who can open it. */
const EXCLUDED = "excluded";

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>} what was answered, as it was typed. Left out are blank answers, what the page itself
 *   had chosen, and fields that are not asked because of another answer
 */
export function answersOf(form) {
  /** @type {Record<string, string>} */
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (name === EXCLUDED || typeof value !== "string" || value.trim() === "" || isPreset(form, name, value)) continue;
    answers[name] = value;
  }
  return answers;
}

/** @param {HTMLFormElement} form @returns {string[]} ids of the members who must not read it */
export function excludedIn(form) {
  return new FormData(form).getAll(EXCLUDED).map(String);
}

/**
 * @param {HTMLFormElement} form
 * @returns {Answered[]} every question that is asked now, in the order of the page, also with what the page had chosen
 */
export function answeredIn(form) {
  const chosen = new FormData(form);
  const asked = [...form.elements].filter((element) => element.matches("[name]:not(:disabled)"));
  const names = new Set(asked.map((element) => element.getAttribute("name") ?? ""));
  names.delete(EXCLUDED);
  return [...names].map((name) => ({ name, question: questionOf(form, name), answer: shownAnswer(form, name, String(chosen.get(name) ?? "")) }));
}

/**
 * @param {ParentNode} form
 * @param {string} name
 * @returns {Field} the field, or the chosen or first one of a group
 */
export function fieldOf(form, name) {
  const found = form.querySelector(`[name="${name}"]:checked`) ?? find(`[name="${name}"]`, form);
  return /** @type {Field} */ (found);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function isPreset(form, name, value) {
  const preset = form.querySelector(`[name="${name}"][checked], [name="${name}"] > [selected]`);
  return preset?.getAttribute("value") === value;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function questionOf(form, name) {
  const label = find(`#${name} > legend, label[for="${name}"]`, form);
  return label.firstChild?.textContent?.trim() ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function shownAnswer(form, name, value) {
  if (value.trim() === "") return "";
  const field = fieldOf(form, name);
  if (field instanceof HTMLSelectElement) return field.selectedOptions[0]?.textContent ?? value;
  return field.type === "radio" ? (find(`label[for="${field.id}"]`, form).textContent ?? value) : value;
}
