// SPDX-License-Identifier: EUPL-1.2
/**
 * The reporter's eight words: drawing, checking, and the slow derivation (FORMAT.md section 8).
 *
 * Words are checked against their list before any slow work. The lists themselves are files, which the caller brings.
 */
import { argon2idAsync } from "@noble/hashes/argon2.js";

import { b32decode, labelledHash, utf8 } from "./encoding.js";
import { WordsError } from "./errors.js";

export const WORD_COUNT = 8;
export const LIST_LENGTH = 7776;
const SALT_LENGTH = 16;
const ARGON2 = { version: 0x13, m: 19_456, t: 2, p: 1, dkLen: 32 };
const DESK_ID_LENGTH = 16;
const NOT_LETTERS = /[^a-z]+/g;

/** @typedef {Record<string, readonly string[]>} WordLists by language */

/**
 * @param {string} file the content of a word list
 * @returns {string[]}
 * @throws {WordsError} not 7,776 words of the letters a to z, sorted, one on each line
 */
export function wordList(file) {
  const words = file.split("\n");
  if (words.pop() !== "" || words.length !== LIST_LENGTH) throw new WordsError("the word list is not 7,776 lines");
  if (words.some((word, place) => !/^[a-z]+$/.test(word) || (place > 0 && word <= String(words[place - 1])))) {
    throw new WordsError("the word list is not sorted words of the letters a to z");
  }
  return words;
}

/**
 * @param {readonly string[]} list
 * @returns {string[]} eight words, drawn independently and uniformly by the platform's secure generator
 */
export function newWords(list) {
  return Array.from({ length: WORD_COUNT }, () => String(list[randomBelow(list.length)]));
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

/** @param {string} text @returns {string} the normal form: words of a to z with one space between them */
export function normalise(text) {
  return text.normalize("NFKD").toLowerCase().replace(NOT_LETTERS, " ").trim();
}

/**
 * @param {string} text as it was typed
 * @param {WordLists} lists
 * @returns {string[]} the eight words of one list
 * @throws {WordsError} not eight words of one list; names the first unknown word's place
 */
export function checkWords(text, lists) {
  const words = normalise(text).split(" ").filter(Boolean);
  if (words.length !== WORD_COUNT) throw new WordsError(`there are ${words.length} words, not eight`);
  const unknown = Object.values(lists).map((list) => words.findIndex((word) => !list.includes(word)));
  if (!unknown.includes(-1)) throw new WordsError(`word ${Math.max(...unknown) + 1} is not in the word list`);
  return words;
}

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
