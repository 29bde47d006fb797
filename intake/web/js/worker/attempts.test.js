// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenAs, createStory, openFile, withReport } from "../testing/story.js";

/** @typedef {import("../testing/story.js").Story} Story */

/** A film is cleaned in place: its name, type and size stay. @param {string} bytes */
const film = (bytes) => chosenAs(new Blob([bytes], { type: "video/mp4" }), "film.mp4");

/** @returns the same item of the list, as it was chosen and cleaned */
const filmBothWays = () => ({ original: film("film, 52.37 N"), cleaned: film("film,        ") });

/** @typedef {"offline" | "loseNextAnswer"} Failure the attempt never arrived, or it did and the page does not know */

/** @param {Story} story @param {Failure} how @param {() => Promise<unknown>} send */
async function fail(story, how, send) {
  story.intake[how] = true;
  await assert.rejects(send, { code: "network" });
  story.intake[how] = false;
}

/** @param {Story} story @param {string} log @returns {Promise<string[]>} what members read of the files that were sent */
async function filesRead(story, log) {
  await story.call("uploadFiles", { language: "nl" });
  const entries = story.intake.logs.get(log)?.entries ?? [];
  const [first, last] = [entries[0] ?? assert.fail(), entries.at(-1) ?? assert.fail()];
  if (first === last) return [];
  const report = await story.world.openReport("anna", log, first.frame);
  const place = { seq: entries.length, prev: entries.at(-2)?.head ?? assert.fail() };
  const { kind, attachments } = await story.world.openMessage("anna", report, last.frame, place);
  assert.equal(kind, "files");
  return Promise.all(attachments.map(async (one) => Buffer.from(await openFile(story, one)).toString()));
}

/** @param {Failure} how @returns a report whose first attempt had the original of a film, and whose second the cleaned one */
async function reportTwice(how) {
  const story = await createStory();
  const { original, cleaned } = filmBothWays();
  await story.openDesk();
  await fail(story, how, () => story.sendReport({ files: [original] }));
  const sent = await story.sendReport({ files: [cleaned] });
  return { sent, read: await filesRead(story, sent.log) };
}

test("the cleaned film goes with a report after an attempt with the original, which never arrived", async () => {
  const { sent, read } = await reportTwice("offline");
  assert.equal(sent.earlier, false);
  assert.deepEqual(read, ["film,        "]);
});

test("the original of a film stays when a report had arrived before it was cleaned, and is not said to go", async () => {
  const { sent, read } = await reportTwice("loseNextAnswer");
  assert.deepEqual([sent.earlier, sent.files, read], [true, [], []]);
});

for (const how of /** @type {Failure[]} */ (["offline", "loseNextAnswer"])) {
  test(`a message takes the cleaned film along after an attempt with the original: ${how}`, async () => {
    const story = await createStory();
    const { sent } = await withReport(story);
    const { original, cleaned } = filmBothWays();
    await story.openMailbox();
    await fail(story, how, () => story.sendMessage({ files: [original] }));
    await story.sendMessage({ files: [cleaned] });
    assert.deepEqual(await filesRead(story, sent.log), ["film,        "]);
  });
}

test("of two files that look the same, the one that was taken away does not go", async () => {
  const story = await createStory();
  const [first, second] = [film("private"), film("receipt")];
  await story.openDesk();
  await fail(story, "loseNextAnswer", () => story.sendReport({ files: [first, second] }));
  const sent = await story.sendReport({ files: [second] });
  assert.deepEqual(await filesRead(story, sent.log), ["receipt"]);
});
