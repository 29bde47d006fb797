// SPDX-License-Identifier: EUPL-1.2
/**
 * A reader of strict JSON (FORMAT.md section 1.2).
 *
 * Own code, because `JSON.parse` keeps the last of two equal keys, rounds numbers and hides how they were written.
 * Strings are still decoded by `JSON.parse`, one token at a time.
 */
import { EncodingError } from "./errors.js";

const MAX_DEPTH = 16;
const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /[-+.0-9eE]+/y;
const WHOLE = /^(?:0|[1-9][0-9]{0,15})$/;
const WORD = /true|false|null/y;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Reads one document, from the front to the end. */
export class JsonScanner {
  #text;
  #place = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /**
   * @returns {unknown}
   * @throws {EncodingError}
   */
  document() {
    const value = this.#value(0);
    if (this.#place !== this.#text.length) malformed();
    return value;
  }

  /** @param {number} depth containers around this value @returns {unknown} */
  #value(depth) {
    this.#take(SPACE);
    const start = this.#text[this.#place];
    const value = start === "{" || start === "[" ? this.#container(start, depth) : this.#scalar(start);
    this.#take(SPACE);
    return value;
  }

  /** @param {"{" | "["} start @param {number} depth */
  #container(start, depth) {
    if (depth === MAX_DEPTH) throw new EncodingError(`JSON is nested deeper than ${MAX_DEPTH}`);
    this.#place += 1;
    return start === "{" ? this.#object(depth + 1) : this.#array(depth + 1);
  }

  /** @param {number} depth */
  #object(depth) {
    /** @type {Record<string, unknown>} */
    const object = Object.create(null);
    this.#members("}", () => {
      this.#take(SPACE);
      const key = this.#string();
      if (key in object) throw new EncodingError("a JSON object has a key twice");
      this.#take(SPACE);
      this.#expect(":");
      object[key] = this.#value(depth);
    });
    return object;
  }

  /** @param {number} depth */
  #array(depth) {
    /** @type {unknown[]} */
    const array = [];
    this.#members("]", () => array.push(this.#value(depth)));
    return array;
  }

  /** @param {string} end @param {() => void} member */
  #members(end, member) {
    this.#take(SPACE);
    if (this.#text[this.#place] !== end) {
      member();
      this.#take(SPACE);
      while (this.#text[this.#place] === ",") {
        this.#place += 1;
        member();
      }
    }
    this.#expect(end);
  }

  /** @param {string | undefined} start */
  #scalar(start) {
    if (start === '"') return this.#string();
    const word = this.#take(WORD);
    if (word) return JSON.parse(word);
    const number = this.#take(NUMBER);
    if (!number) malformed();
    if (!WHOLE.test(number) || !Number.isSafeInteger(Number(number))) {
      throw new EncodingError("a JSON number is not an integer from 0 to 2^53 - 1");
    }
    return Number(number);
  }

  /** @returns {string} */
  #string() {
    const token = this.#take(STRING);
    if (!token) malformed();
    /** @type {string} */
    const value = JSON.parse(token);
    if (LONE_SURROGATE.test(value)) throw new EncodingError("a text is not well-formed Unicode");
    return value;
  }

  /** @param {string} character */
  #expect(character) {
    if (this.#text[this.#place] !== character) malformed();
    this.#place += 1;
  }

  /** @param {RegExp} token sticky @returns {string} */
  #take(token) {
    token.lastIndex = this.#place;
    const found = token.exec(this.#text)?.[0] ?? "";
    this.#place += found.length;
    return found;
  }
}

/** @returns {never} */
function malformed() {
  throw new EncodingError("not well-formed JSON");
}
