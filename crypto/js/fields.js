// SPDX-License-Identifier: EUPL-1.2
/**
 * Readers for the fields of closed objects (FORMAT.md sections 1.1 and 1.2).
 *
 * A reader takes a JSON value and returns it in the same spelling, or throws `EncodingError`. What stands encoded in
 * JSON stays encoded, because the one accepted spelling makes texts comparable; `b64decode` gives the bytes.
 */
import { parseRecipient } from "./age.js";
import { b32decode, b64decode, parseDay, utf8, wellFormed } from "./encoding.js";
import { EncodingError } from "./errors.js";

const MAX_TEXT_BYTES = 200_000;
const DESK_ID_LENGTH = 16;
const LOG_ID_LENGTH = 20;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/;
const MEMBER_ID = /^[a-z][a-z0-9-]{0,31}$/;
const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** @template T @typedef {(value: unknown) => T} Reader */
/** @template {Record<string, Reader<any>>} S @typedef {{ [K in keyof S]: ReturnType<S[K]> }} Fields */

/**
 * Read a closed object.
 *
 * @template {Record<string, Reader<any>>} S
 * @param {unknown} value
 * @param {S} readers
 * @returns {Fields<S>}
 * @throws {EncodingError} not an object, a key too many or too few, or a reader refuses; the message names the field
 */
export function fields(value, readers) {
  const object = asObject(value);
  const names = Object.keys(readers);
  if (names.length !== Object.keys(object).length || !names.every((label) => Object.hasOwn(object, label))) {
    throw new EncodingError("a JSON object has a key too many or too few");
  }
  const found = names.map((label) => [label, named(label, () => readers[label]?.(object[label]))]);
  return /** @type {Fields<S>} */ (Object.fromEntries(found));
}

/** @param {unknown} value @returns {string} well-formed Unicode of at most 200,000 bytes */
export function text(value) {
  if (typeof value !== "string") throw new EncodingError("a JSON value is not a text");
  // A text has at least as many bytes as UTF-16 units, so the slow count is for the rest only.
  if (value.length > MAX_TEXT_BYTES || utf8(wellFormed(value)).length > MAX_TEXT_BYTES) {
    throw new EncodingError(`a text is longer than ${MAX_TEXT_BYTES} bytes`);
  }
  return value;
}

/** @param {unknown} value @returns {number} from 0 to 2^53 − 1 */
export function integer(value) {
  if (!Number.isSafeInteger(value) || Number(value) < 0) {
    throw new EncodingError("a JSON value is not an integer from 0 to 2^53 - 1");
  }
  return Number(value);
}

/** @param {unknown} value @returns {number} from 1 to 2^53 − 1 */
export function positive(value) {
  if (integer(value) === 0) throw new EncodingError("a JSON value is not a positive integer");
  return integer(value);
}

/** @param {unknown} value @returns {boolean} */
export function boolean(value) {
  if (typeof value !== "boolean") throw new EncodingError("a JSON value is not true or false");
  return value;
}

/** @param {unknown} value @returns {string} `YYYY-MM-DD` */
export const day = (value) => parseDay(text(value));

/** @param {unknown} value @returns {string} `age1pq1…` */
export function recipient(value) {
  parseRecipient(text(value));
  return text(value);
}

/** @param {unknown} value @returns {string} */
export const language = (value) => matching(value, LANGUAGE, "a language code");

/** @param {unknown} value @returns {string} */
export const memberId = (value) => matching(value, MEMBER_ID, "a member id");

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 * @param {string} what
 */
function matching(value, pattern, what) {
  if (!pattern.test(text(value))) throw new EncodingError(`a JSON value is not ${what}`);
  return text(value);
}

/** @param {unknown} value @returns {string} */
export const name = (value) => matching(value, NAME, "a name in lower-case letters, digits and low lines");

/**
 * @param {number} [size] bytes, or any number
 * @returns {Reader<string>} canonical base64url, of any length: a payload is longer than a text may be
 */
export function base64Of(size) {
  return (value) => {
    if (typeof value !== "string") throw new EncodingError("a JSON value is not a text");
    b64decode(value, size);
    return value;
  };
}

/** Reads base64url of 32 bytes: a key, a seed or a hash. */
export const key = base64Of(32);

/** @param {unknown} value @returns {string} base32 of 16 bytes */
export const deskId = (value) => identifier(value, DESK_ID_LENGTH);

/** @param {unknown} value @returns {string} base32 of 20 bytes, of a log or a blob */
export const logId = (value) => identifier(value, LOG_ID_LENGTH);

/** @param {unknown} value @param {number} size */
function identifier(value, size) {
  const found = text(value);
  b32decode(found, size);
  return found;
}

/**
 * @template {string | number} const T
 * @param {readonly T[]} choices
 * @returns {Reader<T>}
 */
export function oneOf(...choices) {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new EncodingError(`a JSON value is none of ${choices.join(", ")}`);
    return found;
  };
}

/** The version field of every object. */
export const version1 = oneOf(1);

/**
 * @template T
 * @param {Reader<T>} reader
 * @returns {Reader<T | null>}
 */
export function optional(reader) {
  return (value) => (value === null ? null : reader(value));
}

/**
 * @template T
 * @param {Reader<T>} reader
 * @param {number} [most] items
 * @returns {Reader<T[]>}
 */
export function listOf(reader, most = Infinity) {
  return (value) => {
    if (!Array.isArray(value)) throw new EncodingError("a JSON value is not a list");
    if (value.length > most) throw new EncodingError(`a list has more than ${most} items`);
    return value.map((item) => reader(item));
  };
}

/** @param {unknown} value @returns {string[]} member ids, sorted, each once */
export function memberIds(value) {
  const ids = listOf(memberId)(value);
  if (ids.some((id, place) => place > 0 && id <= String(ids[place - 1]))) {
    throw new EncodingError("a list of member ids is not sorted, or has one twice");
  }
  return ids;
}

/**
 * @template T
 * @param {Reader<string>} readKey
 * @param {Reader<T>} reader
 * @returns {Reader<Record<string, T>>} an open map; the object has no prototype, because any key may be looked up
 */
export function mapOf(readKey, reader) {
  return (value) => {
    /** @type {Record<string, T>} */
    const found = Object.create(null);
    for (const [label, item] of Object.entries(asObject(value))) found[readKey(label)] = reader(item);
    return found;
  };
}

/** Reads an open map from names to texts. */
export const openMap = mapOf(name, text);

/** @param {unknown} value @returns {Record<string, string>} texts by language code, at least one */
export function texts(value) {
  const found = mapOf(language, text)(value);
  if (Object.keys(found).length === 0) throw new EncodingError("a text is given in no language");
  return found;
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function asObject(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new EncodingError("a JSON value is not an object");
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @template T
 * @param {string} label
 * @param {() => T} read
 * @returns {T}
 */
function named(label, read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof EncodingError) throw new EncodingError(`${label}: ${error.message}`, { cause: error });
    throw error;
  }
}
