// SPDX-License-Identifier: EUPL-1.2
/** What each of the cleaning workers does: one file in, the cleaned one out, or null. */

/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {(file: Blob) => Promise<import("./pieces.js").CleanedFile>} Cleaner */
/** @typedef {{ file: Blob, removed: Removed[] }} Clean `removed` is empty when there was nothing to take out */
/** @typedef {{ postMessage(message: unknown): void, addEventListener(type: "message", listener: (event: MessageEvent) => void): void }} Port */

/**
 * Answer the file that the page sends.
 *
 * @param {Port} port
 * @param {Record<string, Cleaner>} cleaners by kind of file
 */
export function serve(port, cleaners) {
  port.addEventListener("message", async ({ data: { kind, file } }) => {
    const cleaner = cleaners[kind];
    port.postMessage(cleaner ? await attempt(cleaner, file) : null);
  });
}

/**
 * Nothing is said to be clean before it was read again and nothing was found in it.
 *
 * @param {Cleaner} cleaner
 * @param {Blob} file
 * @returns {Promise<Clean | null>} null for what is not understood: the file goes as it is, or not at all
 */
export async function attempt(cleaner, file) {
  try {
    const { file: cleaned, removed } = await cleaner(file);
    if (removed.size === 0) return { file, removed: [] };
    const again = await cleaner(cleaned);
    return again.removed.size === 0 ? { file: cleaned, removed: [...removed] } : null;
  } catch {
    // Files of strangers break readers in more ways than can be named; each of them means the same here.
    return null;
  }
}
