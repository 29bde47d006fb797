// SPDX-License-Identifier: EUPL-1.2
/** Files for tests, made by hand: boxes of films and HEIC pictures, and ZIP archives. */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** What must be nowhere in a cleaned file: a place, as a camera writes it. */
export const MARKER = "51.9244N-4.4777E-Kees";

/** @typedef {number | string | Uint8Array | number[]} Piece */

/** @param {...Piece} pieces a number is one byte, a text one byte for each letter @returns {Uint8Array<ArrayBuffer>} */
export function bytes(...pieces) {
  const parts = pieces.map((piece) => (typeof piece === "number" ? [piece] : typeof piece === "string" ? Buffer.from(piece, "latin1") : piece));
  return Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part))));
}

/** @param {...number} numbers @returns {Uint8Array} four bytes each, the highest first */
export const words = (...numbers) => bytes(...numbers.map((number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]));

/** @param {string} type @param {...Piece} pieces @returns {Uint8Array<ArrayBuffer>} */
export function box(type, ...pieces) {
  const body = bytes(...pieces);
  return bytes(words(body.length + 8), type, body);
}

/** @param {Uint8Array} whole @param {string} text @returns {boolean} */
export const holds = (whole, text) => Buffer.from(whole).includes(text, 0, "latin1");

/** @param {Record<string, string | Uint8Array>} parts @param {(name: string) => boolean} [stored] @returns {Uint8Array<ArrayBuffer>} */
export function zip(parts, stored = () => false) {
  const locals = [];
  const entries = [];
  let place = 0;
  for (const [name, content] of Object.entries(parts)) {
    const plain = Buffer.from(content);
    const packed = stored(name) ? plain : deflateRawSync(plain);
    const sizes = Buffer.alloc(12);
    [crc32(plain), packed.length, plain.length].forEach((number, at) => sizes.writeUInt32LE(number, at * 4));
    const head = bytes([20, 0, 0, 0, stored(name) ? 0 : 8, 0, 0x21, 0x5a, 0x21, 0x5a], sizes, [name.length, 0, 0, 0]);
    locals.push(bytes("PK\x03\x04", head, name, packed));
    entries.push(bytes("PK\x01\x02", [20, 0], head, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], little(place), name));
    place += locals.at(-1)?.length ?? 0;
  }
  const list = bytes(...entries);
  const count = [entries.length, 0];
  return bytes(...locals, list, "PK\x05\x06", [0, 0, 0, 0], count, count, little(list.length), little(place), [0, 0]);
}

/** @param {number} number */
const little = (number) => words(number).reverse();

/** @param {Uint8Array} archive @returns {Record<string, string>} parts, one letter for each byte */
export function unzip(archive) {
  const whole = Buffer.from(archive);
  /** @type {Record<string, string>} */
  const found = {};
  let place = whole.readUInt32LE(whole.lastIndexOf("PK\x05\x06", undefined, "latin1") + 16);
  for (; whole.readUInt32LE(place) === 0x02014b50; place += 46 + whole.readUInt16LE(place + 28)) {
    const name = whole.toString("latin1", place + 46, place + 46 + whole.readUInt16LE(place + 28));
    const local = whole.readUInt32LE(place + 42);
    const start = local + 30 + whole.readUInt16LE(local + 26) + whole.readUInt16LE(local + 28);
    const packed = whole.subarray(start, start + whole.readUInt32LE(place + 20));
    found[name] = (whole.readUInt16LE(place + 10) === 0 ? packed : inflateRawSync(packed)).toString("latin1");
  }
  return found;
}
