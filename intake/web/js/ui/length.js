// SPDX-License-Identifier: EUPL-1.2
/**
 * How much fits into one entry. A text may have 200,000 bytes (FORMAT.md 1.1); here all texts of an entry together may, as
 * they stand in its JSON, so that its statement stays below 280,000 bytes (1.4) whatever else it says.
 */

const ENTRY_BYTES = 200_000;

/**
 * @param {Record<string, string>} texts of one entry, by name
 * @returns {number} about how many of their characters are too many, 0 when they fit
 */
export function charactersOver(texts) {
  const bytes = new TextEncoder().encode(JSON.stringify(texts)).length;
  if (bytes <= ENTRY_BYTES) return 0;
  const characters = Object.values(texts).reduce((sum, text) => sum + text.length, 0);
  return Math.ceil((characters * (bytes - ENTRY_BYTES)) / bytes);
}
