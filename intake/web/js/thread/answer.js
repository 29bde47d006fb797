// SPDX-License-Identifier: EUPL-1.2
/** The box for an answer or a message. Its text stays until the message is known to have arrived. */
import { createFilesField } from "../files/field.js";
import { formatDay } from "../ui/clock.js";
import { find, make, put } from "../ui/dom.js";
import { language, text } from "../ui/texts.js";
import { draftIn, onSend, problemsIn } from "./sending.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {{ kind: "message" | "answer", about: number | null, label: string }} Purpose */

/** What tells the committee something, and so may be an answer. */
const TELLING = ["message", "answer"];

/**
 * What the reporter wrote earlier cannot be opened again, so any message that they sent after a question counts as its answer.
 *
 * @param {Mailbox} mailbox
 * @returns {import("../client.js").Entry | null} the committee's last question, if nothing was sent since
 */
export function openQuestion({ entries }) {
  const lastOwn = entries.filter(({ by, kind }) => by === "reporter" && TELLING.includes(kind)).at(-1)?.seq ?? 0;
  return entries.filter(({ kind, seq, readable }) => readable && kind === "question" && seq > lastOwn).at(-1) ?? null;
}

/** @typedef {import("./sending.js").Draft & { address: (mailbox: Mailbox) => void }} AnswerBox `address`: say what the box answers now; its text stays */

/**
 * @param {import("./sending.js").Post} post
 * @returns {AnswerBox}
 */
export function createAnswerBox(post) {
  const element = document.createElement("div");
  element.append(make("answer-form"));
  const files = createFilesField();
  put(element, "files", files.element);
  const box = /** @type {HTMLTextAreaElement} */ (find("textarea", element));
  /** @type {Purpose} */
  let purpose = { kind: "message", about: null, label: "" };
  const compose = () => {
    const message = { answers: { text: box.value }, kind: purpose.kind, about: purpose.about, files: files.chosen() };
    return { message, sentence: "message-sent", problems: problemsIn(box, "problem-message"), ready: files.ready };
  };
  const typed = draftIn(element);
  const draft = {
    ...typed,
    hasText: () => typed.hasText() || files.chosen().length > 0,
    clear: () => {
      typed.clear();
      files.clear();
    },
  };
  onSend(element, compose, post, draft.clear);
  return {
    ...draft,
    address: (mailbox) => {
      purpose = purposeIn(mailbox);
      put(element, "label", purpose.label);
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
