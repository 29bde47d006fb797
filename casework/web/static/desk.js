// SPDX-License-Identifier: EUPL-1.2
/**
 * Comforts only; every page works without this file. It warns before the lock and keeps what is typed, stays unlocked
 * while somebody types, hides questions that do not go with the chosen outcome, says a chosen day in words, and asks
 * before typed text is left.
 */

const WARN_SECONDS = 120;
const STAY_EVERY_MS = 15_000;
// The page locks a little before the tool would, so that what is typed can go along.
const HEAD_START_MS = 20_000;

/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-keep]");
const started = form && written(form);
let sending = false;

document.addEventListener("submit", () => (sending = true));
window.addEventListener("beforeunload", (event) => {
  if (form && !sending && written(form) !== started) event.preventDefault();
});

document.querySelector("#mistakes")?.scrollIntoView();
/** @type {HTMLElement | null} */ (document.querySelector("#mistakes"))?.focus();
if (form) followOutcome(form);
form?.querySelectorAll("input[type=date]").forEach((field) => field instanceof HTMLInputElement && sayInWords(field));
if (document.body.dataset["idleSeconds"]) guardIdle(Number(document.body.dataset["idleSeconds"]));

/**
 * @param {HTMLFormElement} form
 * @returns {string} all that stands in the form, to see whether it changed
 */
function written(form) {
  return JSON.stringify([...new FormData(form)]);
}

/**
 * Show a question only with the outcomes that it belongs to, or where something was typed in it.
 * @param {HTMLFormElement} form
 */
function followOutcome(form) {
  /** @type {HTMLElement[]} */
  const bound = [...form.querySelectorAll("[data-only-with], [data-only-if]")].filter((one) => one instanceof HTMLElement);
  const update = () => {
    const answers = new FormData(form);
    for (const field of bound) {
      const [other = "", ...values] = field.dataset["onlyIf"]?.split(" ") ?? [];
      const outcomes = field.dataset["onlyWith"]?.split(" ") ?? [];
      const belongs =
        (!outcomes.length || outcomes.includes(String(answers.get("option") ?? ""))) &&
        (!other || answers.getAll(other).some((answer) => values.includes(String(answer))));
      const condition = field.querySelector(".only");
      // Where the question stands because of an answer, the condition is met and says nothing.
      if (condition instanceof HTMLElement) condition.hidden = belongs;
      field.hidden = !belongs && ![...field.querySelectorAll("textarea, input, select")].some(isFilledIn);
    }
  };
  form.addEventListener("change", update);
  update();
}

/**
 * @param {Element} control
 * @returns {boolean} whether somebody answered with it
 */
function isFilledIn(control) {
  if (control instanceof HTMLInputElement && ["radio", "checkbox"].includes(control.type)) return control.checked;
  return "value" in control && Boolean(control.value);
}

/**
 * Say a chosen day in words: a browser shows dates in an order of its own, whatever the language of the page.
 * @param {HTMLInputElement} field
 */
function sayInWords(field) {
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const format = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
  const words = document.createElement("output");
  words.className = "day-words";
  words.htmlFor.add(field.id);
  const say = () => (words.textContent = field.valueAsDate ? format.format(field.valueAsDate) : "");
  field.addEventListener("input", say);
  field.after(words);
  say();
}

/**
 * Announce the lock, and lock at the page's own time so that what is typed goes along.
 * @param {number} idleSeconds
 */
function guardIdle(idleSeconds) {
  const dialog = /** @type {HTMLElement} */ (document.querySelector("#idle"));
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("#idle-stay"));
  const warnAfter = Math.max(idleSeconds - WARN_SECONDS, idleSeconds / 2) * 1000;
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];
  let told = Date.now();

  const restart = () => {
    dialog.hidden = true;
    timers.forEach(clearTimeout);
    timers = [setTimeout(warn, warnAfter), setTimeout(lock, idleSeconds * 1000 - HEAD_START_MS)];
  };
  const warn = () => {
    dialog.hidden = false;
    button.focus();
  };
  const stay = () => {
    restart();
    if (Date.now() - told < STAY_EVERY_MS) return;
    told = Date.now();
    void tellStay();
  };
  button.addEventListener("click", () => {
    told = 0;
    stay();
  });
  for (const use of ["keydown", "pointerdown", "input"]) document.addEventListener(use, () => dialog.hidden && stay());
  document.querySelector("#lock-form")?.addEventListener("submit", bringTyped);
  restart();
}

/** Tell the tool that somebody is at work. */
async function tellStay() {
  const csrf = /** @type {HTMLInputElement} */ (document.querySelector("input[name=csrf]")).value;
  await fetch(String(document.body.dataset["stay"]), { method: "POST", body: new URLSearchParams({ csrf }) });
}

/** Lock now. */
function lock() {
  /** @type {HTMLFormElement} */ (document.querySelector("#lock-form")).requestSubmit();
}

/** Put what stands in the page's form into the lock's own, so that it is kept. */
function bringTyped() {
  if (!form || written(form) === started) return;
  const lockForm = /** @type {HTMLFormElement} */ (document.querySelector("#lock-form"));
  for (const [name, value] of new FormData(form)) {
    const isFile = typeof value !== "string";
    if (name === "csrf" || (isFile && !value.name)) continue;
    const field = document.createElement("textarea");
    // A file cannot be kept, but that there was one can.
    field.name = isFile ? "attached" : name;
    field.value = isFile ? value.name : value;
    field.hidden = true;
    lockForm.append(field);
  }
}
