// SPDX-License-Identifier: EUPL-1.2
/** The questions. Only `what` must be answered; the fields keep what was typed for as long as the page lives. */
import { find } from "../ui/dom.js";
import { showProblems } from "../ui/problems.js";
import { text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";
import { charactersOver } from "../ui/length.js";

/** The order on the page; names as in FORMAT.md 7.1. */
const QUESTIONS = /** @type {const} */ (["about", "what", "when", "where", "who"]);

/** @typedef {typeof QUESTIONS[number]} Question */
/** @typedef {{ name: Question, question: string, answer: string }} Answered as people read it */

/**
 * @param {() => void} onComplete when the answers may be reviewed
 */
export function createForm(onComplete) {
  const view = makeView("view-form");
  const form = /** @type {HTMLFormElement} */ (find("form", view));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problems = problemsOf(view, answersOf(form));
    showProblems(view, problems);
    if (problems.length === 0) onComplete();
  });
  return {
    view,
    answers: () => answersOf(form),
    answered: () => answeredIn(view, answersOf(form)),
    /** @param {Question} name */
    focus: (name) => field(view, name).focus(),
    /** Take the questions away where nothing can be sent, but never what was typed. @param {boolean} open */
    offer: (open) => {
      find('[data-slot="questions"]', view).hidden = !open && Object.keys(answersOf(form)).length === 0;
    },
  };
}

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>} what was answered, blank answers left out, the text as it was typed
 */
function answersOf(form) {
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries.filter(([, value]) => value?.trim() !== ""));
}

/**
 * @param {HTMLElement} view
 * @param {Record<string, string>} answers
 */
function problemsOf(view, answers) {
  const problems = [];
  if (!("what" in answers)) problems.push({ field: field(view, "what"), text: text("problem-what") });
  const over = charactersOver(answers);
  const [longest] = Object.entries(answers).sort(([, one], [, other]) => other.length - one.length);
  if (over > 0 && longest) problems.push({ field: field(view, longest[0]), text: text("problem-long", { over }) });
  return problems;
}

/**
 * @param {HTMLElement} view
 * @param {Record<string, string>} answers
 * @returns {Answered[]}
 */
function answeredIn(view, answers) {
  return QUESTIONS.map((name) => {
    const answer = name === "about" && answers["about"] ? labelOf(view, `about-${answers["about"]}`) : answers[name];
    return { name, question: questionOf(view, name), answer: answer ?? text("unanswered") };
  });
}

/**
 * @param {HTMLElement} view
 * @param {Question} name
 */
function questionOf(view, name) {
  const label = find(name === "about" ? "#about legend" : `label[for="${name}"]`, view);
  return label.firstChild?.textContent?.trim() ?? "";
}

/**
 * @param {HTMLElement} view
 * @param {string} id
 */
function labelOf(view, id) {
  return find(`label[for="${id}"]`, view).textContent ?? "";
}

/**
 * @param {HTMLElement} view
 * @param {string} name
 * @returns {HTMLInputElement | HTMLTextAreaElement} the field, or the chosen or first one of a group
 */
function field(view, name) {
  const found = view.querySelector(`[name="${name}"]:checked`) ?? find(`[name="${name}"]`, view);
  return /** @type {HTMLInputElement | HTMLTextAreaElement} */ (found);
}
