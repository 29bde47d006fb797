// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { WORD_LISTS, renumbered } from "../testing/intake-simulator.js";
import { WORDS, createStory, withReport } from "../testing/story.js";

const ACKNOWLEDGEMENT = {
  kind: "acknowledgement",
  content: { text: "Ontvangen.", received: "2026-11-22", feedback_due: "2027-02-22" },
};

/** @param {any} mailbox */
const kinds = ({ entries }) => entries.map((/** @type {any} */ { kind }) => kind);

/** Swaps what stands in two places, as a server that made its own heads. @param {number} one @param {number} other */
const swapped = (/** @type {string} */ log, one, other) => (/** @type {any[]} */ entries) => {
  const moved = [...entries];
  [moved[one], moved[other]] = [entries[other], entries[one]];
  return renumbered(log, moved);
};

test("words without a mailbox are unknown", async () => {
  const story = await createStory();
  await story.openDesk();
  await assert.rejects(story.openMailbox(), { code: "unknown" });
});

test("a fresh mailbox shows that the report came in, and not what it says", async () => {
  const story = await createStory();
  const { sent } = await withReport(story);
  const mailbox = await story.openMailbox();
  assert.deepEqual(kinds(mailbox), ["report"]);
  assert.equal(mailbox.entries[0].text, null);
  assert.equal(mailbox.received, "2026-11-22");
  assert.equal(mailbox.number, sent.number);
  assert.deepEqual(mailbox.readersNow.map((/** @type {any} */ { id }) => id), ["anna", "bram", "chris"]);
});

test("the eight words alone open the mailbox in another browser", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply(ACKNOWLEDGEMENT);
  story.restart();
  await story.call("init", { wordLists: WORD_LISTS });
  await story.openDesk();
  assert.deepEqual(kinds(await story.openMailbox()), ["report", "acknowledgement"]);
});

test("a mailbox opens with what was begun while the words were typed, whatever stood there on the way", async () => {
  const story = await createStory();
  await withReport(story);
  story.restart();
  await story.call("init", { wordLists: WORD_LISTS });
  await story.openDesk();
  const expect = (/** @type {string} */ text) => story.call("expectWords", { text, language: "nl" });
  await expect("aanbod aanbod");
  await expect(WORDS.replace(/.$/, ""));
  await expect(WORDS);
  assert.deepEqual(kinds(await story.openMailbox()), ["report"]);
});

test("an acknowledgement starts the clocks, a final feedback is noted", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply(ACKNOWLEDGEMENT);
  await reply({ kind: "feedback", content: { text: "Klaar.", assessment: "gegrond", follow_up: "ja", stage: "final" } });
  const mailbox = await story.openMailbox();
  assert.equal(mailbox.acknowledged, "2026-11-22");
  assert.equal(mailbox.feedbackDue, "2027-02-22");
  assert.equal(mailbox.feedback, "2026-11-22");
});

test("a question is shown with its author and what it is about", async () => {
  const story = await createStory();
  const { sent, reply } = await withReport(story);
  await reply({ author: "bram", kind: "question", about: sent.head, content: { text: "Welke dag?" } });
  const [, question] = (await story.openMailbox()).entries;
  assert.equal(question.text, "Welke dag?");
  assert.deepEqual(question.author, { id: "bram", name: "BRAM", role: "lid bram" });
  assert.equal(question.about, 1);
  assert.equal(question.isNew, true);
});

test("what a later entry of the reporter had seen is not new any more", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply();
  await story.openMailbox();
  await story.sendMessage();
  const { entries } = await story.openMailbox();
  assert.deepEqual(entries.map((/** @type {any} */ { isNew }) => isNew), [false, false, false]);
});

test("a grant among members is not shown as a message", async () => {
  const story = await createStory();
  const { sent, report, reply } = await withReport(story);
  story.intake.append(sent.log, await story.world.grant(report));
  await reply();
  const { entries } = await story.openMailbox();
  assert.deepEqual(entries.map((/** @type {any} */ { seq }) => seq), [1, 3]);
});

