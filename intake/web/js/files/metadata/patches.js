// SPDX-License-Identifier: EUPL-1.2
/**
 * A file with some of its bytes replaced by as many others, so that everything else keeps its place.
 *
 * Only what changes is held in memory: the result is made of slices of the file, however large it is.
 */
import { UnreadableError } from "./pieces.js";

/** @typedef {{ start: number, end: number, bytes: Uint8Array<ArrayBuffer> | null }} Patch zeros where there are no bytes */

/** The type of a box that is passed over. */
export const FREE = Uint8Array.from([0x66, 0x72, 0x65, 0x65]);
const ZEROS = new Blob([new Uint8Array(1_048_576)]);

export class Patches {
  /** @type {Patch[]} */
  #patches = [];

  /** @param {number} start @param {Uint8Array<ArrayBuffer>} bytes */
  write(start, bytes) {
    this.#patches.push({ start, end: start + bytes.length, bytes });
  }

  /** @param {number} start @param {number} end */
  clear(start, end) {
    if (start < end) this.#patches.push({ start, end, bytes: null });
  }

  /**
   * @param {Blob} file
   * @returns {Blob} of the same length and type
   * @throws {UnreadableError} two of them want the same bytes, or there are no such bytes
   */
  apply(file) {
    /** @type {BlobPart[]} */
    const parts = [];
    let place = 0;
    for (const { start, end, bytes } of this.#patches.sort((one, other) => one.start - other.start)) {
      if (start < place || end > file.size) throw new UnreadableError("parts of a file overlap");
      parts.push(file.slice(place, start), ...(bytes ? [bytes] : zeros(end - start)));
      place = end;
    }
    return new Blob([...parts, file.slice(place)], { type: file.type });
  }
}

/** @param {number} length @returns {Blob[]} */
function zeros(length) {
  const whole = Array.from({ length: Math.floor(length / ZEROS.size) }, () => ZEROS);
  return [...whole, ZEROS.slice(0, length % ZEROS.size)];
}
