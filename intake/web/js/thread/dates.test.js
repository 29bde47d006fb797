// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { openQuestion } from "./answer.js";
import { acknowledgementTerm, feedbackTerm } from "./dates.js";

/**
 * @param {Partial<import("../client.js").Mailbox>} changes
 * @returns {import("../client.js").Mailbox}
 */
function mailbox(changes) {
  return {
    log: "",
    number: "",
    today: "2026-11-22",
    received: "2026-11-21",
    acknowledged: null,
    feedbackDue: null,
    feedback: null,
    withdrawn: null,
    contact: null,
    entries: [],
    readersNow: [],
    excluded: [],
    changed: { joined: [], left: [], version: null },
    canSend: true,
    ...changes,
  };
}

/**
 * @param {Partial<import("../client.js").Entry>} changes
 * @returns {import("../client.js").Entry}
 */
function entry(changes) {
  const usual = { seq: 2, day: "2026-11-22", hash: "", author: null, text: "", content: {}, files: [], about: null, readable: true, isNew: false };
  return { ...usual, by: "committee", kind: "message", ...changes };
}

const interim = (/** @type {string} */ day) => entry({ kind: "feedback", day, content: { stage: "interim" } });

test("R07: an acknowledgement is promised until its day has passed, and then said to be late", () => {
  assert.deepEqual(acknowledgementTerm(mailbox({}), false), {
    key: "acknowledgement-due",
    day: "2026-11-22",
    due: "2026-11-28",
    late: false,
  });
  assert.equal(acknowledgementTerm(mailbox({ today: "2026-11-28" }), false).key, "acknowledgement-due");
  assert.equal(acknowledgementTerm(mailbox({ today: "2026-11-29" }), false).key, "acknowledgement-passed");
});

test("R07: an acknowledgement that came too late is said to have come too late", () => {
  const late = acknowledgementTerm(mailbox({ acknowledged: "2026-12-04" }), false);
  assert.deepEqual([late.key, late.late], ["acknowledgement-late", true]);
});

test("where arrival counts as acknowledgement, feedback counts from arrival", () => {
  assert.equal(acknowledgementTerm(mailbox({}), true).key, "acknowledgement-is-receipt");
  assert.equal(feedbackTerm(mailbox({}), true).due, "2027-02-21");
});

test("the committee may promise feedback earlier than the law asks, not later", () => {
  assert.equal(feedbackTerm(mailbox({ feedbackDue: "2027-01-10" }), false).due, "2027-01-10");
  assert.equal(feedbackTerm(mailbox({ feedbackDue: "2027-06-10" }), false).due, "2027-02-28");
});

test("R07: interim feedback within the term stops the alarm, after it not", () => {
  const today = "2027-03-05";
  assert.equal(feedbackTerm(mailbox({ today, entries: [interim("2027-02-20")] }), false).key, "feedback-interim");
  assert.equal(feedbackTerm(mailbox({ today, entries: [interim("2027-03-02")] }), false).key, "feedback-passed");
});

test("R07: the result after interim feedback in time is not late", () => {
  const entries = [interim("2027-02-20")];
  assert.equal(feedbackTerm(mailbox({ feedback: "2027-04-01", entries }), false).key, "feedback-given");
  assert.equal(feedbackTerm(mailbox({ feedback: "2027-04-01" }), false).key, "feedback-late");
});

test("the newest question is the one to answer, until something was sent", () => {
  const question = (/** @type {number} */ seq) => entry({ kind: "question", seq });
  const answer = entry({ by: "reporter", kind: "message", seq: 4 });
  assert.equal(openQuestion(mailbox({ entries: [question(2), question(3)] }))?.seq, 3);
  assert.equal(openQuestion(mailbox({ entries: [question(2), question(3), answer] })), null);
  assert.equal(openQuestion(mailbox({ entries: [question(3), answer, question(5)] }))?.seq, 5);
  assert.equal(openQuestion(mailbox({ entries: [question(3), { ...answer, kind: "contact" }] }))?.seq, 3);
  assert.equal(openQuestion(mailbox({ entries: [entry({ kind: "question", readable: false })] })), null);
});
