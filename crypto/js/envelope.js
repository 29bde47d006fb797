// SPDX-License-Identifier: EUPL-1.2
/** What an age header shows without a key; reading it is the library's (C2SP age.md, "Header"; FORMAT.md section 4.4). */

const STANZA = "\n-> ";
const MAC = "\n--- ";

/**
 * @param {Uint8Array} envelope
 * @returns {number} how many could open it; 0 for what is no age file
 */
export function countStanzas(envelope) {
  const text = new TextDecoder("latin1").decode(envelope);
  return text.slice(0, Math.max(text.indexOf(MAC), 0)).split(STANZA).length - 1;
}
