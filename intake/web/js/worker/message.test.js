// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { NoMatchError } from "../../../../crypto/js/errors.js";
import { createStory, withReport } from "../testing/story.js";

/** @param {import("../testing/story.js").Story} story @param {string} log */
const entriesOf = ({ intake }, log) => intake.logs.get(log)?.entries ?? [];

/** @returns a story in which the mailbox is open */
async function opened(changes = {}) {
  const story = await createStory();
  const told = await withReport(story, changes);
  await told.reply();
  await story.openMailbox();
  const placeOf = (/** @type {number} */ seq) => ({ seq, prev: entriesOf(story, told.sent.log)[seq - 2]?.head ?? assert.fail() });
  /** @param {string} id @param {number} seq */
  const openAs = (id, seq) =>
    story.world.openMessage(id, told.report, entriesOf(story, told.sent.log)[seq - 1]?.frame ?? assert.fail(), placeOf(seq));
  return { story, ...told, openAs };
}

test("a member reads the answer and what it is about", async () => {
  const { story, sent, openAs } = await opened();
  const message = await story.sendMessage({ kind: "answer", about: 2 });
  assert.equal(message.seq, 3);
  const { answers, kind, about } = await openAs("bram", 3);
  assert.deepEqual({ ...answers }, { text: "Het was dinsdag." });
  assert.equal(kind, "answer");
  assert.equal(about, Buffer.from(entriesOf(story, sent.log)[1]?.head ?? []).toString("base64url"));
});

test("what the reporter excluded once stays excluded", async () => {
  const { story, openAs } = await opened({ excluded: ["bram"] });
  await story.sendMessage();
  await assert.rejects(openAs("bram", 3), NoMatchError);
  assert.deepEqual((await openAs("anna", 3)).sealed_to, ["anna", "chris"]);
});

test("an excluded member who was not live when the report was sent stays excluded", async () => {
  const story = await createStory();
  story.world.dormant = ["bram"];
  const { reply } = await withReport(story, { excluded: ["bram"] });
  story.world.dormant = [];
  await reply({ readers: ["anna", "bram", "chris"] });
  await story.openDesk();
  const { excluded, readersNow } = await story.openMailbox();
  assert.deepEqual([...excluded, ...readersNow].map((/** @type {any} */ { id }) => id), ["bram", "anna", "chris"]);
});

test("a member who left the readers does not get the message, and is no exclusion of the reporter's", async () => {
  const { story, reply, openAs } = await opened();
  await reply({ readers: ["anna", "chris"] });
  await story.openMailbox();
  await story.sendMessage();
  await assert.rejects(openAs("bram", 4), NoMatchError);
  assert.deepEqual((await story.openMailbox()).excluded, []);
});

test("a message's size tells nothing of who reads it", async () => {
  const { story, sent, reply } = await opened();
  await story.sendMessage();
  await reply({ readers: ["anna"] });
  await story.openMailbox();
  await story.sendMessage();
  const sizes = entriesOf(story, sent.log).filter(({ by }) => by === "reporter").slice(1).map(({ frame }) => frame.length);
  assert.equal(new Set(sizes).size, 1);
});

test("a mailbox that moved on gets the message in its new place, and what was not shown stays new", async () => {
  const { story, reply } = await opened();
  await reply({ content: { text: "Nog iets." } });
  assert.equal((await story.sendMessage()).seq, 4);
  const { entries } = await story.openMailbox();
  assert.deepEqual(entries.map((/** @type {any} */ { isNew }) => isNew), [false, false, true, false]);
});

test("a retry after a lost answer makes no second message", async () => {
  const { story, sent } = await opened();
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendMessage(), { code: "network" });
  assert.equal((await story.sendMessage()).seq, 3);
  assert.equal(entriesOf(story, sent.log).length, 3);
});

test("a retry after a lost answer finds the message although the mailbox moved on", async () => {
  const { story, sent, reply } = await opened();
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendMessage(), { code: "network" });
  await reply();
  story.intake.refuseNext = "head";
  assert.equal((await story.sendMessage()).seq, 3);
  assert.equal(entriesOf(story, sent.log).length, 4);
});

test("a retry after a lost answer and a fresh look at the mailbox makes no second message", async () => {
  const { story, sent } = await opened();
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendMessage(), { code: "network" });
  await story.openMailbox();
  assert.equal((await story.sendMessage()).seq, 3);
  assert.equal(entriesOf(story, sent.log).length, 3);
});

test("the same text can be sent again once it has arrived", async () => {
  const { story } = await opened();
  await story.sendMessage();
  assert.equal((await story.sendMessage()).seq, 4);
});

test("a mailbox that keeps moving gives up after three attempts and keeps the message", async () => {
  const { story } = await opened();
  let attempts = 0;
  story.intake.show = (entries) => {
    story.intake.refuseNext = "head";
    attempts += 1;
    return entries;
  };
  story.intake.refuseNext = "head";
  await assert.rejects(story.sendMessage(), { code: "head" });
  assert.equal(attempts, 2);
  story.intake.show = (entries) => entries;
  story.intake.refuseNext = null;
  assert.equal((await story.sendMessage()).seq, 3);
});

test("a reader who was not shown yet does not get the message unseen", async () => {
  const { story, reply } = await opened({ excluded: [] });
  await reply({ readers: ["anna", "chris"] });
  await story.openMailbox();
  await reply({ readers: ["anna", "bram", "chris"] });
  await assert.rejects(story.sendMessage(), { code: "recipients" });
  await story.openMailbox();
  assert.equal((await story.sendMessage()).seq, 5);
});

test("a member whose epoch ended meanwhile is left out", async () => {
  const { story, openAs } = await opened();
  story.world.dormant = ["chris"];
  await story.sendMessage();
  assert.deepEqual((await openAs("anna", 3)).sealed_to, ["anna", "bram"]);
});

test("after close nothing is known any more", async () => {
  const { story } = await opened();
  await story.call("close", {});
  await assert.rejects(story.sendMessage(), { code: "internal" });
  await assert.rejects(story.openMailbox(), { code: "internal" });
});
