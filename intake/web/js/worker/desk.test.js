// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { ORIGIN } from "../testing/intake-simulator.js";
import { createStory } from "../testing/story.js";

test("a desk is told in the page's language, with the words of its poster", async () => {
  const story = await createStory();
  const desk = await story.openDesk();
  assert.equal(desk.name, "Meldpunt");
  assert.equal(desk.id, story.world.id);
  assert.equal(desk.words.length, 10);
  assert.equal(desk.state, "open");
  assert.deepEqual(desk.members[0], { id: "anna", name: "ANNA", role: "lid anna", live: true });
});

test("a text that a language lacks is shown in the desk's first language", async () => {
  const story = await createStory();
  const desk = await story.call("openDesk", { desk: story.world.id, origin: ORIGIN, language: "en" });
  assert.equal(desk.name, "Desk");
  assert.equal(desk.texts.who_reads, "Drie mensen");
});

for (const names_shown of [true, false]) {
  test(`members of one role have ${names_shown ? "no number where names are shown" : "a number each where names are not shown"}`, async () => {
    const story = await createStory();
    story.world.changes = { policy: { names_shown, exclusion: true, receipt_is_ack: false, recovery: null } };
    story.world.role = (id) => (id === "bram" ? { nl: "voorzitter" } : { nl: "lid" });
    const { members } = await story.openDesk();
    const expected = names_shown ? ["lid", "voorzitter", "lid"] : ["lid 1", "voorzitter", "lid 2"];
    assert.deepEqual(members.map((/** @type {any} */ { role }) => role), expected);
    await story.sendReport();
    const { readersNow } = await story.openMailbox();
    assert.deepEqual(readersNow.map((/** @type {any} */ { role }) => role), expected);
  });
}

test("a member without a current epoch is not live", async () => {
  const story = await createStory();
  story.world.dormant = ["bram"];
  const desk = await story.openDesk();
  assert.deepEqual(desk.members.map((/** @type {any} */ { live }) => live), [true, false, true]);
});

for (const [state, changes, dormant] of /** @type {const} */ ([
  ["not-yet", { opens: "2026-12-01" }, []],
  ["closed", { closes: "2026-11-21" }, []],
  ["too-few", {}, ["bram", "chris"]],
])) {
  test(`a desk can be ${state}`, async () => {
    const story = await createStory();
    story.world.changes = changes;
    story.world.dormant = [...dormant];
    assert.equal((await story.openDesk()).state, state);
  });
}

test("a desk with another root key than the address promises is refused", async () => {
  const story = await createStory();
  const { id } = story.world;
  story.world.rootSeed = new Uint8Array(32).fill(66);
  await assert.rejects(story.call("openDesk", { desk: id, origin: ORIGIN, language: "nl" }), { code: "desk" });
});

test("a desk document older than the one shown before is refused", async () => {
  const story = await createStory();
  story.world.version = 2;
  await story.openDesk();
  story.world.version = 1;
  await assert.rejects(story.openDesk(), { code: "desk" });
});

test("an expired desk document is refused", async () => {
  const story = await createStory();
  story.world.changes = { expires: "2026-11-21" };
  await assert.rejects(story.openDesk(), { code: "desk" });
});

test("an unknown desk and a malformed answer have codes of their own", async () => {
  const story = await createStory();
  await assert.rejects(story.call("openDesk", { desk: "a".repeat(26), origin: ORIGIN, language: "nl" }), { code: "unknown" });
  story.intake.insteadOfNext = new Response("{}");
  await assert.rejects(story.openDesk(), { code: "malformed" });
});

test("no answer, and an answer that is not the intake's, are network failures", async () => {
  const story = await createStory();
  story.intake.offline = true;
  await assert.rejects(story.openDesk(), { code: "network" });
  story.intake.offline = false;
  story.intake.insteadOfNext = new Response("<h1>Bad gateway</h1>", { status: 502 });
  await assert.rejects(story.openDesk(), { code: "network" });
});

test("a request carries nothing that identifies and is kept nowhere", async () => {
  const story = await createStory();
  await story.openDesk();
  const { options } = story.intake.requests[0] ?? assert.fail("nothing was asked");
  assert.equal(options.credentials, "omit");
  assert.equal(options.cache, "no-store");
  assert.equal(options.referrerPolicy, "no-referrer");
  assert.equal(options.redirect, "error");
});

test("a desk that says the same on the same day is not verified anew; on another day, or in other bytes, it is", async () => {
  const story = await createStory();
  await story.openDesk();
  const verify = mock.method(crypto.subtle, "verify");
  try {
    await story.openDesk();
    assert.equal(verify.mock.callCount(), 0);
    story.setDay("2026-11-23");
    await story.openDesk();
    assert.equal(verify.mock.callCount(), 4);
    story.world.changes = { contact: "iemand anders" };
    await assert.rejects(story.openDesk(), { code: "desk" });
  } finally {
    verify.mock.restore();
  }
});
