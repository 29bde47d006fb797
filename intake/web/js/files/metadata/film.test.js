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

/** What dashcams put between the pictures, named by nothing that plays. */
const BETWEEN = `freeGPS ${MARKER}`;

/** @param {Uint8Array} data @param {...Uint8Array} description boxes of `moov` */
const simple = (data, ...description) => bytes(HEAD, data, box("moov", full("mvhd", words(0, 0, 600, 1200)), ...description));

test("what stands between, before and behind the samples of a film becomes zeros", async () => {
  const data = box("mdat", BETWEEN, PICTURES, BETWEEN, "sound", BETWEEN);
  const seen = track("vide", { place: START + BETWEEN.length, sizes: [11, 11] }, PICTURE_ENTRY);
  const heard = track("soun", { place: START + 2 * BETWEEN.length + PICTURES.length, sizes: [5] }, box("mp4a", new Uint8Array(28)));
  const found = await cleaned(simple(data, seen, heard));
  const zeros = new Uint8Array(BETWEEN.length);
  assert.deepEqual(found.bytes.subarray(HEAD.length, HEAD.length + data.length), box("mdat", zeros, PICTURES, zeros, "sound", zeros));
  assert.ok(found.removed.includes("other"));
});

/** @param {number} version @param {number[]} end of the entry, after bits */
const plainSound = (version, end) => box("sowt", new Uint8Array(8), [0, version, 0, 0, 0, 0, 0, 0, 0, 2, 0, 16], end);
for (const [what, entry] of Object.entries({ "by channels and bits": plainSound(0, [0, 0, 0, 0, 0, 0, 0, 0]), "by itself": plainSound(1, [...Array(16).fill(0), 0, 0, 0, 4, 0, 0, 0, 2]) })) {
  test(`sound of which old tables count bytes by one stays whole, its length known ${what}`, async () => {
    const data = box("mdat", "pcm1pcm2pcm3", BETWEEN);
    const heard = Buffer.from(track("soun", { place: START, sizes: [1, 1, 1] }, entry)).toString("latin1");
    const table = Buffer.from(full("stsz", words(0, 3, 1, 1, 1))).toString("latin1");
    const old = Buffer.from(full("stsz", words(1, 3, 0, 0, 0))).toString("latin1");
    const found = await cleaned(simple(data, bytes(heard.replace(table, old))));
    assert.deepEqual(found.bytes.subarray(START, HEAD.length + data.length), bytes("pcm1pcm2pcm3", new Uint8Array(BETWEEN.length)));
  });
}

/** A film as browsers record it: tables without samples, and a fragment with them. @param {number[]} head of the track's fragment @param {Uint8Array} run */
function fragmented(head, run) {
  const seen = track("vide", { place: 0, sizes: [] }, PICTURE_ENTRY);
  const usual = box("mvex", full("trex", words(1, 1, 0, 11, 0)));
  const start = box("moov", full("mvhd", words(0, 0, 600, 1200)), seen, usual);
  const fragment = box("moof", full("mfhd", words(1)), box("traf", box("tfhd", words(...head)), run));
  return { whole: bytes(HEAD, start, fragment, box("mdat", BETWEEN, PICTURES, BETWEEN)), data: HEAD.length + start.length + fragment.length + 8 };
}

for (const [what, flags, sizes] of /** @type {[string, number, number[]][]} */ ([
  ["each said", 0x301, [600, 11, 600, 11]],
  ["said for all", 0x1, []],
])) {
  test(`of a film in fragments the samples stay and nothing else, their sizes ${what}`, async () => {
    const made = (/** @type {number} */ place) => fragmented([0x20000, 1], box("trun", words(flags, 2, place, ...sizes)));
    const { length } = made(0).whole;
    const fragment = Buffer.from(made(0).whole).indexOf("moof", 0, "latin1") - 4;
    const { whole, data } = made(made(0).data - fragment + BETWEEN.length);
    const found = await cleaned(whole);
    assert.equal(found.bytes.length, length);
    const zeros = new Uint8Array(BETWEEN.length);
    assert.deepEqual(found.bytes.subarray(data), bytes(zeros, PICTURES, zeros));
  });
}

test("a film of a gigabyte is made of slices of the file, and only what changes is held", async () => {
  const zeros = Array(64).fill(new Blob([new Uint8Array(2 ** 24)]));
  const head = bytes(HEAD, words(1), "mdat", words(0, 2 ** 30 + 16 + MARKER.length));
  const seen = track("vide", { place: START + 8, sizes: [2 ** 29, 2 ** 29] }, PICTURE_ENTRY);
  const large = new Blob([head, ...zeros, MARKER, simple(bytes(), seen).subarray(HEAD.length)]);
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
  assert.ok(!(await file.slice(2 ** 30).text()).includes(MARKER));
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
  "with pictures outside its data": simple(DATA, track("vide", { place: START + DATA.length, sizes: [11] }, PICTURE_ENTRY)),
  "with pictures that begin before its data": simple(DATA, track("vide", { place: START - 1, sizes: [11] }, PICTURE_ENTRY)),
  "without the lengths of its pictures": bytes(Buffer.from(simple(DATA, track("vide", { place: START, sizes: [11] }, PICTURE_ENTRY))).toString("latin1").replace("stsz", "stz2")),
  "with keys between its pictures": bytes(Buffer.from(simple(DATA, track("vide", { place: START, sizes: [11] }, PICTURE_ENTRY))).toString("latin1").replace("stts", "saio")),
  "in fragments that do not say where they are": fragmented([0x20000, 1], box("trun", words(0, 2))).whole,
  "with nothing to see": bytes(HEAD, DATA, box("moov", full("mvhd", TIMES), track("meta", { place: START, sizes: [4] }, box("mebx")))),
  "with boxes and boxes": bytes(...Array.from({ length: 60_000 }, () => box("free")), film()),
};
for (const [what, content] of Object.entries(DAMAGED)) {
  test(`a film ${what} is not said to be clean`, async () => {
    assert.equal(await attempt(cleanFilm, new Blob([content])), null);
  });
}
