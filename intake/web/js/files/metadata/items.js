// SPDX-License-Identifier: EUPL-1.2
/** What a HEIC file says of its items: which there are, and where their bytes lie (ISO/IEC 14496-12 section 8.11). */
import { UnreadableError, letters, slice, viewOf } from "./pieces.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {{ id: number, type: string, rest: [start: number, end: number] }} Item `rest`: its names, which follow the type */
/** @typedef {{ id: number, within: "file" | "idat", extents: [start: number, length: number][] }} Place */

const FILE = 0;
const IDAT = 1;

/** Reads numbers one after the other. */
class Reader {
  #view;
  #place = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#view = viewOf(bytes);
  }

  /** @param {number} size in bytes: 0, 1, 2, 4 or 8 @returns {number} */
  take(size) {
    const place = this.#place;
    this.#place += size;
    if (size === 0) return 0;
    if (size === 1) return this.#view.getUint8(place);
    if (size === 2) return this.#view.getUint16(place);
    if (size === 4) return this.#view.getUint32(place);
    if (size === 8) return Number(this.#view.getBigUint64(place));
    throw new UnreadableError("a number has an unknown length");
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {readonly Box[]} entries of `iinf`
 * @returns {Item[]}
 * @throws {UnreadableError} an item is described in an old or unknown way
 */
export function itemsIn(bytes, entries) {
  return entries.map(({ type, body, end }) => {
    const version = bytes[body];
    if (type !== "infe" || (version !== 2 && version !== 3)) throw new UnreadableError("an item has no type");
    const at = body + (version === 2 ? 8 : 10);
    const reader = new Reader(slice(bytes, body + 4, end));
    return { id: reader.take(version === 2 ? 2 : 4), type: letters(slice(bytes, at, at + 4)), rest: [at + 4, end] };
  });
}

/**
 * @param {Uint8Array} bytes
 * @param {Box} box `iloc`
 * @returns {Place[]}
 * @throws {UnreadableError} bytes are made of other items, or lie in another file
 */
export function placesIn(bytes, { body, end }) {
  const reader = new Reader(slice(bytes, body, end));
  const version = reader.take(1);
  reader.take(1);
  reader.take(2);
  if (version > 2) throw new UnreadableError("the places of items have an unknown version");
  const [first, second] = [reader.take(1), reader.take(1)];
  const sizes = { offset: first >> 4, length: first & 15, base: second >> 4, index: version === 0 ? 0 : second & 15 };
  if (sizes.length === 0) throw new UnreadableError("an item does not say how long it is");
  const count = reader.take(version === 2 ? 4 : 2);
  return Array.from({ length: Math.min(count, end - body) }, () => placeIn(reader, version, sizes));
}

/** @param {Reader} reader @param {number} version @param {Record<"offset" | "length" | "base" | "index", number>} sizes @returns {Place} */
function placeIn(reader, version, sizes) {
  const id = reader.take(version === 2 ? 4 : 2);
  const method = version === 0 ? FILE : reader.take(2) & 15;
  const elsewhere = reader.take(2) !== 0;
  if (elsewhere || method > IDAT) throw new UnreadableError("an item is not in the file");
  const base = reader.take(sizes.base);
  /** @type {Place["extents"]} */
  const extents = [];
  for (let left = reader.take(2); left > 0; left -= 1) {
    reader.take(sizes.index);
    extents.push([base + reader.take(sizes.offset), reader.take(sizes.length)]);
  }
  return { id, within: method === FILE ? "file" : "idat", extents };
}

/**
 * @param {Uint8Array} bytes
 * @param {Box} box `ipma`
 * @returns {Set<number>} properties, the first is 1, without which a reader may not show the item that has them
 */
export function essentialsIn(bytes, { body, end }) {
  const reader = new Reader(slice(bytes, body, end));
  const version = reader.take(1);
  reader.take(2);
  const size = reader.take(1) & 1 ? 2 : 1;
  const mark = size === 2 ? 0x8000 : 0x80;
  /** @type {Set<number>} */
  const found = new Set();
  for (let items = reader.take(4); items > 0; items -= 1) {
    reader.take(version < 1 ? 2 : 4);
    for (let left = reader.take(1); left > 0; left -= 1) {
      const property = reader.take(size);
      if (property & mark) found.add(property & ~mark);
    }
  }
  return found;
}
