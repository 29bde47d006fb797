// SPDX-License-Identifier: EUPL-1.2
/** The longest text that the format takes (FORMAT.md 1.1). */

const TEXT_BYTES = 200_000;

/**
 * @param {string} text
 * @returns {number} about how many of its characters are too many, 0 when it fits
 */
export function charactersOver(text) {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= TEXT_BYTES) return 0;
  return Math.ceil((text.length * (bytes - TEXT_BYTES)) / bytes);
}
