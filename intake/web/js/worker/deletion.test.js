// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { parseFrame } from "../../../../crypto/js/logs.js";
import { createStory, withReport } from "../testing/story.js";

/** @param {any} story @param {string} log @returns {any} what the newest entry says, and how many there are */
function newest(story, log) {
  const { entries } = story.intake.logs.get(log);
  const { parts } = parseFrame(entries.at(-1).frame, log);
  const { type, payload } = JSON.parse(new TextDecoder().decode(parts[0]));
  return { count: entries.length, parts: parts.length, type, payload: JSON.parse(Buffer.from(payload, "base64url").toString()) };
}

test("a deletion names every reply and holds nothing but numbers and the day", async () => {
  const story = await createStory();
  const { reply, sent } = await withReport(story);
  await reply();
  await story.openMailbox();
  await story.sendMessage();
  await reply();
  await story.openMailbox();

  const gone = await story.call("deleteMailbox", {});

  const { count, parts, type, payload } = newest(story, sent.log);
  assert.deepEqual(gone, { day: "2026-11-22" });
  assert.deepEqual([count, parts, type], [5, 1, "meldkluis/deletion/v1"]);
  assert.deepEqual(Object.keys(payload), ["v", "desk", "log", "seq", "prev", "day", "of"]);
  assert.deepEqual([payload.seq, payload.of, payload.day], [5, [2, 4], "2026-11-22"]);
});

test("after a deletion the words open nothing", async () => {
  const story = await createStory();
  await withReport(story);
  await story.openMailbox();
  await story.call("deleteMailbox", {});

  await assert.rejects(story.openMailbox(), { code: "unknown" });
});

test("a message that came meanwhile is read before anything is deleted", async () => {
  const story = await createStory();
  const { reply, sent } = await withReport(story);
  await story.openMailbox();
  await reply();

  await assert.rejects(story.call("deleteMailbox", {}), { code: "head" });

  await story.openMailbox();
  await story.call("deleteMailbox", {});
  assert.deepEqual(newest(story, sent.log).payload.of, [2]);
});

test("a deletion whose answer was lost is sent again in the same bytes, on another day too", async () => {
  const story = await createStory();
  const { sent } = await withReport(story);
  await story.openMailbox();
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.call("deleteMailbox", {}), { code: "network" });
  story.setDay("2026-11-23");
  story.intake.today = "2026-11-23";

  await story.call("deleteMailbox", {});

  assert.equal(newest(story, sent.log).count, 2);
});
