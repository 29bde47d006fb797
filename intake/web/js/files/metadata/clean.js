// SPDX-License-Identifier: EUPL-1.2
/**
 * Hidden data out of pictures, without touching the picture itself (docs/adr/0011-picture-metadata.md).
 *
 * The browser's own way, to draw a picture and save it again, is no option: Tor Browser then hands out noise.
 */
import { cleanJpeg } from "./jpeg.js";
import { UnreadableError } from "./pieces.js";
import { cleanPng } from "./png.js";
import { cleanWebp } from "./webp.js";

/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {{ file: Blob, removed: Removed[] }} Clean `removed` is empty when there was nothing to take out */

/** Larger ones would not fit into the memory of a telephone. */
const MAX_LENGTH = 67_108_864;
/** @type {Record<string, (bytes: Uint8Array) => import("./pieces.js").Cleaned>} */
const CLEANERS = { "image/jpeg": cleanJpeg, "image/png": cleanPng, "image/webp": cleanWebp };

/**
 * @param {Blob} file
 * @returns {Promise<Clean | null>} null for what cannot be cleaned: another kind, too large, or not what its kind says
 */
export async function clean(file) {
  const cleaner = CLEANERS[file.type];
  if (!cleaner || file.size > MAX_LENGTH) return null;
  try {
    const { kept, removed } = cleaner(new Uint8Array(await file.arrayBuffer()));
    return { file: new Blob(/** @type {Uint8Array<ArrayBuffer>[]} */ (kept), { type: file.type }), removed: [...removed] };
  } catch (error) {
    if (error instanceof UnreadableError || error instanceof RangeError || error instanceof DOMException) return null;
    throw error;
  }
}
