// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { MARKER, box, bytes, holds, words } from "../../testing/containers.js";
import { attempt } from "./attempt.js";
import { cleanFilm } from "./film.js";

const TIMES = words(0xd9f0a1b2, 0xd9f0a1b3);
const PICTURES = bytes("picture-one", "picture-two");
const ROUTE = bytes(MARKER, MARKER);

/** @param {string} type @param {...import("../../testing/containers.js").Piece} pieces a box with version and flags */
const full = (type, ...pieces) => box(type, words(0), ...pieces);

/** @param {string} handler @param {string} name */
const hdlr = (handler, name) => full("hdlr", words(0), handler, "appl", words(0, 0), name, 0);

/** @param {string} handler @param {{ place: number, sizes: number[] }} samples in one chunk @param {Uint8Array} entry @param {...Uint8Array} more */
function track(handler, { place, sizes }, entry, ...more) {
  const stsd = full("stsd", words(1), entry);
  const stsz = full("stsz", words(0, sizes.length, ...sizes));
  const stbl = box("stbl", stsd, full("stts", words(0)), full("stsc", words(1, 1, sizes.length, 1)), stsz, full("stco", words(1, place)));
  const dinf = box("dinf", full("dref", words(1), box("url ", [0, 0, 0, 1])));
  const mdia = box("mdia", full("mdhd", TIMES, words(600, 1200, 0)), hdlr(handler, "Core Media"), box("minf", dinf, stbl));
  return box("trak", full("tkhd", TIMES, words(1, 0, 1200)), mdia, ...more);
}

const PICTURE_ENTRY = box("avc1", bytes(new Uint8Array(8), words(0), "appl", new Uint8Array(24), "\x0cKees Camera!", new Uint8Array(23)), box("avcC", "setup"));
const HEAD = box("ftyp", "qt  ", words(0), "qt  ");
const DATA = box("mdat", PICTURES, ROUTE);
const START = HEAD.length + 8;

/** @param {...Uint8Array} more in `moov` */
function film(...more) {
  const seen = track("vide", { place: START, sizes: [11, 11] }, PICTURE_ENTRY, box("udta", box("name", MARKER)), box("tref", box("cdsc", words(2))));
  const route = track("meta", { place: START + PICTURES.length, sizes: [MARKER.length, MARKER.length] }, box("mebx", new Uint8Array(8)));
  const movie = box("moov", full("mvhd", TIMES, words(600, 1200)), seen, route, box("udta", box("\xa9xyz", MARKER)), box("meta", MARKER), ...more);
  return bytes(HEAD, DATA, box("uuid", MARKER), box("free", MARKER), movie, box("sefd", MARKER));
}

/** @param {Uint8Array<ArrayBuffer>} whole */
async function cleaned(whole) {
  const found = (await attempt(cleanFilm, new Blob([whole], { type: "video/quicktime" }))) ?? assert.fail("it could not be cleaned");
  return { bytes: new Uint8Array(await found.file.arrayBuffer()), removed: found.removed.sort(), type: found.file.type };
}

test("a film loses place, times, makers, hidden tracks and what nobody asked for", async () => {
  const found = await cleaned(film());
  assert.ok(!holds(found.bytes, MARKER));
  assert.ok(!holds(found.bytes, "Kees"));
  assert.ok(!holds(found.bytes, "Core Media"));
  assert.ok(!holds(found.bytes, Buffer.from(TIMES).toString("latin1")));
  assert.deepEqual(found.removed, ["camera", "maker", "other", "times", "track"]);
  assert.equal(found.type, "video/quicktime");
});

test("every picture of a film stays where it was", async () => {
  const whole = film();
  const found = await cleaned(whole);
  assert.equal(found.bytes.length, whole.length);
  assert.deepEqual(found.bytes.subarray(0, START + PICTURES.length), whole.subarray(0, START + PICTURES.length));
  for (const kept of ["stsz", "stco", "avcC", "setup"]) assert.ok(holds(found.bytes, kept));
  assert.ok(!holds(found.bytes, "tref"));
});

test("a film that was cleaned has nothing left to take out", async () => {
  const once = await cleaned(film());
  assert.deepEqual(await cleaned(once.bytes), { ...once, removed: [] });
});

test("a film of a gigabyte is made of slices of the file, and only what changes is held", async () => {
  const zeros = Array(64).fill(new Blob([new Uint8Array(2 ** 24)]));
  const head = bytes(HEAD, words(1), "mdat", words(0, 2 ** 30 + 16));
  const large = new Blob([head, ...zeros, film().subarray(HEAD.length + DATA.length)]);
  // The tables refer to bytes that are zeros here: nothing is shown, and the rest of the file is read all the same.
  /** @type {number[]} */
  const read = [];
  const slice = large.slice.bind(large);
  large.slice = (start = 0, end = large.size) => {
    const part = slice(start, end);
    const whole = part.arrayBuffer.bind(part);
    part.arrayBuffer = () => {
      read.push(part.size);
      return whole();
    };
    return part;
  };
  const { file } = await cleanFilm(large);
  assert.equal(file.size, large.size);
  assert.ok(read.reduce((sum, size) => sum + size, 0) < 10_000);
});

const DAMAGED = {
  "cut off": film().subarray(0, -20),
  "without a description": bytes(HEAD, DATA),
  "with two descriptions": bytes(film(), film().subarray(HEAD.length)),
  "with a box that ends behind the file": bytes(film(), words(99), "free"),
  "with a box that has no end": bytes(film(), words(7), "free"),
  "with a box of a length that no file has": bytes(film(), words(1), "uuid", words(0xffffffff, 0xffffffff)),
  "with an empty description": bytes(HEAD, DATA, box("moov")),
  "whose data are in another file": Uint8Array.from(Buffer.from(film()).toString("latin1").replaceAll("url \0\0\0\x01", "url \0\0\0\0"), (letter) => letter.charCodeAt(0)),
  "with fragments and a hidden track": bytes(film(), box("moof", box("traf", full("tfhd", words(1))))),
  "with a hidden track outside its data": bytes(HEAD, box("mdat", PICTURES), film().subarray(HEAD.length + DATA.length)),
  "with nothing to see": bytes(HEAD, DATA, box("moov", full("mvhd", TIMES), track("meta", { place: START, sizes: [4] }, box("mebx")))),
  "with boxes and boxes": bytes(...Array.from({ length: 60_000 }, () => box("free")), film()),
};
for (const [what, content] of Object.entries(DAMAGED)) {
  test(`a film ${what} is not said to be clean`, async () => {
    assert.equal(await attempt(cleanFilm, new Blob([content])), null);
  });
}
