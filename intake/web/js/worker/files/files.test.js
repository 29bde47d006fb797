// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { concat } from "../../../../../crypto/js/encoding.js";
import { chosenAs, createStory, openFile, withReport } from "../../testing/story.js";

const NAME = "bonnetjes-van-kees.pdf";
const SIZE = 5_000_000;

/** @param {number} size @param {number} seed @returns {Blob} whose every byte depends on its place */
const fileOf = (size, seed = 1) => new Blob([Uint8Array.from({ length: size }, (_, place) => (place * 31 + (place >> 8) + seed) % 256)]);

/** @param {Blob} file */
const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

/** @param {import("../../client.js").Chosen[]} files @returns a story in which a report announced them */
async function announced(files) {
  const story = await createStory();
  const told = await withReport(story, { files });
  const upload = () => story.call("uploadFiles", { language: "nl" });
  /** @param {number} seq */
  const openAs = (seq) => {
    const entries = story.intake.logs.get(told.sent.log)?.entries ?? [];
    const [entry, before] = [entries[seq - 1] ?? assert.fail(), entries[seq - 2] ?? assert.fail()];
    return story.world.openMessage("anna", told.report, entry.frame, { seq, prev: before.head });
  };
  return { story, ...told, upload, openAs };
}

test("the report announces a file without its root, and says nothing of it outside the seal", async () => {
  const { report, story, sent } = await announced([chosenAs(fileOf(SIZE), NAME)]);
  const [attachment] = report.attachments;
  assert.deepEqual([attachment?.name, attachment?.size, attachment?.root], [NAME, SIZE, null]);
  assert.ok(!Buffer.from(story.intake.logs.get(sent.log)?.entries[0]?.frame ?? []).includes(NAME));
});

test("a file that was sent opens for a member, with the root that the reporter signed", async () => {
  const file = fileOf(SIZE);
  const story = await announced([chosenAs(file, NAME)]);
  const [state] = await story.upload();
  assert.equal(state.state, "sent");
  const { kind, attachments } = await story.openAs(2);
  assert.equal(kind, "files");
  assert.equal(Buffer.compare(await openFile(story.story, attachments[0]), await bytesOf(file)), 0);
});

test("an upload that was cut off goes on with the missing parts, and the file is the same", async () => {
  const file = fileOf(SIZE);
  const story = await announced([chosenAs(file, NAME)]);
  story.story.intake.partsUntilCut = 2;
  await assert.rejects(story.upload(), { code: "network" });
  const there = story.story.intake.blobs.parts(story.report.attachments[0]?.blob ?? "").length;
  assert.equal(there, 2);
  Object.assign(story.story.intake, { offline: false, partsUntilCut: Infinity });
  const before = story.story.intake.requests.length;
  await story.upload();
  const puts = story.story.intake.requests.slice(before).filter(({ options }) => options.method === "PUT");
  assert.equal(puts.length, 5 - there);
  assert.equal(Buffer.compare(await openFile(story.story, (await story.openAs(2)).attachments[0]), await bytesOf(file)), 0);
});

test("files are completed once, also when the answer to it got lost", async () => {
  const story = await announced([chosenAs(fileOf(10), NAME)]);
  const lose = story.story.intake;
  lose.loseNextAnswer = true;
  await assert.rejects(story.upload(), { code: "network" });
  await story.upload();
  assert.equal(lose.logs.get(story.sent.log)?.entries.length, 2);
});

test("a file that was given up is not completed; the others are", async () => {
  const story = await announced([chosenAs(fileOf(10), NAME), chosenAs(fileOf(20), "tweede")]);
  await story.story.call("cancelFile", { index: 0 });
  const states = await story.upload();
  assert.deepEqual(states.map((/** @type {any} */ { state }) => state), ["cancelled", "sent"]);
  assert.deepEqual((await story.openAs(2)).attachments.map(({ name }) => name), ["tweede"]);
});

test("nothing is sent during a pause", async () => {
  const story = await announced([chosenAs(fileOf(10), NAME)]);
  await story.story.call("pauseFiles", { pause: true });
  const sending = story.upload();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(story.story.intake.blobs.everything().length, 0);
  await story.story.call("pauseFiles", { pause: false });
  assert.equal((await sending)[0].state, "sent");
});

test("a file that cannot be read any more is said to be so, and the others go on", async () => {
  const gone = fileOf(10);
  gone.slice = () => {
    throw new DOMException("the file was changed", "NotReadableError");
  };
  const story = await announced([chosenAs(gone, NAME), chosenAs(fileOf(20), "tweede")]);
  const states = await story.upload();
  assert.deepEqual(states.map((/** @type {any} */ { state }) => state), ["unreadable", "sent"]);
});

