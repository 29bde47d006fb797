// SPDX-License-Identifier: EUPL-1.2
/**
 * The proof of sending and what comes next. It is never called an acknowledgement of receipt: that one is the
 * committee's own act, unless the desk's policy says that arrival counts as one.
 */
import { acknowledgementDue, addMonths, feedbackDue, FEEDBACK_MONTHS, formatDay } from "../ui/clock.js";
import { make, put } from "../ui/dom.js";
import { language } from "../ui/texts.js";
import { makeView } from "../ui/view.js";

/**
 * @param {import("../client.js").Sent} sent
 * @param {import("../client.js").Desk} desk
 * @param {boolean} keptWords
 * @returns {HTMLElement}
 */
export function createDone(sent, desk, keptWords) {
  const view = makeView("view-done", { day: formatDay(sent.day, language()), name: desk.name, number: sent.number });
  const { receiptIsAck } = desk.policy;
  put(view, "meaning", make(receiptIsAck ? "proof-is-receipt" : "proof-is-sending"));
  put(view, "next", ...nextSteps(sent.day, receiptIsAck));
  const address = new URL("mailbox", location.href);
  const back = make(keptWords ? "return-with-words" : "return-without-words", { address: address.href });
  put(view, "return", back);
  return view;
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
