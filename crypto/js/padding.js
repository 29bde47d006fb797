// SPDX-License-Identifier: EUPL-1.2
/** How long a plaintext is before it is sealed (FORMAT.md section 4.3). Padding is zeros: other bytes would be a channel. */
import { concat, u32 } from "./encoding.js";
import { PayloadError } from "./errors.js";

export const FLOOR = 16_384;
export const STATE_FLOOR = 4_096;
/** The longest statement, in bytes, that is sealed to members (FORMAT.md 1.4): an entry of the case log must hold it. */
export const MAX_MEMBERS_STATEMENT = 280_000;
const PREFIX = 4;

/**
 * @param {number} size at least 1
 * @returns {number} the next size of Padmé, at most 12 % larger
 */
export function padme(size) {
  const exponent = Math.floor(Math.log2(size));
  const significant = exponent > 0 ? Math.floor(Math.log2(exponent)) + 1 : 0;
  const step = 2 ** Math.max(exponent - significant, 0);
  return Math.ceil(size / step) * step;
}

/**
 * @param {number} size bytes of content, length field included
 * @param {number} [floor]
 */
export function paddedLength(size, floor = FLOOR) {
  return Math.max(floor, padme(size));
}

/**
 * @param {Uint8Array} statement
 * @param {Uint8Array} [file] only attachments have one
 * @param {number} [floor]
 * @returns {Uint8Array}
 */
export function pad(statement, file = new Uint8Array(), floor = FLOOR) {
  const content = concat(u32(statement.length), statement, file);
  const padded = new Uint8Array(paddedLength(content.length, floor));
  padded.set(content);
  return padded;
}

/**
 * @param {Uint8Array} plaintext
 * @param {number} [floor]
 * @param {number} [fileSize] bytes of the file behind the statement
 * @returns {{ statement: Uint8Array, file: Uint8Array }}
 * @throws {PayloadError} the length is not what `pad` gives, or the padding is not zeros
 */
export function unpad(plaintext, floor = FLOOR, fileSize = 0) {
  if (plaintext.length < PREFIX) throw new PayloadError("a plaintext is shorter than its length prefix");
  const start = PREFIX + new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0);
  const end = start + fileSize;
  if (end > plaintext.length || plaintext.length !== paddedLength(end, floor)) {
    throw new PayloadError("the plaintext's length is not the padded length of its content");
  }
  if (plaintext.subarray(end).some((byte) => byte !== 0)) {
    throw new PayloadError("the plaintext's padding has a byte other than zero");
  }
  return { statement: plaintext.subarray(PREFIX, start), file: plaintext.subarray(start, end) };
}
