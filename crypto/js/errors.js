// SPDX-License-Identifier: EUPL-1.2
/**
 * Why bytes were refused; each class names the layer that refused them (FORMAT.md section 1.5).
 *
 * Messages name the rule that was broken and never quote the bytes, keys or words that broke it.
 */

/** Something does not follow FORMAT.md; never thrown directly. */
export class FormatError extends Error {}

/** A frame, base64url, JSON or field is not in the one accepted form (sections 1 and 2). */
export class EncodingError extends FormatError {}

/** An age header is malformed, has a foreign stanza, or its MAC is wrong (section 5). */
export class HeaderError extends FormatError {}

/** The envelope is well formed, but none of the keys at hand opens it (section 5). */
export class NoMatchError extends FormatError {}

/** The encrypted body is truncated, extended, altered or wrongly padded (sections 4 and 5). */
export class PayloadError extends FormatError {}

/** A signature does not verify, or was made by another key than the one required (section 3). */
export class SignatureError extends FormatError {}

/** A desk document or member epoch does not fit its desk, day or document (section 6). */
export class DeskError extends FormatError {}

/** A signed statement names another desk, log, place, author or recipient set (sections 7 to 9). */
export class BindingError extends FormatError {}

/** The words are not eight words of the list (section 8). */
export class WordsError extends FormatError {
  /**
   * @param {string} message
   * @param {number | null} [place] of the first unknown word, from 1
   */
  constructor(message, place = null) {
    super(message);
    this.place = place;
  }
}

/** A key file is damaged, of an unknown version, or the passphrase is wrong (section 10). */
export class KeyFileError extends FormatError {}
