// SPDX-License-Identifier: EUPL-1.2
/** The word lists in the worker: fetched once, checked, and searched for what was probably meant. */
import { WordsError } from "../../../../crypto/js/errors.js";
import { checkWords, normalise, wordList } from "../../../../crypto/js/passphrase.js";
import { ClientError } from "../client.js";

/** @typedef {import("../client.js").WordsCheck} WordsCheck */
/** @typedef {Extract<WordsCheck, { ok: false }>} Unknown */
/** @typedef {{ words: string[], check: Extract<WordsCheck, { ok: true }> } | { words: null, check: Unknown }} Checked */

const SUGGESTIONS = 3;
/** Letters that a slip takes; a word further away was not meant. */
const SLIP = 2;

/** Lists by language, from the addresses that `init` gave. */
export class WordLists {
  /** @type {Map<string, Promise<string[]>>} */
  #lists = new Map();
  #addresses;
  #fetchFile;

  /**
   * @param {Record<string, string>} addresses
   * @param {(url: string) => Promise<Uint8Array>} fetchFile
   */
  constructor(addresses, fetchFile) {
    this.#addresses = addresses;
    this.#fetchFile = fetchFile;
  }

  /**
   * @param {string} language
   * @returns {Promise<string[]>} the list of a language, or the first one where there is none in it
   */
  async list(language) {
    const known = language in this.#addresses ? language : String(Object.keys(this.#addresses)[0]);
    const list = this.#lists.get(known) ?? this.#fetchList(known);
    this.#lists.set(known, list);
    try {
      return await list;
    } catch (error) {
      this.#lists.delete(known);
      throw error;
    }
  }

  /** @param {string} language */
  async #fetchList(language) {
    const file = await this.#fetchFile(this.#addresses[language] ?? "");
    try {
      return wordList(file, language);
    } catch (error) {
      if (error instanceof WordsError) throw new ClientError("malformed", error.message);
      throw error;
    }
  }

  /**
   * @param {string} text as far as it was typed
   * @param {string} language
   * @returns {Promise<string[] | null>} the eight words of one list; no other list is fetched for it, nothing is suggested
   */
  async known(text, language) {
    const lists = await Promise.all([language, ...this.#lists.keys()].map(async (code) => [code, await this.list(code)]));
    try {
      return checkWords(text, Object.fromEntries(lists));
    } catch (error) {
      if (error instanceof WordsError) return null;
      throw error;
    }
  }

  /**
   * @param {string} text
   * @param {string} language of the list to try first; another one is fetched only when a word is not in it
   * @returns {Promise<Checked>} by the list in which the first unknown word comes latest
   */
  async check(text, language) {
    const others = Object.keys(this.#addresses).filter((other) => other !== language);
    /** @type {Checked | null} */
    let best = null;
    for (const candidate of [language, ...others]) {
      const checked = checkIn(text, candidate, await this.list(candidate));
      if (checked.words || checked.check.index === null) return checked;
      if (!best || Number(checked.check.index) > Number(best.check.index)) best = checked;
    }
    return /** @type {Checked} */ (best);
  }
}

/**
 * @param {string} text
 * @param {string} language
 * @param {string[]} list
 * @returns {Checked}
 */
function checkIn(text, language, list) {
  try {
    return { words: checkWords(text, { [language]: list }), check: { ok: true, language } };
  } catch (error) {
    if (!(error instanceof WordsError)) throw error;
    return { words: null, check: explain(normalise(text).split(" ").filter(Boolean), error.place, list) };
  }
}

/**
 * @param {string[]} words
 * @param {number | null} place
 * @param {string[]} list
 * @returns {Unknown}
 */
function explain(words, place, list) {
  if (place === null) return { ok: false, index: null, count: words.length };
  const word = String(words[place - 1]);
  return { ok: false, index: place - 1, word, suggestions: suggestions(word, list) };
}

/**
 * @param {string} word
 * @param {readonly string[]} list
 * @returns {string[]} at most three words of the list, those that take the fewest letters to correct first; none for what is no slip
 */
export function suggestions(word, list) {
  return list
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= SLIP)
    .sort((left, right) => left.distance - right.distance)
    .slice(0, SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {number} letters to insert, delete or replace (Levenshtein)
 */
function editDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 0; column < to.length; column += 1) {
      const replaced = Number(row[column]) + (letter === to[column] ? 0 : 1);
      next.push(Math.min(replaced, Number(row[column + 1]) + 1, Number(next[column]) + 1));
    }
    row = next;
  }
  return Number(row.at(-1));
}
