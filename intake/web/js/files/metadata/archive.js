// SPDX-License-Identifier: EUPL-1.2
/** ZIP archives as office programs write them (APPNOTE 6.3, without encryption, splitting and the 64-bit extensions). */
import { inflateSync, zipSync } from "fflate";

import { UnreadableError, slice, viewOf } from "./pieces.js";

/** @typedef {{ bytes: Uint8Array, stored: boolean, dated: boolean }} Part `stored`: it is not compressed; `dated`: the archive says when it was made */
/** @typedef {Map<string, Part>} Archive by path, in order */
/** @typedef {{ name: string, method: number, time: number, sum: number, length: number, size: number, place: number }} Entry */

const END = 0x06054b50;
const END_LENGTH = 22;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const ENCRYPTED = 1;
const [STORED, DEFLATED] = [0, 8];
/** Of all parts, unpacked. */
const MAX_UNPACKED = 201_326_592;
/** The earliest time that the format has. */
const NO_TIME = new Date(1980, 0, 1);
const NO_TIME_WRITTEN = 0x00210000;
const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** @param {Uint8Array} bytes @returns {Archive} folders are left out @throws {UnreadableError} it is damaged or too large */
export function readArchive(bytes) {
  const entries = entriesIn(bytes);
  if (entries.reduce((sum, { size }) => sum + size, 0) > MAX_UNPACKED) throw new UnreadableError("an archive is too large");
  if (new Set(entries.map(({ name }) => name)).size < entries.length) throw new UnreadableError("an archive has two parts of one name");
  const files = entries.filter(({ name }) => !name.endsWith("/"));
  return new Map(files.map((entry) => [entry.name, { bytes: unpack(bytes, entry), stored: entry.method === STORED, dated: entry.time !== NO_TIME_WRITTEN }]));
}

/** @param {Archive} archive @returns {Uint8Array<ArrayBuffer>} */
export function writeArchive(archive) {
  /** @type {[string, import("fflate").ZippableFile][]} */
  const files = [...archive].map(([name, { bytes, stored }]) => [name, [bytes, { level: stored ? 0 : 6, mtime: NO_TIME }]]);
  return /** @type {Uint8Array<ArrayBuffer>} */ (zipSync(Object.fromEntries(files)));
}

/** @param {Uint8Array} bytes @returns {Entry[]} */
function entriesIn(bytes) {
  const view = viewOf(bytes);
  const end = endOf(view);
  const entries = [];
  let place = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(place, true) !== ENTRY) throw new UnreadableError("an archive lists no part where it says so");
    const [name, extra, comment] = [28, 30, 32].map((at) => view.getUint16(place + at, true));
    const next = place + ENTRY_LENGTH + (name ?? 0);
    entries.push(entryAt(view, place, slice(bytes, place + ENTRY_LENGTH, next)));
    place = next + (extra ?? 0) + (comment ?? 0);
  }
  return entries;
}

/** @param {DataView} view */
function endOf(view) {
  const last = view.byteLength - END_LENGTH;
  for (let place = last; place >= 0 && place > last - 0xffff; place -= 1) {
    if (view.getUint32(place, true) === END) return place;
  }
  throw new UnreadableError("no archive");
}

/** @param {DataView} view @param {number} place @param {Uint8Array} name @returns {Entry} */
function entryAt(view, place, name) {
  const number = (/** @type {number} */ at) => view.getUint32(place + at, true);
  const method = view.getUint16(place + 10, true);
  if (view.getUint16(place + 8, true) & ENCRYPTED) throw new UnreadableError("an archive is encrypted");
  if (method !== STORED && method !== DEFLATED) throw new UnreadableError("an archive is packed in an unknown way");
  const text = new TextDecoder("utf-8", { fatal: true }).decode(name);
  return { name: text, method, time: number(12), sum: number(16), length: number(20), size: number(24), place: number(42) };
}

/** @param {Uint8Array} bytes @param {Entry} entry */
function unpack(bytes, { method, sum, length, size, place }) {
  const view = viewOf(bytes);
  if (view.getUint32(place, true) !== LOCAL) throw new UnreadableError("a part of an archive is not where it should be");
  const start = place + LOCAL_LENGTH + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
  const packed = slice(bytes, start, start + length);
  // A part that unpacks to more than it said fails its sum, and never takes more memory than it said.
  const found = method === STORED ? packed : inflateSync(packed, { out: new Uint8Array(size) });
  if (found.length !== size || checksum(found) !== sum) throw new UnreadableError("a part of an archive is damaged");
  return found;
}

/** @param {Uint8Array} bytes @returns {number} CRC-32 */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (SUMS[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