for (const [what, changes] of /** @type {const} */ ([
  ["an author whom the reporter excluded", { author: "chris" }],
  ["an author whom nobody knows", { author: "zeno" }],
  ["another place", { seq: 7 }],
  ["another mailbox", { log: "a".repeat(32) }],
  ["another desk", { desk: "a".repeat(26) }],
  ["another document of the same version", { desk_hash: "A".repeat(43) }],
  ["a later document than the server shows", { desk_version: 9 }],
])) {
  test(`a reply for ${what} is shown as not readable, and hides nothing`, async () => {
    const story = await createStory();
    const { reply } = await withReport(story, { excluded: ["chris"] });
    await reply(changes, story.world.member("chris").seed);
    await reply({ content: { text: "Goed." } });
    const { entries } = await story.openMailbox();
    assert.deepEqual(entries.map((/** @type {any} */ { readable }) => readable), [true, false, true]);
    assert.equal(entries[1].text, null);
  });
}

test("a reply under another member's name is shown as not readable", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply({ author: "anna" }, story.world.member("bram").seed);
  assert.deepEqual(kinds(await story.openMailbox()), ["report", "unreadable"]);
});

test("a member who left the readers cannot write any more", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply({ readers: ["anna", "chris"] });
  await reply({ author: "bram" });
  assert.deepEqual(kinds(await story.openMailbox()), ["report", "message", "unreadable"]);
});

test("a change of readers is told until the reporter's next entry", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply({ readers: ["anna", "chris"] });
  const { changed, readersNow } = await story.openMailbox();
  assert.deepEqual(changed.left.map((/** @type {any} */ { id }) => id), ["bram"]);
  assert.deepEqual(readersNow.map((/** @type {any} */ { id }) => id), ["anna", "chris"]);
  await story.sendMessage();
  assert.deepEqual((await story.openMailbox()).changed.left, []);
});

test("what a member wrote who has left the desk since is read with the desk's history", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply({ author: "bram", content: { text: "Van Bram." } });
  story.world.removeMember("bram");
  await reply({ desk_version: 2, desk_hash: (await story.world.desk()).document.hash, readers: ["anna", "chris"] });
  const { entries, changed } = await story.openMailbox();
  assert.deepEqual(entries.map((/** @type {any} */ { readable }) => readable), [true, true, true]);
  assert.deepEqual(entries[1].author, { id: "bram", name: "BRAM", role: "lid bram" });
  assert.deepEqual(changed.left, [{ id: "bram", name: "BRAM", role: "lid bram" }]);
});

test("the desk's history is asked for only when somebody is missing from the newest document", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply();
  await story.openMailbox();
  assert.deepEqual(story.intake.requests.filter(({ url }) => url.endsWith("/history")), []);
});

test("a history with another document of the version that was shown is refused", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply({ author: "bram" });
  story.world.removeMember("bram");
  const { world } = story;
  story.intake.world = {
    id: world.id,
    bundle: () => world.bundle(),
    history: () => {
      const { changes } = world;
      world.changes = { contact: "iemand anders" };
      const other = world.history();
      world.changes = changes;
      return other;
    },
    desk: () => world.desk(),
  };
  await assert.rejects(story.openMailbox(), { code: "desk" });
});