test("a message announces files as a report does, and they are completed under it", async () => {
  const story = await announced([]);
  await story.story.openMailbox();
  await story.story.sendMessage({ files: [chosenAs(fileOf(30), NAME)] });
  await story.upload();
  const { about, attachments } = await story.openAs(3);
  assert.equal(about, Buffer.from(story.story.intake.logs.get(story.sent.log)?.entries[1]?.head ?? []).toString("base64url"));
  assert.equal((await openFile(story.story, attachments[0])).length, 30);
});

/** @param {import("../../testing/story.js").Story} story @returns its files, by the place of the entry that signs for them */
const upload = (story) => story.call("uploadFiles", { language: "nl" });

/** @returns a story in which a report with two files has arrived, and the page does not know it */
async function lostReport() {
  const story = await createStory();
  await story.openDesk();
  const files = [chosenAs(fileOf(10), NAME), chosenAs(fileOf(20), "tweede")];
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendReport({ files }), { code: "network" });
  return { story, files };
}

test("the files of a report that had arrived go, although its text was changed since then", async () => {
  const { story, files } = await lostReport();
  const sent = await story.sendReport({ files, answers: { what: "Iets meer." } });
  assert.equal(sent.earlier, true);
  assert.deepEqual(sent.files.map((/** @type {any} */ { name }) => name), [NAME, "tweede"]);
  assert.deepEqual((await upload(story)).map((/** @type {any} */ { state }) => state), ["sent", "sent"]);
});

test("a file that was taken away, or chosen, after a report had arrived does not go", async () => {
  const { story, files } = await lostReport();
  const sent = await story.sendReport({ files: [files[1], chosenAs(fileOf(30), "derde")] });
  assert.deepEqual(sent.files, [{ name: "tweede", size: 20, id: files[1]?.id }]);
  assert.deepEqual((await upload(story)).map((/** @type {any} */ { name }) => name), ["tweede"]);
});

test("no file goes to somebody whom the reporter has left out since the report had arrived", async () => {
  const { story, files } = await lostReport();
  const sent = await story.sendReport({ files, excluded: ["bram"] });
  assert.deepEqual([sent.earlier, sent.files], [true, []]);
});

/** @returns a story in which a message with a file has arrived, and the page does not know it */
async function lostMessage() {
  const { story, sent, openAs } = await announced([]);
  await story.openMailbox();
  const files = [chosenAs(fileOf(30), NAME)];
  story.intake.loseNextAnswer = true;
  await assert.rejects(story.sendMessage({ files }), { code: "network" });
  return { story, sent, openAs, files };
}

for (const look of [false, true]) {
  test(`a message changed after its answer got lost follows the first one, and the file goes once${look ? ", also after a look at the mailbox" : ""}`, async () => {
    const { story, openAs, files } = await lostMessage();
    if (look) await story.openMailbox();
    const sent = await story.sendMessage({ files, answers: { text: "Het was woensdag." } });
    assert.deepEqual([sent.seq, sent.earlier, sent.files], [3, true, [{ name: NAME, size: 30, id: files[0]?.id }]]);
    assert.deepEqual([(await openAs(2)).attachments.length, (await openAs(3)).attachments.length], [1, 0]);
    await upload(story);
    const { kind, attachments } = await openAs(4);
    assert.deepEqual([kind, attachments.map(({ name }) => name)], ["files", [NAME]]);
  });
}

test("contact details that are sent meanwhile leave a message as it is: sent again, it is not doubled", async () => {
  const { story, sent, files } = await lostMessage();
  await story.sendMessage({ kind: "contact", answers: { reach: "06" } });
  const again = await story.sendMessage({ files });
  assert.deepEqual([again.seq, again.earlier, again.files.length], [2, false, 1]);
  assert.equal(story.intake.logs.get(sent.log)?.entries.length, 3);
});

test("contact details that take the place of others which had arrived can be changed back", async () => {
  const { story } = await announced([]);
  await story.openMailbox();
  const contact = (/** @type {string} */ reach) => story.sendMessage({ kind: "contact", answers: { reach } });
  story.intake.loseNextAnswer = true;
  await assert.rejects(contact("06"), { code: "network" });
  assert.equal((await contact("07")).seq, 3);
  assert.equal((await contact("06")).seq, 4);
});

test("the file's bytes and name are nowhere on the intake", async () => {
  const marker = "MERKTEKEN-IN-HET-BESTAND";
  const story = await announced([chosenAs(new Blob([marker.repeat(5000)]), `${marker}.txt`)]);
  await story.upload();
  const entries = story.story.intake.logs.get(story.sent.log)?.entries.map(({ frame }) => frame) ?? [];
  assert.ok(!Buffer.from(concat(...entries, story.story.intake.blobs.everything())).includes(marker));
});
