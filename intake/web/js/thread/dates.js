// SPDX-License-Identifier: EUPL-1.2
/** What the law promises a reporter and what came of it, in plain words, also when a day has passed. */
import { acknowledgementDue, addMonths, feedbackDue, FEEDBACK_MONTHS } from "../ui/clock.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {{ key: string, day: string, due: string, late: boolean }} Term `key` of a text; days */

/**
 * @param {Mailbox} mailbox
 * @param {boolean} receiptIsAck whether arrival counts as the acknowledgement at this desk
 * @returns {Term}
 */
export function acknowledgementTerm({ received, acknowledged, today }, receiptIsAck) {
  const due = acknowledgementDue(received);
  if (receiptIsAck) return { key: "acknowledgement-is-receipt", day: received, due, late: false };
  if (acknowledged !== null) return given("acknowledgement", acknowledged, due);
  return pending("acknowledgement", today, due);
}

/**
 * The earlier of the law's day and the committee's own promise. Interim feedback within the term stops the alarm,
 * but does not end the wait for the result.
 *
 * @param {Mailbox} mailbox
 * @param {boolean} receiptIsAck
 * @returns {Term}
 */
export function feedbackTerm(mailbox, receiptIsAck) {
  const { received, acknowledged, feedback, today } = mailbox;
  const legal = receiptIsAck ? addMonths(received, FEEDBACK_MONTHS) : feedbackDue(received, acknowledged);
  const promised = mailbox.feedbackDue;
  const due = promised !== null && promised < legal ? promised : legal;
  const interim = interimDay(mailbox, due);
  if (feedback !== null) return interim === null ? given("feedback", feedback, due) : given("feedback", feedback, feedback);
  if (interim !== null) return { key: "feedback-interim", day: interim, due, late: false };
  return pending("feedback", today, due);
}

/**
 * @param {Mailbox} mailbox
 * @param {string} due
 * @returns {string | null} day of the last interim feedback that came in time
 */
function interimDay({ entries }, due) {
  const interim = entries.filter(({ kind, content, day }) => kind === "feedback" && content["stage"] === "interim" && day <= due);
  return interim.at(-1)?.day ?? null;
}

/** @param {string} what @param {string} day @param {string} due @returns {Term} */
function given(what, day, due) {
  const late = day > due;
  return { key: late ? `${what}-late` : `${what}-given`, day, due, late };
}

/** @param {string} what @param {string} today @param {string} due @returns {Term} */
function pending(what, today, due) {
  const late = today > due;
  return { key: late ? `${what}-passed` : `${what}-due`, day: today, due, late };
}
