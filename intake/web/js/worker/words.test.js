// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { createStory } from "../testing/story.js";

const DUTCH = "aanbod aanbod aanbod aanbod aanbod aanbod aanbod";

test("new words are eight words of the list", async () => {
  const story = await createStory();
  const words = await story.call("newWords", { language: "nl" });
  const list = new Set(await story.call("wordList", { language: "nl" }));
  assert.equal(words.length, 8);
  assert.ok(words.every((/** @type {string} */ word) => list.has(word)));
});

test("two draws differ", async () => {
  const story = await createStory();
  const draw = async () => (await story.call("newWords", { language: "en" })).join(" ");
  assert.notEqual(await draw(), await draw());
});

test("a list that is not the format's is refused, and asked for again the next time", async () => {
  const story = await createStory();
  story.intake.showList = (file) => file.slice(7);
  await assert.rejects(story.call("newWords", { language: "nl" }), { code: "malformed" });
  story.intake.showList = (file) => file;
  assert.equal((await story.call("newWords", { language: "nl" })).length, 8);
});

test("words are recognised however they were typed", async () => {
  const story = await createStory();
  const check = await story.call("checkWords", { text: ` 1. ${DUTCH.toUpperCase()},\n aanbod `, language: "nl" });
  assert.deepEqual(check, { ok: true, language: "nl" });
});

test("the first unknown word is named, with words that were probably meant", async () => {
  const story = await createStory();
  const check = await story.call("checkWords", { text: `aanbod aanbdo ${DUTCH.slice(7)}`, language: "nl" });
  assert.equal(check.ok, false);
  assert.equal(check.index, 1);
  assert.equal(check.word, "aanbdo");
  assert.deepEqual(check.suggestions, ["aanbod"]);
});

test("nothing is suggested for what resembles no word", async () => {
  const story = await createStory();
  const check = await story.call("checkWords", { text: `zzqqq ${DUTCH}`, language: "nl" });
  assert.deepEqual(check.suggestions, []);
});

test("words of the other language are recognised on either page", async () => {
  const story = await createStory();
  const check = await story.call("checkWords", { text: `${DUTCH} aanbod`, language: "en" });
  assert.deepEqual(check, { ok: true, language: "nl" });
});

test("a wrong word is named by the list that most of the others are in", async () => {
  const story = await createStory();
  const check = await story.call("checkWords", { text: `${DUTCH} qqqq`, language: "en" });
  assert.equal(check.index, 7);
});

test("too few words are counted", async () => {
  const story = await createStory();
  const check = await story.call("checkWords", { text: DUTCH, language: "nl" });
  assert.deepEqual(check, { ok: false, index: null, count: 7 });
});

test("unknown words stop a mailbox before any slow work", async () => {
  const story = await createStory();
  await story.openDesk();
  await assert.rejects(story.openMailbox(`${DUTCH} qqqq`), { code: "words" });
});
