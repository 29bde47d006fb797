// SPDX-License-Identifier: EUPL-1.2
/** What the readers of picture formats share: bytes that are kept, and names of what was left out. */

/**
 * What was left out: `camera` (place, day, device), `text` (descriptions, comments, names), `colour` (a colour profile,
 * which may name a device), `other` (what the format does not need, such as a small copy of the picture), `tail` (what
 * stands after the picture).
 * @typedef {"camera" | "text" | "colour" | "other" | "tail"} Removed
 */
/** @typedef {{ kept: Uint8Array[], removed: Set<Removed> }} Cleaned */

/** The bytes are not what their format says, so nobody can tell what is in them. */
export class UnreadableError extends Error {}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {Uint8Array}
 * @throws {UnreadableError} the picture ends before
 */
export function slice(bytes, start, end) {
  if (end > bytes.length || start > end) throw new UnreadableError("a picture ends inside one of its parts");
  return bytes.subarray(start, end);
}

/** @param {Uint8Array} bytes @returns {string} one letter for each byte */
export const letters = (bytes) => String.fromCharCode(...bytes);

/** @param {Uint8Array} bytes */
export const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
