// SPDX-License-Identifier: EUPL-1.2
/** How long a sample of sound is where QuickTime does not say so (QuickTime File Format, sound sample descriptions). */
import { UnreadableError, letters, slice, viewOf } from "./pieces.js";

/** @typedef {import("./boxes.js").Box} Box */

const PLAIN = ["raw ", "NONE", "twos", "sowt", "in24", "in32", "fl32", "fl64", "lpcm"];
const BYTE_EACH = ["ulaw", "alaw"];
/** Of an entry: its version, and by version where the length of a sample of all channels stands. */
const [VERSION, CHANNELS, BITS, LENGTH] = [16, 24, 26, { 1: 44, 2: 64 }];

/**
 * Old tables say that each sample has one byte, whatever it has.
 *
 * @param {Uint8Array} bytes
 * @param {Box} entry of `stsd`
 * @param {number} said by the table, of every sample
 * @returns {number} bytes of a sample
 * @throws {UnreadableError} it is packed, and the table does not say how long it is
 */
export function lengthOfSound(bytes, entry, said) {
  const whole = slice(bytes, entry.start, entry.end);
  const kind = letters(whole.subarray(4, 8));
  if (!PLAIN.includes(kind) && !BYTE_EACH.includes(kind)) {
    if (said === 1) throw new UnreadableError("sound does not say how long its samples are");
    return said;
  }
  const view = viewOf(whole);
  const version = view.getUint16(VERSION);
  if (version === 1 || version === 2) return Math.max(said, view.getUint32(LENGTH[version]));
  const bits = BYTE_EACH.includes(kind) ? 8 : view.getUint16(BITS);
  return Math.max(said, view.getUint16(CHANNELS) * Math.ceil(bits / 8));
}
