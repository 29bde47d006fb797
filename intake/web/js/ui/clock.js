// SPDX-License-Identifier: EUPL-1.2
/**
 * Calendar days as YYYY-MM-DD, and the two terms that the law gives a reporter (Wet bescherming klokkenluiders,
 * art. 2, second paragraph, under h and i). Days, never hours: a change to summer time moves nothing.
 */

export const ACKNOWLEDGE_DAYS = 7;
export const FEEDBACK_MONTHS = 3;

/**
 * @param {string} day
 * @param {number} count
 * @returns {string}
 */
export function addDays(day, count) {
  const date = parse(day);
  date.setUTCDate(date.getUTCDate() + count);
  return write(date);
}

/**
 * @param {string} day
 * @param {number} count
 * @returns {string} the same day of the month, or the last one of a shorter month
 */
export function addMonths(day, count) {
  const date = parse(day);
  const month = date.getUTCMonth() + count;
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return write(new Date(Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), last))));
}

/**
 * @param {string} received day of arrival
 * @returns {string} last day for the acknowledgement; the day of arrival does not count
 */
export function acknowledgementDue(received) {
  return addDays(received, ACKNOWLEDGE_DAYS);
}

/**
 * @param {string} received day of arrival
 * @param {string | null} acknowledged day of the acknowledgement
 * @returns {string} last day for feedback; a late or missing acknowledgement does not lengthen the term
 */
export function feedbackDue(received, acknowledged) {
  const latest = acknowledgementDue(received);
  return addMonths(acknowledged !== null && acknowledged < latest ? acknowledged : latest, FEEDBACK_MONTHS);
}

/**
 * @param {string} day
 * @param {string} language
 * @returns {string} such as "22 november 2026"
 */
export function formatDay(day, language) {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(parse(day));
}

/** @param {string} day */
function parse(day) {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) throw new RangeError("day is not YYYY-MM-DD");
  return date;
}

/** @param {Date} date */
function write(date) {
  return date.toISOString().slice(0, 10);
}
