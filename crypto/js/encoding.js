// SPDX-License-Identifier: EUPL-1.2
/**
 * Bytes, text and JSON in their one accepted spelling (FORMAT.md section 1).
 *
 * Everything that comes from outside passes here first, so nothing in this module knows a key.
 * Reading an object goes in two steps: `parseJson` refuses what is not strict JSON, and
 * `fields` (fields.js) gives each key to its reader and refuses a key too many or too few.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { base32nopad, base64urlnopad } from "@scure/base";

import { EncodingError } from "./errors.js";
import { JsonScanner } from "./json.js";

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const DAY_MILLISECONDS = 86_400_000;
const LONE_SURROGATE = /\p{Surrogate}/u;
const encoder = new TextEncoder();

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/**
 * @param {readonly Uint8Array[]} parts
 * @returns {Uint8Array}
 */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
export function equal(left, right) {
  return left.length === right.length && left.every((byte, place) => byte === right[place]);
}

/** @param {number} number four bytes, big-endian */
export function u32(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** @param {number} number eight bytes, big-endian */
export function u64(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}

/**
 * @param {Uint8Array} data
 * @returns {Promise<Uint8Array>} SHA-256, by the platform: it is fast also where scripts are not
 */
export const platformHash = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (data)));

/**
 * @param {string} label without `meldkluis/v1/`
 * @param {readonly Uint8Array[]} parts
 * @returns {Uint8Array} H(label, parts…) of FORMAT.md section 1.3, 32 bytes
 */
export function labelledHash(label, ...parts) {
  const digest = sha256.create();
  for (const part of [utf8(`meldkluis/v1/${label}`), ...parts]) digest.update(u32(part.length)).update(part);
  return digest.digest();
}

/** @param {Uint8Array} bytes @returns {string} base64url without padding */
export const b64encode = (bytes) => base64urlnopad.encode(bytes);

/**
 * @param {string} text
 * @param {number} [size]
 * @returns {Uint8Array} the bytes of canonical base64url without padding
 * @throws {EncodingError} any other text, or not `size` bytes
 */
export function b64decode(text, size) {
  return canonical(text, size, base64urlnopad.decode, b64encode);
}

/** @param {Uint8Array} bytes @returns {string} lower-case base32 without padding */
export const b32encode = (bytes) => base32nopad.encode(bytes).toLowerCase();

/**
 * @param {string} text
 * @param {number} [size]
 * @returns {Uint8Array} the bytes of canonical lower-case base32 without padding
 * @throws {EncodingError} any other text, or not `size` bytes
 */
export function b32decode(text, size) {
  return canonical(text, size, (value) => base32nopad.decode(value.toUpperCase()), b32encode);
}

/**
 * @param {string} text
 * @param {number | undefined} size
 * @param {(text: string) => Uint8Array} decode
 * @param {(bytes: Uint8Array) => string} encode
 */
function canonical(text, size, decode, encode) {
  /** @type {Uint8Array} */
  let bytes;
  try {
    bytes = decode(text);
  } catch (cause) {
    throw new EncodingError("text is not in its encoding's alphabet without padding", { cause });
  }
  if (encode(bytes) !== text) throw new EncodingError("encoded bytes are not in their canonical spelling");
  if (size !== undefined && bytes.length !== size) throw new EncodingError(`encoded bytes are not ${size} bytes`);
  return bytes;
}

/**
 * @param {Uint8Array} data
 * @returns {unknown} the value of strict JSON (FORMAT.md section 1.2); objects have no prototype
 * @throws {EncodingError} not UTF-8 JSON, a duplicate key, a number other than 0 to 2^53 − 1, nesting deeper than 16,
 *   or a lone surrogate
 */
export function parseJson(data) {
  return new JsonScanner(decodeUtf8(data)).document();
}

/**
 * @param {Uint8Array} data
 * @returns {string}
 * @throws {EncodingError} not UTF-8; a byte order mark is kept, so that JSON refuses it
 */
export function decodeUtf8(data) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch (cause) {
    throw new EncodingError("not well-formed UTF-8", { cause });
  }
}

/**
 * @param {unknown} value
 * @returns {Uint8Array} compact JSON in UTF-8, keys in the order given
 * @throws {EncodingError} a text has a lone surrogate
 */
export function dumpJson(value) {
  return utf8(JSON.stringify(value, (_, part) => (typeof part === "string" ? wellFormed(part) : part)));
}

/**
 * @param {string} text
 * @returns {string}
 * @throws {EncodingError} a lone surrogate
 */
export function wellFormed(text) {
  if (LONE_SURROGATE.test(text)) throw new EncodingError("a text is not well-formed Unicode");
  return text;
}

/**
 * @param {string} text
 * @returns {string} the same day, `YYYY-MM-DD`
 * @throws {EncodingError} another spelling, or a day that does not exist
 */
export function parseDay(text) {
  if (!DAY.test(text)) throw new EncodingError("a day is not written YYYY-MM-DD");
  const time = Date.parse(`${text}T00:00:00Z`);
  if (text < "0001" || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new EncodingError("a day does not exist");
  }
  return text;
}

/**
 * @param {string} from day
 * @param {string} to day
 * @returns {number} days from one to the other, negative when `to` is earlier
 */
export function daysBetween(from, to) {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLISECONDS;
}
