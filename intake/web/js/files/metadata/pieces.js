// SPDX-License-Identifier: EUPL-1.2
/** What the readers of file formats share: bytes that are kept, and names of what was left out. */

/**
 * What was left out: `camera` (place, day, device), `text` (descriptions, comments, names), `colour` (a colour profile,
 * which may name a device), `other` (what the format does not need, such as a small copy of a picture), `tail` (what
 * stands after a picture), `times` (of making and changing), `track` (tracks of a film that are neither seen nor heard),
 * `maker` (persons, organisation, program), `notes` (who wrote notes and made changes, and when), `numbers` (of the
 * file, its printers and folders), `before` (versions and parts that the file no longer uses), `inside` (any of these
 * in pictures inside it).
 * @typedef {"camera" | "text" | "colour" | "other" | "tail" | "times" | "track" | "maker" | "notes" | "numbers" | "before" | "inside"} Removed
 */
/** @typedef {{ kept: Uint8Array[], removed: Set<Removed> }} Cleaned */
/** @typedef {{ file: Blob, removed: Set<Removed> }} CleanedFile */

/** Whole files that are held in memory can be no larger: a telephone has no more. */
export const MAX_LENGTH = 67_108_864;

/** The bytes are not what their format says, so nobody can tell what is in them. */
export class UnreadableError extends Error {}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {Uint8Array}
 * @throws {UnreadableError} the file ends before
 */
export function slice(bytes, start, end) {
  if (end > bytes.length || start > end) throw new UnreadableError("a file ends inside one of its parts");
  return bytes.subarray(start, end);
}

/**
 * @param {Blob} file
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {UnreadableError} it is larger than `MAX_LENGTH`
 */
export async function bytesOf(file) {
  if (file.size > MAX_LENGTH) throw new UnreadableError("a file is too large to be held in memory");
  return new Uint8Array(await file.arrayBuffer());
}

/** @param {Uint8Array} bytes @returns {string} one letter for each byte */
export const letters = (bytes) => String.fromCharCode(...bytes);

/** @param {Uint8Array} bytes */
export const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
