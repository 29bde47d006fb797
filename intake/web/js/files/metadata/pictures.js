// SPDX-License-Identifier: EUPL-1.2
/** Pictures without hidden data. The picture itself is never changed: what is needed to show it stays byte for byte. */
import { cleanHeic } from "./heic.js";
import { bytesOf } from "./pieces.js";

/** @typedef {import("./pieces.js").CleanedFile} CleanedFile */

/**
 * @param {(bytes: Uint8Array) => import("./pieces.js").Cleaned} cleaner of a format that is a row of parts
 * @returns {(file: Blob) => Promise<CleanedFile>}
 */
export function picture(cleaner) {
  return async (file) => {
    const { kept, removed } = cleaner(await bytesOf(file));
    return { file: new Blob(/** @type {Uint8Array<ArrayBuffer>[]} */ (kept), { type: file.type }), removed };
  };
}

/** @param {Blob} file HEIC or AVIF @returns {Promise<CleanedFile>} @throws {import("./pieces.js").UnreadableError} */
export async function heicPicture(file) {
  const bytes = await bytesOf(file);
  const removed = cleanHeic(bytes);
  return { file: new Blob([bytes], { type: file.type }), removed };
}
