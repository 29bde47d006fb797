// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { NoMatchError } from "../../../../crypto/js/errors.js";
import { ANSWERS, createStory } from "../testing/story.js";

/** @param {import("../testing/story.js").Story} story @returns the frames of all mailboxes */
const framesOf = ({ intake }) => [...intake.logs.values()].flatMap(({ entries }) => entries.map(({ frame }) => frame));

/** @param {import("../testing/story.js").Story} story @returns {Uint8Array} */
const onlyFrame = (story) => framesOf(story)[0] ?? assert.fail("nothing is stored");

test("every member reads the report that was sent", async () => {
  const story = await createStory();
  await story.openDesk();
  const sent = await story.sendReport();
  for (const id of ["anna", "bram", "chris"]) {
    const { answers } = await story.world.openReport(id, sent.log, onlyFrame(story));
    assert.deepEqual({ ...answers }, ANSWERS);
  }
  assert.equal(sent.seq, 1);
  assert.equal(sent.number, `${sent.log.slice(0, 4)}-${sent.log.slice(4, 8)}`);
});

test("an excluded member cannot open the report", async () => {
  const story = await createStory();
  await story.openDesk();
  const { log } = await story.sendReport({ excluded: ["bram"] });
  await assert.rejects(story.world.openReport("bram", log, onlyFrame(story)), NoMatchError);
  const { sealed_to, excluded } = await story.world.openReport("anna", log, onlyFrame(story));
  assert.deepEqual({ sealed_to, excluded }, { sealed_to: ["anna", "chris"], excluded: ["bram"] });
});

test("a report's size tells neither its length nor that somebody is excluded", async () => {
  const sizes = [];
  for (const changes of [{}, { excluded: ["bram"] }, { answers: { what: "Kort." } }]) {
    const story = await createStory();
    await story.openDesk();
    await story.sendReport(changes);
    sizes.push(onlyFrame(story).length);
  }
  assert.deepEqual(new Set(sizes).size, 1);
});

test("a retry after a lost answer sends the same bytes and makes no second report", async () => {
  const story = await createStory();
  await story.openDesk();
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendReport(), { code: "network" });
  const sent = await story.sendReport();
  assert.equal(framesOf(story).length, 1);
  assert.equal(sent.seq, 1);
  assert.equal(sent.earlier, false);
});

test("a changed report after a lost answer makes no second report, and says that the earlier one counts", async () => {
  const story = await createStory();
  await story.openDesk();
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendReport(), { code: "network" });
  const sent = await story.sendReport({ answers: { what: "Iets meer." } });
  assert.equal(framesOf(story).length, 1);
  assert.equal(sent.earlier, true);
});

test("the same words in a second browser find the report that is there", async () => {
  const story = await createStory();
  await story.openDesk();
  const first = await story.sendReport();
  story.restart();
  await story.call("init", { wordLists: (await import("../testing/intake-simulator.js")).WORD_LISTS });
  await story.openDesk();
  const second = await story.sendReport();
  assert.deepEqual({ ...second, earlier: false }, first);
});

test("when a member's epoch has ended meanwhile, the report is sealed again for those who are left", async () => {
  const story = await createStory();
  await story.openDesk();
  story.world.dormant = ["chris"];
  const { log } = await story.sendReport();
  const { sealed_to } = await story.world.openReport("anna", log, onlyFrame(story));
  assert.deepEqual(sealed_to, ["anna", "bram"]);
});

test("nothing is sealed to a member who was not shown, until the desk is shown again", async () => {
  const story = await createStory();
  await story.openDesk();
  await story.world.addMember("dora");
  await assert.rejects(story.sendReport(), { code: "recipients" });
  assert.equal(framesOf(story).length, 0);
  await story.openDesk();
  await story.sendReport();
  assert.equal(framesOf(story).length, 1);
});

test("a member who was not live when the desk was shown does not get the report unseen", async () => {
  const story = await createStory();
  story.world.dormant = ["chris"];
  await story.openDesk();
  story.world.dormant = [];
  await assert.rejects(story.sendReport(), { code: "recipients" });
});

test("a report that nobody could read is not sent", async () => {
  const story = await createStory();
  await story.openDesk();
  await assert.rejects(story.sendReport({ excluded: ["anna", "bram", "chris"] }), { code: "recipients" });
});

for (const code of ["closed", "busy", "signature"]) {
  test(`a refusal as ${code} stores nothing, and a later try with the same words succeeds`, async () => {
    const story = await createStory();
    await story.openDesk();
    story.intake.refuseNext = code;
    await assert.rejects(story.sendReport(), { code });
    assert.equal(framesOf(story).length, 0);
    assert.equal((await story.sendReport()).seq, 1);
  });
}

test("a busy intake says how long to wait", async () => {
  const story = await createStory();
  await story.openDesk();
  story.intake.refuseNext = "slow_down";
  await assert.rejects(story.sendReport(), { code: "slow_down", retryAfter: 7 });
});

test("a text that is too long for one message is refused before anything is sent", async () => {
  const story = await createStory();
  await story.openDesk();
  await assert.rejects(story.sendReport({ answers: { what: "x".repeat(200_001) } }), { code: "too_large" });
  const long = "x".repeat(110_000);
  await assert.rejects(story.sendReport({ answers: { what: long, about: long } }), { code: "too_large" });
  assert.equal(framesOf(story).length, 0);
});

test("half a character that a broken paste left does not stop the report", async () => {
  const story = await createStory();
  await story.openDesk();
  const { log } = await story.sendReport({ answers: { what: "gat: \ud83d!" } });
  const { answers } = await story.world.openReport("anna", log, onlyFrame(story));
  assert.equal(answers["what"], "gat: \ufffd!");
});
