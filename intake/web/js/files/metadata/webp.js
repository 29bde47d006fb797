// SPDX-License-Identifier: EUPL-1.2
/** WebP with the chunks that are needed to show it, moving ones included, and no others (RFC 9649 section 2). */
import { UnreadableError, letters, slice, viewOf } from "./pieces.js";

/** @typedef {import("./pieces.js").Removed} Removed */

const HEAD = 12;
const CHUNK_HEAD = 8;
const NEEDED = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"];
/** @type {Record<string, Removed>} */
const KINDS = { "EXIF": "camera", "XMP ": "text", "ICCP": "colour" };
/** Flags of VP8X that announce a colour profile, Exif and XMP. */
const ANNOUNCED = 0x20 | 0x08 | 0x04;

/** @param {Uint8Array} bytes @returns {import("./pieces.js").Cleaned} @throws {UnreadableError} */
export function cleanWebp(bytes) {
  if (letters(bytes.subarray(0, 4)) !== "RIFF" || letters(bytes.subarray(8, HEAD)) !== "WEBP") throw new UnreadableError("no WebP");
  const end = CHUNK_HEAD + viewOf(bytes).getUint32(4, true);
  /** @type {Uint8Array[]} */
  const kept = [];
  /** @type {Set<Removed>} */
  const removed = new Set(end < bytes.length ? ["tail"] : []);
  for (let place = HEAD; place < end; ) {
    const size = viewOf(slice(bytes, place, place + CHUNK_HEAD)).getUint32(4, true);
    const next = place + CHUNK_HEAD + size + (size % 2);
    const chunk = slice(bytes, place, next);
    const name = letters(chunk.subarray(0, 4));
    if (NEEDED.includes(name)) kept.push(name === "VP8X" ? withoutFlags(chunk) : chunk);
    else removed.add(KINDS[name] ?? "other");
    place = next;
  }
  return { kept: [headOf(bytes, kept), ...kept], removed };
}

/** @param {Uint8Array} chunk */
function withoutFlags(chunk) {
  const changed = chunk.slice();
  changed[CHUNK_HEAD] = (changed[CHUNK_HEAD] ?? 0) & ~ANNOUNCED;
  return changed;
}

/** @param {Uint8Array} bytes @param {Uint8Array[]} kept */
function headOf(bytes, kept) {
  const head = bytes.slice(0, HEAD);
  const size = kept.reduce((sum, { length }) => sum + length, HEAD - CHUNK_HEAD);
  viewOf(head).setUint32(4, size, true);
  return head;
}