test("R08: what the reporter did is told by day and kind, and nothing is overwritten", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply({ kind: "transcript", content: { text: "Wat u vertelde." } });
  await story.openMailbox();
  const contact = (/** @type {string} */ reach) => ({ kind: "contact", answers: { name: "", reach } });
  for (const deed of [
    contact("06"),
    contact(""),
    { kind: "transcript", about: 2, answers: { verdict: "correct", text: "Zo was het." } },
    { kind: "transcript", about: 2, answers: { verdict: "agree", text: "" } },
    { kind: "withdrawal", answers: {} },
  ]) {
    await story.sendMessage(deed);
  }
  const { entries, withdrawn, contact: day } = await story.openMailbox();
  const deeds = ["contact", "contact_withdrawn", "transcript_correct", "transcript_agree", "withdrawal"];
  assert.deepEqual(entries.map((/** @type {any} */ { kind }) => kind), ["report", "transcript", ...deeds]);
  assert.deepEqual(entries.slice(2).map((/** @type {any} */ { about }) => about), [null, null, 2, 2, null]);
  assert.deepEqual([withdrawn, day], ["2026-11-22", null]);
});

test("a newer desk document is told", async () => {
  const story = await createStory();
  await withReport(story);
  await story.world.addMember("dora");
  const { changed, readersNow } = await story.openMailbox();
  assert.deepEqual(changed.version, { from: 1, to: 2 });
  assert.equal(readersNow.length, 3);
});

test("a desk document older than the reporter's own state is refused", async () => {
  const story = await createStory();
  const before = story.world.bundle();
  await story.world.addMember("dora");
  await withReport(story);
  story.restart();
  await story.call("init", { wordLists: WORD_LISTS });
  story.intake.world = { id: story.world.id, bundle: () => before, history: () => story.world.history(), desk: () => story.world.desk() };
  await story.openDesk();
  await assert.rejects(story.openMailbox(), { code: "desk" });
});

test("replies in another order are not shown as messages", async () => {
  const story = await createStory();
  const { sent, reply } = await withReport(story);
  await reply({ content: { text: "Eerst." } });
  await reply({ content: { text: "Daarna." } });
  story.intake.show = swapped(sent.log, 1, 2);
  assert.deepEqual(kinds(await story.openMailbox()), ["report", "unreadable", "unreadable"]);
});

test("an entry left out is noticed by the numbers", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply();
  await reply();
  story.intake.show = (entries) => entries.filter(({ seq }) => seq !== 2);
  await assert.rejects(story.openMailbox(), { code: "history" });
});

test("a reply left out under new numbers makes the next one unreadable", async () => {
  const story = await createStory();
  const { sent, reply } = await withReport(story);
  await reply();
  await reply();
  story.intake.show = (entries) => renumbered(sent.log, entries.filter(({ seq }) => seq !== 2));
  assert.deepEqual(kinds(await story.openMailbox()), ["report", "unreadable"]);
});

test("a reply that was read before and is left out now is noticed", async () => {
  const story = await createStory();
  const { sent, reply } = await withReport(story);
  await reply();
  await story.openMailbox();
  await story.sendMessage();
  story.intake.show = (entries) => renumbered(sent.log, entries.filter(({ seq }) => seq !== 2));
  await assert.rejects(story.openMailbox(), { code: "history" });
});

test("a reply that was read before and is another one now is noticed", async () => {
  const story = await createStory();
  const { sent, report, reply } = await withReport(story);
  const other = await story.world.reply(report, story.intake.nextPlace(sent.log), { content: { text: "Anders." } });
  await reply();
  await story.openMailbox();
  await story.sendMessage();
  const replaced = (/** @type {any} */ entry) => (entry.seq === 2 ? { ...entry, frame: other } : entry);
  story.intake.show = (entries) => renumbered(sent.log, entries.map(replaced));
  await assert.rejects(story.openMailbox(), { code: "history" });
});

test("a head that does not follow from its entries is noticed", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  await reply();
  story.intake.show = (entries) => entries.map((entry) => ({ ...entry, head: new Uint8Array(32) }));
  await assert.rejects(story.openMailbox(), { code: "history" });
});

test("a long mailbox is read page by page", async () => {
  const story = await createStory();
  const { reply } = await withReport(story);
  for (const text of ["een", "twee", "drie", "vier"]) await reply({ content: { text } });
  assert.equal((await story.openMailbox()).entries.length, 5);
  assert.ok(story.intake.pageSize < 5);
});
