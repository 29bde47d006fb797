// SPDX-License-Identifier: EUPL-1.2
/**
 * The one kind of recipient: X-Wing through HPKE (C2SP age.md, "MLKEM768-X25519"; FORMAT.md section 5).
 *
 * Keys and wrapping are the library's; this module narrows them to `age1pq1…` and `AGE-SECRET-KEY-PQ-1…`.
 */
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { bech32 } from "@scure/base";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";

import { EncodingError } from "./errors.js";

const SEED_LENGTH = 32;
const RECIPIENT_LENGTH = 1216;
const IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-";

/** A secret X-Wing key that opens what is sealed to its recipient; never shown by accident. */
export class Identity {
  #text;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** @returns {Promise<Identity>} a fresh identity from the platform's randomness */
  static async generate() {
    return new Identity(await generateHybridIdentity());
  }

  /**
   * @param {Uint8Array} seed 32 bytes (C2SP age.md, "MLKEM768-X25519"; X-Wing's decapsulation key)
   * @returns {Identity}
   */
  static fromSeed(seed) {
    if (seed.length !== SEED_LENGTH) throw new RangeError("seed must be 32 bytes");
    return new Identity(bech32.encodeFromBytes(IDENTITY_PREFIX, seed).toUpperCase());
  }

  /**
   * @param {string} text `AGE-SECRET-KEY-PQ-1…`
   * @returns {Identity}
   * @throws {EncodingError} not such a string; the text is never repeated
   */
  static parse(text) {
    const decoded = decodeIdentity(text);
    if (decoded?.prefix !== IDENTITY_PREFIX.toLowerCase() || decoded.bytes.length !== SEED_LENGTH) {
      throw new EncodingError("an identity is not AGE-SECRET-KEY-PQ-1 with 32 bytes");
    }
    return new Identity(text);
  }

  /** @returns {string} the secret `AGE-SECRET-KEY-PQ-1…`, as the age tools read it */
  encode() {
    return this.#text;
  }

  /** @returns {Uint8Array} the secret seed, 32 bytes */
  seed() {
    return bech32.decodeToBytes(this.#text).bytes;
  }

  /** @returns {Promise<string>} the public `age1pq1…`, 1,959 characters */
  recipient() {
    return identityToRecipient(this.#text);
  }
}

/** @param {string} text */
function decodeIdentity(text) {
  return text === text.toUpperCase() ? bech32.decodeUnsafe(text) && bech32.decodeToBytes(text) : undefined;
}

/**
 * @param {string} text `age1pq1…`
 * @returns {Uint8Array} the public key, 1,216 bytes
 * @throws {EncodingError} not such a string, or a key that nobody could seal to
 */
export function parseRecipient(text) {
  const decoded = text === text.toLowerCase() ? bech32.decodeUnsafe(text, false) : undefined;
  const bytes = decoded && bech32.fromWordsUnsafe(decoded.words);
  if (decoded?.prefix !== "age1pq" || bytes?.length !== RECIPIENT_LENGTH) {
    throw new EncodingError("a recipient is not age1pq1 with 1,216 bytes");
  }
  try {
    // Sealing anything is the library's check of the modulus and of low order (FORMAT.md section 5).
    MLKEM768X25519.encapsulate(bytes);
  } catch (cause) {
    throw new EncodingError("a recipient holds a key that nobody can seal to", { cause });
  }
  return bytes;
}

/** @returns {Promise<string>} a recipient whose identity is forgotten at once: nobody opens its stanza (FORMAT.md section 4.4) */
export async function throwawayRecipient() {
  return (await Identity.generate()).recipient();
}
