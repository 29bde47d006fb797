// SPDX-License-Identifier: EUPL-1.2
/** Everything that will be sent and who will read it, before it is sent; and what happened when it was not. */
import { find, make, on, put } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { announce, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";
import { whileWorking } from "../ui/working.js";
import { nobodyIsLeft, showReaders } from "./recipients.js";

/** @typedef {import("../ui/desk.js").DeskCheck} DeskCheck */
/** @typedef {import("./questions.js").Answered} Answered */
/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("../client.js").OnProgress} OnProgress */

/**
 * @typedef {object} Steps
 * @property {() => void} back
 * @property {(name: string) => void} change a question, or the readers to exclude
 * @property {(onProgress: OnProgress) => Promise<void>} send rejects with a ClientError when nothing was shown to arrive
 */

/**
 * @param {Form} form
 * @param {DeskCheck} check
 * @param {Steps} steps
 * @returns {HTMLElement}
 */
export function createReview(form, check, steps) {
  const view = makeView("view-review", { number: form.count - 1, count: form.count });
  const answered = form.answered();
  put(view, "answers", ...answered.filter(({ answer }) => answer !== "").map((answer) => answerRow(answer, steps.change)));
  showEmpty(view, answered.filter(({ answer }) => answer === ""), steps.change);
  const show = () => renderReaders(view, form, check, steps.change);
  show();
  on(view, "back", steps.back);
  on(view, "send", () => whileWorking(view, (onProgress) => trySend(view, form, check, show, () => steps.send(onProgress))));
  return view;
}

/**
 * @param {Answered} answer
 * @param {Steps["change"]} change
 */
function answerRow({ name, question, answer }, change) {
  const row = make("answer", { question, answer });
  on(row, "change", () => change(name));
  return row;
}

/**
 * @param {HTMLElement} view
 * @param {Answered[]} empty
 * @param {Steps["change"]} change
 */
function showEmpty(view, empty, change) {
  if (empty.length === 0) return;
  const rows = empty.map(({ name, question }) => {
    const row = make("empty-answer", { question });
    on(row, "change", () => change(name));
    return row;
  });
  put(put(view, "empty", make("empty-answers", { count: empty.length })), "questions", ...rows);
}

/**
 * @param {HTMLElement} view
 * @param {Form} form
 * @param {DeskCheck} check
 * @param {Steps["change"]} change
 */
function renderReaders(view, form, check, change) {
  if (check.desk) {
    showReaders(view, form.form, check.desk, () => change("excluded"));
    return;
  }
  const place = put(view, "readers", make("readers-waiting"));
  on(place, "check-again", async () => {
    announce(text("desk-recheck"));
    await check.run();
    renderReaders(view, form, check, change);
  });
}

/**
 * Refuses to send to a desk that is not verified and open, whatever else is on the page.
 *
 * @param {HTMLElement} view
 * @param {Form} form
 * @param {DeskCheck} check
 * @param {() => void} showAgain who reads it
 * @param {() => Promise<void>} send
 */
async function trySend(view, form, check, showAgain, send) {
  const obstacle = obstacleOf(check) ?? (nobodyIsLeft(form.form) ? "problem-nobody" : null);
  if (obstacle) {
    const panel = make("problems", { title: text("title-unsent") });
    put(panel, "list", text(obstacle));
    find(".utrecht-alert", put(view, "failure", panel)).focus();
    showAgain();
    return;
  }
  put(view, "failure");
  try {
    await send();
    announce(text("sent"));
  } catch (error) {
    await explain(view, check, asClientError(error));
    showAgain();
  }
}

/** @param {DeskCheck} check @returns {string | null} key of a text */
function obstacleOf({ verdict, desk }) {
  if (verdict === "checking" || verdict === "unreached") return "problem-desk-checking";
  if (!desk) return "problem-desk-refused";
  return desk.state === "open" ? null : "problem-desk-shut";
}

/**
 * @param {HTMLElement} view
 * @param {DeskCheck} check
 * @param {import("../client.js").ClientError} error
 */
async function explain(view, check, error) {
  const kept = ["desk", "closed", "unknown"].includes(error.code) ? "kept-stop" : "kept";
  showFailure(view, "failure", error, { title: error.code === "network" ? "title-unsure" : "title-unsent", kept });
  if (error.code === "desk") check.refuse();
  if (error.code === "recipients" || error.code === "closed") await check.run();
}
