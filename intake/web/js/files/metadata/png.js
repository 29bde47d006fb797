// SPDX-License-Identifier: EUPL-1.2
/** PNG with the chunks that are needed to show it, moving ones included, and no others (PNG third edition, section 11). */
import { UnreadableError, letters, slice, viewOf } from "./pieces.js";

/** @typedef {import("./pieces.js").Removed} Removed */

const SIGNATURE = "\x89PNG\r\n\x1a\n";
const AROUND = 12;
const NEEDED = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "cICP", "sBIT", "acTL", "fcTL", "fdAT"];
/** @type {Record<string, Removed>} */
const KINDS = { eXIf: "camera", tEXt: "text", zTXt: "text", iTXt: "text", tIME: "text", iCCP: "colour" };

/** @param {Uint8Array} bytes @returns {import("./pieces.js").Cleaned} @throws {UnreadableError} */
export function cleanPng(bytes) {
  if (letters(bytes.subarray(0, SIGNATURE.length)) !== SIGNATURE) throw new UnreadableError("no PNG");
  /** @type {Uint8Array[]} */
  const kept = [bytes.subarray(0, SIGNATURE.length)];
  /** @type {Set<Removed>} */
  const removed = new Set();
  for (let place = SIGNATURE.length, name = ""; name !== "IEND"; ) {
    const end = place + AROUND + viewOf(slice(bytes, place, place + 4)).getUint32(0);
    const chunk = slice(bytes, place, end);
    name = letters(chunk.subarray(4, 8));
    if (NEEDED.includes(name)) kept.push(chunk);
    else removed.add(KINDS[name] ?? "other");
    place = end;
    if (name === "IEND" && end < bytes.length) removed.add("tail");
  }
  return { kept, removed };
}
