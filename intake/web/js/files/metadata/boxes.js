// SPDX-License-Identifier: EUPL-1.2
/** The boxes of ISO base media files (ISO/IEC 14496-12 section 4.2), which films and HEIC pictures are made of. */
import { UnreadableError, letters, viewOf } from "./pieces.js";

/** @typedef {{ type: string, start: number, body: number, end: number }} Box places in the file */

const HEAD = 8;
const LARGE_HEAD = 16;
/** No camera writes as many; who does wants to keep the reader busy. */
const MAX_BOXES = 50_000;

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {Box[]} those that fill `start` to `end`, in order
 * @throws {UnreadableError} they do not fill it
 */
export function boxesIn(bytes, start, end) {
  const found = [];
  for (let place = start; place < end; ) {
    const box = boxAt(bytes.subarray(place, Math.min(end, place + LARGE_HEAD)), place, end);
    found.push(box);
    place = box.end;
  }
  return found;
}

/**
 * Those of the whole file. Only their heads are read.
 *
 * @param {Blob} file
 * @returns {Promise<Box[]>}
 * @throws {UnreadableError}
 */
export async function boxesOf(file) {
  const found = [];
  for (let place = 0; place < file.size; ) {
    const head = new Uint8Array(await file.slice(place, place + LARGE_HEAD).arrayBuffer());
    const box = boxAt(head, place, file.size);
    found.push(box);
    if (found.length > MAX_BOXES) throw new UnreadableError("a file has too many boxes");
    place = box.end;
  }
  return found;
}

/** @param {Uint8Array} head its first bytes @param {number} start @param {number} limit it must end there or before */
function boxAt(head, start, limit) {
  if (head.length < HEAD) throw new UnreadableError("a box has no head");
  const view = viewOf(head);
  const said = view.getUint32(0);
  if (said === 1 && head.length < LARGE_HEAD) throw new UnreadableError("a large box has no head");
  const body = start + (said === 1 ? LARGE_HEAD : HEAD);
  const length = said === 1 ? Number(view.getBigUint64(8)) : said;
  const end = said === 0 ? limit : start + length;
  if (end < body || end > limit) throw new UnreadableError("a box ends outside its place");
  return { type: letters(head.subarray(4, HEAD)), start, body, end };
}
