// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { attempt } from "./attempt.js";
import { cleanJpeg } from "./jpeg.js";
import { kindOf } from "./kinds.js";
import { picture } from "./pictures.js";
import { cleanPng } from "./png.js";
import { cleanWebp } from "./webp.js";

const MARKER = "51.9244N-4.4777E";

/** @param {...(number | string | Uint8Array | number[])} parts */
const bytes = (...parts) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : typeof part === "string" ? [...Buffer.from(part, "latin1")] : [...part])));

/** @param {number} marker @param {...(number | string | Uint8Array | number[])} content */
function segment(marker, ...content) {
  const found = bytes(...content);
  return bytes(0xff, marker, (found.length + 2) >> 8, (found.length + 2) & 255, found);
}

/** @param {number} turned */
const exif = (turned) => segment(0xe1, "Exif\0\0II*\0", [8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0, 0, 0, 0, 0], MARKER);
const SHOWN = [segment(0xdb, "quantisation"), segment(0xc0, "frame"), segment(0xc4, "huffman"), segment(0xda, "scan"), bytes(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4)];
const SECOND_SCAN = [segment(0xda, "scan"), bytes(5, 6)];

/** @param {readonly Uint8Array[]} before @param {...(string | Uint8Array)} after */
const jpeg = (before, ...after) => bytes(0xff, 0xd8, ...before, ...SHOWN, ...SECOND_SCAN, 0xff, 0xd9, ...after);

/** @param {string} name @param {string} content */
const chunk = (name, content) => bytes([0, 0, 0, content.length], name, content, "crc.");

/** @param {...Uint8Array} chunks */
const png = (...chunks) => bytes([0x89], "PNG\r\n", [0x1a], "\n", ...chunks);

/** @param {string} name @param {string} content */
const riff = (name, content) => bytes(name, [content.length, 0, 0, 0], content, content.length % 2 ? [0] : []);

/** @param {...Uint8Array} chunks */
function webp(...chunks) {
  const all = bytes("WEBP", ...chunks);
  return bytes("RIFF", [all.length & 255, all.length >> 8, 0, 0], all);
}

/** @type {Record<string, import("./attempt.js").Cleaner>} */
const CLEANERS = { "image/jpeg": picture(cleanJpeg), "image/png": picture(cleanPng), "image/webp": picture(cleanWebp) };

/** @param {Uint8Array | string} content @param {string} type */
const clean = (content, type) => attempt(CLEANERS[type] ?? assert.fail(), new Blob([typeof content === "string" ? content : new Uint8Array(content)], { type }));

/** @param {Uint8Array} content @param {string} type */
async function cleaned(content, type) {
  const found = (await clean(content, type)) ?? assert.fail("it could not be cleaned");
  return { bytes: new Uint8Array(await found.file.arrayBuffer()), removed: found.removed.sort(), type: found.file.type };
}

test("a photo loses place, comment, profile and what stands behind it, and keeps the picture", async () => {
  const whole = jpeg([exif(1), segment(0xfe, MARKER), segment(0xe2, "ICC_PROFILE\0", MARKER), segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", MARKER)], MARKER);
  const found = await cleaned(whole, "image/jpeg");
  assert.deepEqual(found.bytes, jpeg([]));
  assert.deepEqual(found.removed, ["camera", "colour", "tail", "text"]);
  assert.equal(found.type, "image/jpeg");
});

test("a photo that the camera turned stays turned", async () => {
  const found = await cleaned(jpeg([exif(6)]), "image/jpeg");
  assert.ok(!Buffer.from(found.bytes).includes(MARKER));
  assert.deepEqual(await cleaned(found.bytes, "image/jpeg"), { bytes: found.bytes, removed: [], type: "image/jpeg" });
  assert.equal(found.bytes.length, jpeg([]).length + 36);
});

test("what a decoder of photos needs is kept", async () => {
  const needed = jpeg([segment(0xe0, "JFIF\0", [1, 1, 0, 0, 1, 0, 1, 0, 0]), segment(0xee, "Adobe", [0, 100, 0, 0, 0, 0, 1])]);
  assert.deepEqual(await cleaned(needed, "image/jpeg"), { bytes: needed, removed: [], type: "image/jpeg" });
});

test("a small copy inside a photo goes", async () => {
  const found = await cleaned(jpeg([segment(0xe0, "JFXX\0", MARKER)]), "image/jpeg");
  assert.deepEqual(found.bytes, jpeg([]));
  assert.deepEqual(found.removed, ["other"]);
});

test("segments that no decoder knows go, whatever they are called", async () => {
  const unknown = [0x02, 0x50, 0xbf, 0xc8, 0xde, 0xdf, 0xe5, 0xf0, 0xf7, 0xfd];
  const found = await cleaned(jpeg([...unknown.map((marker) => segment(marker, MARKER)), segment(0xdd, "restarts")]), "image/jpeg");
  assert.deepEqual(found.bytes, jpeg([segment(0xdd, "restarts")]));
  assert.deepEqual(found.removed, ["other"]);
});

test("a screen picture loses texts, times and unknown chunks", async () => {
  const shown = [chunk("IHDR", "head"), chunk("PLTE", "x"), chunk("tRNS", "x"), chunk("IDAT", "picture")];
  const whole = png(...shown, chunk("tEXt", MARKER), chunk("eXIf", MARKER), chunk("iCCP", MARKER), chunk("prVW", MARKER), chunk("IEND", ""));
  const found = await cleaned(bytes(whole, MARKER), "image/png");
  assert.deepEqual(found.bytes, png(...shown, chunk("IEND", "")));
  assert.deepEqual(found.removed, ["camera", "colour", "other", "tail", "text"]);
});

test("a WebP picture no longer announces what was taken out", async () => {
  const extended = (/** @type {number} */ flags) => riff("VP8X", String.fromCharCode(flags, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  const whole = webp(extended(0x3e), riff("ICCP", MARKER), riff("VP8 ", "picture"), riff("EXIF", MARKER), riff("XMP ", MARKER));
  const found = await cleaned(whole, "image/webp");
  assert.deepEqual(found.bytes, webp(extended(0x12), riff("VP8 ", "picture")));
  assert.deepEqual(found.removed, ["camera", "colour", "text"]);
});

for (const [type, content] of Object.entries({
  "image/jpeg": jpeg([]).subarray(0, 60),
  "image/png": png(chunk("IHDR", "head")),
  "image/webp": webp(riff("VP8 ", "picture")).subarray(0, 20),
})) {
  test(`what is cut off or of another kind is not said to be clean: ${type}`, async () => {
    assert.equal(await clean(content, type), null);
    assert.equal(await clean(MARKER, type), null);
  });
}

for (const [kind, beginning] of Object.entries({
  jpeg: jpeg([]),
  png: png(chunk("IHDR", "head")),
  webp: webp(riff("VP8 ", "picture")),
  heic: bytes([0, 0, 0, 24], "ftypheic"),
  film: bytes([0, 0, 0, 24], "ftypqt  "),
  pdf: bytes("%PDF-1.7"),
  office: bytes("PK\x03\x04"),
})) {
  test(`a file is known by its beginning, whatever its name says: ${kind}`, async () => {
    assert.equal(await kindOf(new Blob([beginning], { type: "text/plain" })), kind);
  });
}

test("a file of another kind is none of them", async () => {
  assert.equal(await kindOf(new Blob(["ordinary text"])), null);
});
