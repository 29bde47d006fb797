// SPDX-License-Identifier: EUPL-1.2
/** The legal day is Amsterdam's, wherever the reporter is (FORMAT.md section 1.1). */

const AMSTERDAM = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Amsterdam",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/**
 * @param {Date} instant
 * @returns {string} its day in Amsterdam, `YYYY-MM-DD`
 */
export function amsterdamDay(instant) {
  const parts = new Map(AMSTERDAM.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
