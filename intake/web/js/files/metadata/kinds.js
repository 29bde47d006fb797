// SPDX-License-Identifier: EUPL-1.2
/** Which kind of file this is, by its first bytes: browsers do not know every name, and a name can be wrong. */
import { letters } from "./pieces.js";

/** @typedef {"jpeg" | "png" | "webp" | "heic" | "film" | "pdf" | "office"} Kind */

const HEAD = 32;
/** @type {[RegExp, Kind][]} */
const BEGINNINGS = [
  [/^\xff\xd8\xff/, "jpeg"],
  [/^\x89PNG\r\n\x1a\n/, "png"],
  [/^RIFF[^]{4}WEBP/, "webp"],
  [/^[^]{4}ftyp(hei|hev|mif1|msf1|avi[fs])/, "heic"],
  [/^[^]{4}(ftyp|moov|mdat|wide|skip|free)/, "film"],
  [/^%PDF-/, "pdf"],
  [/^PK\x03\x04/, "office"],
];

/**
 * @param {Blob} file
 * @returns {Promise<Kind | null>} null for a kind that cannot be cleaned
 * @throws {DOMException} the file cannot be read any more
 */
export async function kindOf(file) {
  const head = letters(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  return BEGINNINGS.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}
