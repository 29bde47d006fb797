// SPDX-License-Identifier: EUPL-1.2
/** What the person can mend: a summary on top that leads to the fields, and the same sentence at each field. */
import { find, make, put } from "./dom.js";
import { text } from "./texts.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {{ field: Field | null, text: string }} Problem `field` is null when no field is to blame */

/**
 * @param {HTMLElement} view with a slot `problems`
 * @param {Problem[]} problems none clears what stood there
 */
export function showProblems(view, problems) {
  for (const field of view.querySelectorAll("input, textarea")) clearProblem(/** @type {Field} */ (field));
  for (const { field, text: sentence } of problems) if (field) markProblem(field, sentence);
  if (problems.length === 0) {
    put(view, "problems");
    return;
  }
  const title = problems.length === 1 ? text("problems-one") : text("problems-more", { count: problems.length });
  const summary = make("problems", { title });
  put(summary, "list", ...problems.map(summaryItem));
  find(".utrecht-alert", put(view, "problems", summary)).focus();
}

/**
 * A link without an address: a fragment would stay in the history.
 * @param {Problem} problem
 */
function summaryItem({ field, text: sentence }) {
  const item = document.createElement("li");
  if (!field) {
    item.textContent = sentence;
    return item;
  }
  const link = document.createElement("button");
  link.type = "button";
  link.className = "utrecht-link-button utrecht-link-button--html-button";
  link.textContent = sentence;
  link.addEventListener("click", () => field.focus());
  item.append(link);
  return item;
}

/**
 * @param {Field} field
 * @param {string} sentence
 */
export function markProblem(field, sentence) {
  clearProblem(field);
  const error = document.createElement("p");
  error.className = "utrecht-form-field-error-message";
  error.id = `${field.id}-error`;
  const prefix = document.createElement("span");
  prefix.className = "unseen";
  prefix.textContent = `${text("error-prefix")} `;
  error.append(prefix, sentence);
  const place = placeOf(field);
  place.before(error);
  place.parentElement?.classList.add("utrecht-form-field--invalid");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [error.id, ...describedBy(field)].join(" "));
}

/** @param {Field} field */
export function clearProblem(field) {
  const error = document.getElementById(`${field.id}-error`);
  if (!error) return;
  error.remove();
  placeOf(field).parentElement?.classList.remove("utrecht-form-field--invalid");
  field.removeAttribute("aria-invalid");
  const others = describedBy(field).filter((id) => id !== error.id);
  if (others.length === 0) field.removeAttribute("aria-describedby");
  else field.setAttribute("aria-describedby", others.join(" "));
}

/** @param {Field} field @returns {Element} before which its error stands; one of a group stands beside its label */
function placeOf(field) {
  return field.closest(".choice") ?? field;
}

/** @param {Field} field */
function describedBy(field) {
  return (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}
