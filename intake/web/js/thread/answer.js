// SPDX-License-Identifier: EUPL-1.2
/** The box for an answer or a message. Its text stays until the message is known to have arrived. */
import { formatDay } from "../ui/clock.js";
import { find, make, put } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { charactersOver } from "../ui/length.js";
import { showProblems } from "../ui/problems.js";
import { language, text } from "../ui/texts.js";
import { whileWorking } from "../ui/working.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {import("../client.js").ClientError} ClientError */
/** @typedef {{ kind: "message" | "answer", about: number | null, label: string }} Purpose */

/**
 * What the reporter wrote earlier cannot be opened again, so anything that they sent after a question counts as its answer.
 *
 * @param {Mailbox} mailbox
 * @returns {import("../client.js").Entry | null} the committee's last question, if nothing was sent since
 */
export function openQuestion({ entries }) {
  const lastOwn = entries.filter(({ by }) => by === "reporter").at(-1)?.seq ?? 0;
  return entries.filter(({ kind, seq, readable }) => readable && kind === "question" && seq > lastOwn).at(-1) ?? null;
}

/**
 * @typedef {object} AnswerBox
 * @property {HTMLElement} element
 * @property {() => boolean} hasText
 * @property {() => void} focus
 * @property {(mailbox: Mailbox) => void} address say what the box answers now; its text stays
 * @property {() => void} clear
 */

/**
 * @param {(args: { text: string, kind: "message" | "answer", about: number | null, language: string }, onProgress: import("../client.js").OnProgress) => Promise<void>} send
 * @param {(error: ClientError) => Promise<void>} onFailure after the failure is shown
 * @returns {AnswerBox}
 */
export function createAnswerBox(send, onFailure) {
  const element = document.createElement("div");
  element.append(make("answer-form"));
  const box = /** @type {HTMLTextAreaElement} */ (find("textarea", element));
  /** @type {Purpose} */
  let purpose = { kind: "message", about: null, label: "" };
  find("form", element).addEventListener("submit", (event) => {
    event.preventDefault();
    const problems = problemsOf(box);
    showProblems(element, problems);
    if (problems.length > 0) return;
    const args = { text: box.value, kind: purpose.kind, about: purpose.about, language: language() };
    whileWorking(element, (onProgress) => trySend(element, () => send(args, onProgress), onFailure));
  });
  return {
    element,
    hasText: () => box.value.trim() !== "",
    focus: () => box.focus(),
    address: (mailbox) => {
      purpose = purposeIn(mailbox);
      put(element, "label", purpose.label);
    },
    clear: () => {
      box.value = "";
    },
  };
}

/** @param {Mailbox} mailbox @returns {Purpose} */
function purposeIn(mailbox) {
  const question = openQuestion(mailbox);
  if (!question) return { kind: "message", about: null, label: text("label-message") };
  const day = formatDay(question.day, language());
  return { kind: "answer", about: question.seq, label: text("label-answer", { day }) };
}

/** @param {HTMLTextAreaElement} box */
function problemsOf(box) {
  if (box.value.trim() === "") return [{ field: box, text: text("problem-message") }];
  const over = charactersOver({ text: box.value });
  return over > 0 ? [{ field: box, text: text("problem-long", { over }) }] : [];
}

/**
 * @param {HTMLElement} element
 * @param {() => Promise<void>} send
 * @param {(error: ClientError) => Promise<void>} onFailure
 */
async function trySend(element, send, onFailure) {
  try {
    await send();
  } catch (failure) {
    const error = asClientError(failure);
    const title = error.code === "network" ? "title-unsure" : "title-unsent";
    showFailure(element, "problems", error, { title, kept: "kept" });
    await onFailure(error);
  }
}
