// SPDX-License-Identifier: EUPL-1.2
/**
 * Statements: JSON of a type, a payload and an Ed25519 signature over both (FORMAT.md section 3).
 *
 * This module makes no decision about who should have signed: the caller names type and key.
 * Where the key stands inside the payload, `readPayload` gives it unverified, to take that one field.
 */
import { ed25519 } from "@noble/curves/ed25519.js";

import { verifies } from "./ed25519.js";
import { b64decode, b64encode, concat, dumpJson, parseJson, utf8 } from "./encoding.js";
import { EncodingError, SignatureError } from "./errors.js";
import { base64Of, fields, text } from "./fields.js";

/** @typedef {{ type: string, payload: Uint8Array, sig: Uint8Array }} Statement as read; nothing in it is verified */

const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
const STATEMENT = { type: text, payload: base64Of(), sig: base64Of(SIGNATURE_LENGTH) };

/** @param {Uint8Array} seed 32 bytes @returns {Uint8Array} the Ed25519 public key, 32 bytes */
export const publicKey = (seed) => ed25519.getPublicKey(seed);

/**
 * @param {Uint8Array} message
 * @param {Uint8Array} seed 32 bytes
 * @returns {Uint8Array} the Ed25519 signature, 64 bytes
 */
export const sign = (message, seed) => ed25519.sign(message, seed);

/**
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 * @param {Uint8Array} key
 * @throws {SignatureError} it does not verify, is not canonical, or a point is not in the large subgroup
 */
export async function verify(message, signature, key) {
  if (signature.length !== SIGNATURE_LENGTH || key.length !== KEY_LENGTH) {
    throw new SignatureError("a signature or its key has the wrong length");
  }
  if (!(await verifies(message, signature, key))) {
    throw new SignatureError("a signature does not verify under the key required");
  }
}

/**
 * @param {string} type
 * @param {Uint8Array} payload
 * @returns {Uint8Array} the DSSE v1 pre-authentication encoding, which is what a statement's signature covers
 */
export function preAuthentication(type, payload) {
  const kind = utf8(type);
  return concat(utf8(`DSSEv1 ${kind.length} `), kind, utf8(` ${payload.length} `), payload);
}

/**
 * @param {string} type
 * @param {Uint8Array} payload
 * @param {Uint8Array} seed
 * @returns {Uint8Array} the JSON bytes of a statement, signed with the Ed25519 key of `seed`
 */
export function signStatement(type, payload, seed) {
  const signature = sign(preAuthentication(type, payload), seed);
  return dumpJson({ type, payload: b64encode(payload), sig: b64encode(signature) });
}

/**
 * @param {unknown} value
 * @returns {Statement} the statement that a JSON value holds, unverified
 * @throws {EncodingError} not an object of exactly `type`, `payload` and `sig`
 */
export function readStatement(value) {
  const { type, payload, sig } = fields(value, STATEMENT);
  return { type, payload: b64decode(payload), sig: b64decode(sig) };
}

/** @param {Uint8Array} data @returns {Statement} the statement that JSON bytes hold, unverified; errors as `readStatement` */
export const parseStatement = (data) => readStatement(parseJson(data));

/**
 * Return the payload's JSON object BEFORE its signature is verified.
 * Only for the one field that says which key must have signed (FORMAT.md section 3).
 *
 * @param {Statement} statement
 * @param {string} type
 * @returns {Record<string, unknown>}
 * @throws {SignatureError} the statement is of another type
 * @throws {EncodingError} the payload is not a JSON object
 */
export function readPayload(statement, type) {
  checkType(statement, type);
  const value = parseJson(statement.payload);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new EncodingError("a payload is not a JSON object");
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @param {Statement} statement
 * @param {string} type
 * @param {Uint8Array} key
 * @returns {Promise<Uint8Array>} the payload's bytes, once type and signature are right
 * @throws {SignatureError} another type, or the signature does not verify under `key`
 */
export async function verifyStatement(statement, type, key) {
  checkType(statement, type);
  await verify(preAuthentication(type, statement.payload), statement.sig, key);
  return statement.payload;
}

/** @param {Statement} statement @param {string} type */
function checkType(statement, type) {
  if (statement.type !== type) throw new SignatureError("a statement is of another type than its place requires");
}
