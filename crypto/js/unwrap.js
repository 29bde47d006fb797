// SPDX-License-Identifier: EUPL-1.2
/**
 * Unwraps file keys: X-Wing through HPKE (C2SP age.md, "MLKEM768-X25519"; draft-connolly-cfrg-xwing-kem; RFC 9180).
 *
 * The library does the same, and is the reference in the tests. It expands the seed anew for every file, a third of the
 * work; here it is expanded once for each identity, because a mailbox has many files for one. The curve is the
 * platform's where it has it, many times faster.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { base64nopad } from "@scure/base";

import { concat, utf8 } from "./encoding.js";

/** @typedef {import("./recipients.js").Identity} Identity */
/** @typedef {import("age-encryption").Identity} Unwrapper what the library asks for a file key */
/** @typedef {(share: Uint8Array) => Uint8Array | Promise<Uint8Array>} Agree the curve's shared secret; throws for a share of low order */
/** @typedef {{ latticeKey: Uint8Array, curvePublic: Uint8Array, agree: Agree }} Expanded */

const LATTICE_SEED = 64;
const CURVE_SEED = 32;
const LATTICE_SHARE = 1088;
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const BASE_MODE = 0;
const XWING_LABEL = "\\.//^\\";
/** What stands before the key of X25519 in PKCS #8 (RFC 8410 section 7). */
const PKCS8 = new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20]);
const INFO = "age-encryption.org/mlkem768x25519";
/** "HPKE", X-Wing, HKDF-SHA256, ChaCha20-Poly1305 (RFC 9180 section 5.1). */
const SUITE = new Uint8Array([...utf8("HPKE"), 0x64, 0x7a, 0, 1, 0, 3]);

/** @type {WeakMap<Identity, Unwrapper>} */
const unwrappers = new WeakMap();

/**
 * @param {Identity} identity
 * @returns {Unwrapper} gives the file key of the first stanza that it opens, or null; the caller has checked the
 *   stanzas' shape. Refuses a share of low order with an error of the curve's
 */
export function unwrapperOf(identity) {
  const known = unwrappers.get(identity) ?? newUnwrapper(identity.seed());
  unwrappers.set(identity, known);
  return known;
}

/** @param {Uint8Array} seed @returns {Unwrapper} */
function newUnwrapper(seed) {
  const expanding = expandSeed(seed);
  return {
    async unwrapFileKey(stanzas) {
      const expanded = await expanding;
      for (const { args, body } of stanzas) {
        const secret = await decapsulate(base64nopad.decode(args[1] ?? ""), expanded);
        const fileKey = openBody(body, secret);
        if (fileKey) return fileKey;
      }
      return null;
    },
  };
}

/** @param {Uint8Array} seed @returns {Promise<Expanded>} */
async function expandSeed(seed) {
  const expanded = shake256(seed, { dkLen: LATTICE_SEED + CURVE_SEED });
  const curveKey = expanded.subarray(LATTICE_SEED);
  const { secretKey } = ml_kem768.keygen(expanded.subarray(0, LATTICE_SEED));
  const agree = (await platformAgreement(curveKey)) ?? ((share) => x25519.getSharedSecret(curveKey, share));
  return { latticeKey: secretKey, curvePublic: x25519.getPublicKey(curveKey), agree };
}

/**
 * @param {Uint8Array} secret
 * @returns {Promise<Agree | null>} null where the platform has no such curve, or the page is not served securely
 */
export async function platformAgreement(secret) {
  try {
    const pkcs8 = /** @type {BufferSource} */ (concat(PKCS8, secret));
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, "X25519", false, ["deriveBits"]);
    return async (share) => {
      const other = await crypto.subtle.importKey("raw", /** @type {BufferSource} */ (share), "X25519", false, []);
      return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: other }, key, 8 * KEY_LENGTH));
    };
  } catch {
    return null;
  }
}

/** @param {Uint8Array} share @param {Expanded} expanded @returns {Promise<Uint8Array>} X-Wing's shared secret */
async function decapsulate(share, { latticeKey, curvePublic, agree }) {
  const curveShare = share.subarray(LATTICE_SHARE);
  const latticeSecret = ml_kem768.decapsulate(share.subarray(0, LATTICE_SHARE), latticeKey);
  const curveSecret = await agree(curveShare);
  return sha3_256(concat(latticeSecret, curveSecret, curveShare, curvePublic, utf8(XWING_LABEL)));
}

/** @param {Uint8Array} body @param {Uint8Array} secret @returns {Uint8Array | null} null when it is another's */
function openBody(body, secret) {
  const context = concat(new Uint8Array([BASE_MODE]), labelledExtract("psk_id_hash"), labelledExtract("info_hash", utf8(INFO)));
  const prk = labelledExtract("secret", new Uint8Array(), secret);
  const key = labelledExpand(prk, "key", context, KEY_LENGTH);
  const nonce = labelledExpand(prk, "base_nonce", context, NONCE_LENGTH);
  try {
    return chacha20poly1305(key, nonce).decrypt(body);
  } catch {
    return null;
  }
}

/** @param {string} label @param {Uint8Array} [material] @param {Uint8Array} [salt] (RFC 9180 section 4) */
function labelledExtract(label, material = new Uint8Array(), salt = undefined) {
  return extract(sha256, concat(utf8("HPKE-v1"), SUITE, utf8(label), material), salt);
}

/** @param {Uint8Array} prk @param {string} label @param {Uint8Array} context @param {number} length */
function labelledExpand(prk, label, context, length) {
  return expand(sha256, prk, concat(new Uint8Array([0, length]), utf8("HPKE-v1"), SUITE, utf8(label), context), length);
}
