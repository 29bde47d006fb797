// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { MARKER, box, bytes, holds, words } from "../../testing/containers.js";
import { attempt } from "./attempt.js";
import { heicPicture } from "./pictures.js";

/** @typedef {import("../../testing/containers.js").Piece} Piece */

const HEAD = box("ftyp", "heic", words(0), "mif1heic");
const PICTURE = bytes("coded-picture");
const EXIF = bytes(words(6), "Exif\0\0", "MM", MARKER);
const XMP = bytes("<x:xmpmeta>", MARKER);
const LEFTOVER = bytes("leftover", MARKER);
const GRID = bytes("grid-of-tiles");

/** @param {number} number */
const short = (number) => [number >> 8, number & 255];

/** @param {number} id @param {string} type @param {...Piece} names */
const infe = (id, type, ...names) => box("infe", [2, 0, 0, 0], short(id), short(0), type, ...names);

/** @param {number} id @param {number} within 0 for the file, 1 for `idat` @param {number} start @param {number} length */
const place = (id, within, start, length) => bytes(short(id), short(within), short(0), short(1), words(start, length));

/** @param {Uint8Array[]} properties @param {number[]} needed the first is 1; 128 says that it is essential */
const iprp = (properties, needed) => box("iprp", box("ipco", ...properties), box("ipma", words(0, 1), short(1), needed.length, needed));

const SIZE = box("ispe", words(0, 40, 20));
const PROFILE = box("colr", "prof", MARKER);
const REMARK = box("udes", words(0), MARKER);
const PROPERTIES = iprp([SIZE, box("hvcC", "setup"), PROFILE, REMARK], [1, 130, 3, 4]);

/** @param {{ properties?: Uint8Array, items?: Uint8Array[], within?: number, shared?: boolean }} [differently] */
function heic({ properties = PROPERTIES, items = [], within = 0, shared = false } = {}) {
  const all = [infe(1, "hvc1", 0), infe(2, "Exif", MARKER, 0), infe(3, "mime", 0, "application/rdf+xml", 0), infe(4, "grid", 0), ...items];
  const describe = (/** @type {number} */ at) => {
    const exif = at + PICTURE.length;
    const places = [place(1, within, at, PICTURE.length), place(2, 0, shared ? exif - 2 : exif, EXIF.length), place(3, 0, exif + EXIF.length, XMP.length), place(4, 1, 0, GRID.length)];
    const iloc = box("iloc", [1, 0, 0, 0, 0x44, 0], short(places.length), ...places);
    const parts = [box("hdlr", words(0, 0), "pict", words(0, 0, 0), "Kees", 0), box("pitm", words(0), short(1)), box("iinf", words(0), short(all.length), ...all)];
    return box("meta", words(0), ...parts, iloc, properties, box("idat", GRID, MARKER), box("xml ", MARKER));
  };
  const data = box("mdat", PICTURE, EXIF, XMP, LEFTOVER);
  const start = HEAD.length + describe(0).length + 8;
  return { whole: bytes(HEAD, describe(start), data, box("mpvd", MARKER)), start };
}

/** @param {Uint8Array<ArrayBuffer>} whole */
async function cleaned(whole) {
  const found = (await attempt(heicPicture, new Blob([whole], { type: "image/heic" }))) ?? assert.fail("it could not be cleaned");
  return { bytes: new Uint8Array(await found.file.arrayBuffer()), removed: found.removed.sort() };
}

test("a HEIC picture loses camera data, descriptions, profile, leftovers and the film behind it", async () => {
  const found = await cleaned(heic().whole);
  assert.ok(!holds(found.bytes, MARKER));
  assert.ok(!holds(found.bytes, "Kees"));
  assert.deepEqual(found.removed, ["camera", "colour", "maker", "other", "tail", "text"]);
});

test("the picture in a HEIC file stays where it was, and so does how to show it", async () => {
  const { whole, start } = heic();
  const found = await cleaned(whole);
  assert.equal(found.bytes.length, whole.length);
  assert.deepEqual(found.bytes.subarray(start, start + PICTURE.length), PICTURE);
  for (const kept of ["ispe", "setup", "grid-of-tiles"]) assert.ok(holds(found.bytes, kept));
});

test("who looks for camera data in a cleaned HEIC picture finds that there are none", async () => {
  const { whole, start } = heic();
  const found = await cleaned(whole);
  const camera = found.bytes.subarray(start + PICTURE.length, start + PICTURE.length + EXIF.length);
  assert.deepEqual(camera.subarray(0, 18), bytes(words(0), "MM", [0, 42], words(8), [0, 0], words(0)));
  assert.ok(camera.subarray(18).every((byte) => byte === 0));
});

test("a HEIC picture that was cleaned has nothing left to take out", async () => {
  const once = await cleaned(heic().whole);
  assert.deepEqual(await cleaned(once.bytes), { ...once, removed: [] });
});

const { whole } = heic();
const DAMAGED = {
  "cut off": whole.subarray(0, -5),
  "that has no picture": bytes(HEAD, box("mdat", PICTURE)),
  "that is described twice": bytes(whole, whole.subarray(HEAD.length)),
  "that moves": bytes(whole, box("moov")),
  "with a property that is not known": heic({ properties: iprp([SIZE, box("what", MARKER)], [1]) }).whole,
  "that cannot be shown without its profile": heic({ properties: iprp([SIZE, PROFILE], [1, 130]) }).whole,
  "with an item that is not known": heic({ items: [infe(5, "what", 0)] }).whole,
  "whose picture is made of other items": heic({ within: 2 }).whole,
  "whose picture shares bytes with camera data": heic({ shared: true }).whole,
  "with more places than it has bytes": bytes(HEAD, box("meta", words(0), box("hdlr", words(0, 0, 0, 0, 0)), PROPERTIES, box("iinf", words(0), short(0)), box("iloc", [1, 0, 0, 0, 0x44, 0], short(65535)))),
};
for (const [what, content] of Object.entries(DAMAGED)) {
  test(`a HEIC picture ${what} is not said to be clean`, async () => {
    assert.equal(await attempt(heicPicture, new Blob([content])), null);
  });
}
