// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { acknowledgementDue, addDays, addMonths, feedbackDue, formatDay } from "./clock.js";

test("the acknowledgement is due seven days after the day of receipt", () => {
  assert.equal(acknowledgementDue("2026-11-21"), "2026-11-28");
  assert.equal(acknowledgementDue("2026-12-25"), "2027-01-01");
});

test("a change to summer time does not move a day", () => {
  assert.equal(addDays("2027-03-22", 7), "2027-03-29");
});

test("feedback is due three months after the acknowledgement, by the number of the day", () => {
  assert.equal(feedbackDue("2026-11-21", "2026-11-25"), "2027-02-25");
  assert.equal(feedbackDue("2026-11-30", "2026-12-01"), "2027-03-01");
});

test("three months from the end of a month end with the shorter month", () => {
  assert.equal(addMonths("2026-11-30", 3), "2027-02-28");
  assert.equal(addMonths("2027-11-30", 3), "2028-02-29");
  assert.equal(addMonths("2028-02-29", 3), "2028-05-29");
});

test("a late or missing acknowledgement does not lengthen the term for feedback", () => {
  assert.equal(feedbackDue("2026-11-21", null), "2027-02-28");
  assert.equal(feedbackDue("2026-11-21", "2026-12-04"), "2027-02-28");
});

test("a day reads as people write it", () => {
  assert.equal(formatDay("2026-11-22", "nl"), "22 november 2026");
  assert.equal(formatDay("2026-11-22", "en"), "22 November 2026");
});

test("what is no day is refused", () => {
  assert.throws(() => addDays("22-11-2026", 1), RangeError);
});
