// SPDX-License-Identifier: EUPL-1.2
/**
 * The proof of sending and what comes next. It is never called an acknowledgement of receipt: that one is the
 * committee's own act, unless the desk's policy says that arrival counts as one.
 */
import { acknowledgementDue, addMonths, feedbackDue, FEEDBACK_MONTHS, formatDay } from "../ui/clock.js";
import { make, on, put } from "../ui/dom.js";
import { proofPage, savePage } from "../ui/proof.js";
import { language, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";

/**
 * @param {import("../client.js").Sent} sent
 * @param {import("../client.js").Desk} desk
 * @param {boolean} keptWords
 * @param {{ question: string, answer: string }[]} reported what the proof says; empty when an earlier version counts
 * @returns {HTMLElement}
 */
export function createDone(sent, desk, keptWords, reported) {
  const view = makeView("view-done", { day: formatDay(sent.day, language()), name: desk.name, number: sent.number });
  const { receiptIsAck } = desk.policy;
  put(view, "meaning", make(receiptIsAck ? "proof-is-receipt" : "proof-is-sending"));
  put(view, "next", ...nextSteps(sent.day, receiptIsAck));
  const address = new URL("mailbox", location.href);
  const back = make(keptWords ? "return-with-words" : "return-without-words", { address: address.href });
  put(view, "return", back);
  on(view, "save-proof", () => savePage(proofPage({ ...sent, desk }, proofFacts(sent, reported))));
  return view;
}

/**
 * @param {import("../client.js").Sent} sent
 * @param {{ question: string, answer: string }[]} reported
 */
function proofFacts({ day, hash }, reported) {
  const answers = reported.map(({ question, answer }) => ({ label: question, value: answer }));
  return [{ label: text("proof-sent", { day: formatDay(day, language()) }), value: text("proof-hash", { hash }) }, ...answers];
}

/**
 * @param {string} day of arrival
 * @param {boolean} receiptIsAck
 */
function nextSteps(day, receiptIsAck) {
  const feedback = receiptIsAck ? addMonths(day, FEEDBACK_MONTHS) : feedbackDue(day, null);
  const acknowledgement = formatDay(acknowledgementDue(day), language());
  const first = receiptIsAck ? [] : [make("next-acknowledgement", { acknowledgement })];
  return [...first, make("next-read"), make("next-feedback", { feedback: formatDay(feedback, language()) })];
}
