// SPDX-License-Identifier: EUPL-1.2
/**
 * The reporter's eight words: drawing, checking, and the slow derivation (FORMAT.md section 8).
 *
 * Words are checked against their list before any slow work. The lists themselves are files, which the caller brings.
 */
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { b32decode, b64encode, decodeUtf8, labelledHash, utf8 } from "./encoding.js";
import { WordsError } from "./errors.js";

export const WORDS = 8;
/** SHA-256 of each list, b64: a server must not bring another list, with fewer words for instance. */
const LIST_HASHES = /** @type {Record<string, string>} */ ({
  nl: "AD1CbnBWhvOcgdkib3Vjz1Fx7v0OISoWa378gLrO7Gk",
  en: "dp2TN9AxSrx7HjQcet5SCYdsSPWmHyfI-eZurRAq1xA",
});
const SALT_LENGTH = 16;
// Each pause costs some browsers milliseconds, and nothing waits that cannot wait for a tenth of a second.
const ARGON2 = { version: 0x13, m: 19_456, t: 2, p: 1, dkLen: 32, asyncTick: 100 };
const DESK_ID_LENGTH = 16;
const MARKS = /[\u0300-\u036f]/g;
const NOT_LETTERS = /[^a-z]+/g;

/** @typedef {Record<string, readonly string[]>} WordLists by language */

/**
 * @param {Uint8Array} file the content of a word list
 * @param {string} language
 * @returns {string[]} its 7,776 words, sorted
 * @throws {WordsError} not the list of this format
 */
export function wordList(file, language) {
  if (LIST_HASHES[language] !== b64encode(sha256(file))) throw new WordsError("the word list is not this format's");
  return decodeUtf8(file).trimEnd().split("\n");
}

/**
 * @param {readonly string[]} list
 * @returns {string[]} eight words, drawn independently and uniformly by the platform's secure generator
 */
export function newWords(list) {
  return Array.from({ length: WORDS }, () => String(list[randomBelow(list.length)]));
}

/**
 * @param {number} bound at most 65,536
 * @returns {number} uniform from 0 to `bound` − 1: what would make the low numbers likelier is drawn again
 */
function randomBelow(bound) {
  const limit = 65_536 - (65_536 % bound);
  for (;;) {
    const [number = limit] = crypto.getRandomValues(new Uint16Array(1));
    if (number < limit) return number % bound;
  }
}

/** @param {string} text @returns {string} the normal form: lower-case words of a to z with single spaces */
export function normalise(text) {
  return text.normalize("NFKD").toLowerCase().replace(MARKS, "").replace(NOT_LETTERS, " ").trim();
}

/**
 * @param {string} text as it was typed
 * @param {WordLists} lists
 * @returns {string[]} the eight words of one list
 * @throws {WordsError} not eight words of one list; `place` counts from 1 to the first that the list lacks
 */
export function checkWords(text, lists) {
  const words = normalise(text).split(" ").filter(Boolean);
  if (words.length !== WORDS) throw new WordsError(`a passphrase has ${WORDS} words, not ${words.length}`);
  const [unknown] = Object.values(lists)
    .map((list) => unknownPlaces(words, list))
    .sort((left, right) => left.length - right.length);
  const place = unknown?.[0];
  if (place) throw new WordsError(`word ${place} is not in the list of words`, place);
  return words;
}

/** @param {readonly string[]} words @param {readonly string[]} list */
const unknownPlaces = (words, list) => words.flatMap((word, index) => (list.includes(word) ? [] : [index + 1]));

/**
 * @param {readonly string[]} words checked
 * @param {string} desk
 * @param {(fraction: number) => void} [onProgress] between 0 and 1; the derivation lets other work pass in between
 * @returns {Promise<Uint8Array>} the root of the mailbox's keys, 32 bytes
 */
export function deriveRoot(words, desk, onProgress) {
  const salt = labelledHash("salt", b32decode(desk, DESK_ID_LENGTH)).subarray(0, SALT_LENGTH);
  return argon2idAsync(utf8(words.join(" ")), salt, onProgress ? { ...ARGON2, onProgress } : ARGON2);
}
