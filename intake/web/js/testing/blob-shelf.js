// SPDX-License-Identifier: EUPL-1.2
/** The blobs of the intake in memory: claimed by entries, filled part by part (API.md). */
import { concat } from "../../../../crypto/js/encoding.js";
import { BLOB_PART_LENGTH } from "../../../../crypto/js/logs.js";

/** @typedef {{ login: string, size: number, parts: Map<number, Uint8Array> }} Held */

export class BlobShelf {
  /** @type {Map<string, Held>} */
  #held = new Map();

  /**
   * @param {readonly { blob: string, size: number }[]} claims
   * @param {string} login
   * @returns {boolean} false, and nothing is claimed, when one is claimed already
   */
  claim(claims, login) {
    if (claims.some(({ blob }) => this.#held.has(blob))) return false;
    for (const { blob, size } of claims) this.#held.set(blob, { login, size, parts: new Map() });
    return true;
  }

  /** @param {string} blob @returns {string | undefined} who may send and ask */
  login = (blob) => this.#held.get(blob)?.login;

  /**
   * @param {string} blob
   * @param {number} number
   * @param {Uint8Array} part
   * @returns {number} the status of the answer
   */
  put(blob, number, part) {
    const { size, parts } = this.#get(blob);
    const length = Math.min(BLOB_PART_LENGTH, size - (number - 1) * BLOB_PART_LENGTH);
    if (number < 1 || part.length !== length) return 400;
    const before = parts.get(number);
    if (before) return Buffer.compare(before, part) === 0 ? 200 : 409;
    parts.set(number, part);
    return 201;
  }

  /** @param {string} blob what `GET /blobs/{blob}` says, each missing part a range of its own */
  describe(blob) {
    const { size, parts } = this.#get(blob);
    const count = Math.ceil(size / BLOB_PART_LENGTH);
    const missing = Array.from({ length: count }, (_, place) => place + 1).filter((number) => !parts.has(number));
    return { size, parts: count, missing: missing.map((number) => [number, number]) };
  }

  /** @param {string} blob @returns {Uint8Array[]} its parts in order */
  parts(blob) {
    const { parts } = this.#get(blob);
    return [...parts].sort(([left], [right]) => left - right).map(([, part]) => part);
  }

  /** @returns {Uint8Array} all that was ever sent here */
  everything() {
    return concat(...[...this.#held.keys()].flatMap((blob) => this.parts(blob)));
  }

  /** @param {string} blob @returns {Held} */
  #get(blob) {
    const held = this.#held.get(blob);
    if (!held) throw new RangeError("no entry claimed this blob");
    return held;
  }
}
