// SPDX-License-Identifier: EUPL-1.2
/**
 * Whether an Ed25519 signature verifies (RFC 8032), with one verdict wherever it is asked.
 *
 * The platform is asked where it has the curve: it is ten times faster, and most where scripts are not compiled. It takes
 * keys that others refuse, so the library looks at each key first. Under a key of the large subgroup the platforms'
 * equation, without the cofactor, leaves one canonical S for each R, and only R of the large subgroup.
 */
import { ed25519 } from "@noble/curves/ed25519.js";

import { b64encode } from "./encoding.js";

/** @typedef {(message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>} Verifier under one key */

const POINT_LENGTH = 32;
/** One author signs many entries: their key is looked at once. @type {Map<string, Promise<Verifier>>} */
const verifiers = new Map();

/**
 * @param {Uint8Array} message
 * @param {Uint8Array} signature 64 bytes
 * @param {Uint8Array} key 32 bytes
 * @returns {Promise<boolean>} false also for what is not canonical, and for points outside the large subgroup
 */
export async function verifies(message, signature, key) {
  const name = b64encode(key);
  const verifier = verifiers.get(name) ?? newVerifier(key);
  verifiers.set(name, verifier);
  return (await verifier)(message, signature);
}

/** @param {Uint8Array} key @returns {Promise<Verifier>} */
async function newVerifier(key) {
  if (!isGoodKey(key)) return () => false;
  const verifier = (await platformVerifier(key)) ?? libraryVerifier(key);
  // Libsodium refuses the neutral point: two readers must agree.
  return (message, signature) => !isNeutral(signature.subarray(0, POINT_LENGTH)) && verifier(message, signature);
}

/** @param {Uint8Array} key */
function isGoodKey(key) {
  if (!ed25519.utils.isValidPublicKey(key, false)) return false;
  const point = ed25519.Point.fromBytes(key);
  return !point.is0() && point.isTorsionFree();
}

/** @param {Uint8Array} point */
const isNeutral = (point) => point.every((byte, place) => byte === Number(place === 0));

/**
 * @param {Uint8Array} bytes of a good key
 * @returns {Promise<Verifier | null>} null where the platform has no such curve, or the page is not served securely
 */
export async function platformVerifier(bytes) {
  try {
    const key = await crypto.subtle.importKey("raw", /** @type {BufferSource} */ (bytes), "Ed25519", false, ["verify"]);
    return (message, signature) =>
      crypto.subtle.verify("Ed25519", key, /** @type {BufferSource} */ (signature), /** @type {BufferSource} */ (message));
  } catch {
    return null;
  }
}

/** @param {Uint8Array} key a good one @returns {Verifier} */
export function libraryVerifier(key) {
  return (message, signature) =>
    // RFC 8032's strict decoding: ZIP 215, the library's default, lets non-canonical points pass. Its equation still
    // forgives an R with a part of small order.
    ed25519.verify(signature, message, key, { zip215: false }) &&
    ed25519.Point.fromBytes(signature.subarray(0, POINT_LENGTH)).isTorsionFree();
}
