// SPDX-License-Identifier: EUPL-1.2
/**
 * The questions, in steps of one form. Only `what` must be answered, on the first step; from then on the report can be
 * sent from any step. The fields keep what was typed for as long as the page lives.
 */
import { find, on } from "../ui/dom.js";
import { charactersOver } from "../ui/length.js";
import { showProblems } from "../ui/problems.js";
import { text } from "../ui/texts.js";
import { makeView, present } from "../ui/view.js";
import { answeredIn, answersOf, excludedIn, fieldOf } from "./questions.js";
import { nobodyIsLeft } from "./recipients.js";

/** After the questions come the check and the words. */
const STEPS_AFTER = 2;

/** @typedef {import("../ui/problems.js").Problem} Problem */
/** @typedef {{ back: () => void, next: (step: number) => void, check: () => void }} Ways out of a step; `next` is given the step to show */

export class Form {
  view = makeView("view-form");
  form = /** @type {HTMLFormElement} */ (find("form", this.view));
  #steps = /** @type {HTMLElement[]} */ ([...this.view.querySelectorAll("[data-step]")]);
  /** How many steps there are, with the check and the words. */
  count = this.#steps.length + STEPS_AFTER;
  #current = 0;
  #ways;

  /** @param {Ways} ways */
  constructor(ways) {
    this.#ways = ways;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#current === this.#steps.length - 1) this.#leave(true, ways.check);
      else this.#leave(false, () => ways.next(this.#current + 1));
    });
    on(this.view, "early", () => this.#leave(true, ways.check));
    on(this.view, "back", ways.back);
    followChoices(this.form);
    turnTo(this.view, this.#steps, 0, this.count);
  }

  answers() {
    return answersOf(this.form);
  }

  answered() {
    return answeredIn(this.form);
  }

  excluded() {
    return excludedIn(this.form);
  }

  /** @param {number} step */
  show(step) {
    this.#current = step;
    turnTo(this.view, this.#steps, step, this.count);
    present(this.view, this.#steps[step]);
  }

  /** @param {string} name of a question, or of the readers to exclude */
  focus(name) {
    const field = fieldOf(this.form, name);
    this.show(this.#steps.findIndex((step) => step.contains(field)));
    field.focus();
  }

  /** Take the questions away where nothing can be sent, but never what was typed. @param {boolean} open */
  offer(open) {
    const hidden = !open && Object.keys(this.answers()).length === 0;
    for (const part of this.view.querySelectorAll("[data-questions]")) part.toggleAttribute("hidden", hidden);
  }

  /**
   * @param {boolean} whole must the whole form be right, or this step alone?
   * @param {() => void} onward
   */
  #leave(whole, onward) {
    const here = this.#steps[this.#current];
    const problems = problemsOf(this.form).filter(({ field }) => whole || (field && here?.contains(field)));
    const place = this.#steps.findIndex((step) => problems.some(({ field }) => field && step.contains(field)));
    if (place !== -1 && place !== this.#current) this.#ways.next(place);
    showProblems(this.view, problems);
    if (problems.length === 0) onward();
  }
}

/**
 * @param {HTMLElement} view
 * @param {HTMLElement[]} steps
 * @param {number} current
 * @param {number} count
 */
function turnTo(view, steps, current, count) {
  for (const [index, step] of steps.entries()) step.hidden = index !== current;
  find('[data-slot="step"]', view).textContent = text("step", { number: current + 1, count });
  const isLast = current === steps.length - 1;
  find('[data-action="back"]', view).hidden = current === 0;
  find('[data-action="next"]', view).hidden = isLast;
  find('[data-action="check"]', view).hidden = !isLast;
  find('[data-slot="early"]', view).hidden = isLast;
}

/** Questions that depend on an answer are asked, and answered, only with that answer. @param {HTMLFormElement} form */
function followChoices(form) {
  const parts = /** @type {HTMLFieldSetElement[]} */ ([...form.querySelectorAll("fieldset[data-if]")]);
  const follow = () => {
    for (const part of parts) {
      const [name = "", value] = (part.dataset["if"] ?? "").split("=");
      part.disabled = part.hidden = fieldOf(form, name).value !== value;
    }
  };
  form.addEventListener("change", follow);
  follow();
}

/**
 * @param {HTMLFormElement} form
 * @returns {Problem[]}
 */
function problemsOf(form) {
  const answers = answersOf(form);
  const problems = [];
  if (!("what" in answers)) problems.push({ field: fieldOf(form, "what"), text: text("problem-what") });
  if (nobodyIsLeft(form)) problems.push({ field: fieldOf(form, "excluded"), text: text("problem-nobody") });
  const over = charactersOver(answers);
  const [longest] = Object.entries(answers).sort(([, one], [, other]) => other.length - one.length);
  if (over > 0 && longest) problems.push({ field: fieldOf(form, longest[0]), text: text("problem-long", { over }) });
  return problems;
}
