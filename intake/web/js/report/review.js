// SPDX-License-Identifier: EUPL-1.2
/** Everything that will be sent and who will read it, before it is sent; and what happened when it was not. */
import { find, make, on, put } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { liveMembers, peopleItems } from "../ui/people.js";
import { announce, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";
import { whileWorking } from "../ui/working.js";

/** @typedef {import("../ui/desk.js").DeskCheck} DeskCheck */
/** @typedef {import("./form.js").Answered} Answered */
/** @typedef {import("../client.js").OnProgress} OnProgress */

/**
 * @typedef {object} Steps
 * @property {() => void} back
 * @property {(question: Answered["name"]) => void} change
 * @property {(onProgress: OnProgress) => Promise<void>} send rejects with a ClientError when nothing was shown to arrive
 */

/**
 * @param {Answered[]} answers
 * @param {DeskCheck} check
 * @param {Steps} steps
 * @returns {HTMLElement}
 */
export function createReview(answers, check, steps) {
  const view = makeView("view-review");
  put(view, "answers", ...answers.map((answer) => answerRow(answer, steps.change)));
  showReaders(view, check);
  on(view, "back", steps.back);
  on(view, "send", () => whileWorking(view, (onProgress) => trySend(view, check, () => steps.send(onProgress))));
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
 * @param {DeskCheck} check
 */
function showReaders(view, { desk }) {
  if (!desk) {
    put(view, "readers", make("readers-waiting"));
    return;
  }
  const known = make("readers-known", { name: desk.name });
  put(known, "readers", ...peopleItems(liveMembers(desk), desk));
  put(view, "readers", known);
}

/**
 * Refuses to send to a desk that is not verified and open, whatever else is on the page.
 *
 * @param {HTMLElement} view
 * @param {DeskCheck} check
 * @param {() => Promise<void>} send
 */
async function trySend(view, check, send) {
  const obstacle = obstacleOf(check);
  if (obstacle) {
    const panel = make("problems", { title: text("title-unsent") });
    put(panel, "list", text(obstacle));
    find(".panel", put(view, "failure", panel)).focus();
    showReaders(view, check);
    return;
  }
  put(view, "failure");
  try {
    await send();
    announce(text("sent"));
  } catch (error) {
    await explain(view, check, asClientError(error));
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
  showReaders(view, check);
}
