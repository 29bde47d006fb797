// SPDX-License-Identifier: EUPL-1.2
/** What an age header shows without a key; reading it is the library's (C2SP age.md, "Header"; FORMAT.md section 4.4). */

const STANZA = "\n-> ";
const STANZA_LENGTH = 1557;
const AROUND_STANZAS = 70;
const MAC = "\n--- ";

/**
 * @param {Uint8Array} envelope
 * @returns {number} how many could open it; 0 for what is no age file
 */
export function countStanzas(envelope) {
  const text = new TextDecoder("latin1").decode(envelope);
  return text.slice(0, Math.max(text.indexOf(MAC), 0)).split(STANZA).length - 1;
}

/** @param {number} stanzas @returns {number} bytes of a header of our profile with so many stanzas */
export const headerLength = (stanzas) => AROUND_STANZAS + stanzas * STANZA_LENGTH;
