// SPDX-License-Identifier: EUPL-1.2
/**
 * Signed requests: HTTP Message Signatures in the one shape that FORMAT.md section 11 allows.
 *
 * No general parser of RFC 9421: the reader builds the only headers that would be right for the request
 * and compares. Which key may do what is for the caller to decide.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64 } from "@scure/base";

import { b64decode, b64encode, daysBetween, parseDay, utf8 } from "./encoding.js";
import { EncodingError, SignatureError } from "./errors.js";
import { publicKey, sign, verify } from "./signing.js";

/** @typedef {[name: string, value: string][]} Components */
/**
 * @typedef {object} Request
 * @property {string} method
 * @property {string} target the whole address with its origin
 * @property {string} day
 * @property {Uint8Array} [body]
 * @property {Uint8Array} [digest] SHA-256 of the body, in its place where the caller has it already
 * @property {string} [ifMatch] the header's whole value
 * @property {string} [ifNoneMatch]
 */

const MAX_DAYS_APART = 1;
const KEY_LENGTH = 32;
const INPUT = /^sig=(\(.*\);keyid="([A-Za-z0-9_-]{43})";alg="ed25519";tag="meldkluis\/v1")$/;
const SIGNATURE = /^sig=:([A-Za-z0-9+/]{86}==):$/;
const VISIBLE = /^[ -~]+$/;
const PRECONDITIONS = ["if-match", "if-none-match"];

/** @param {Uint8Array} body @returns {string} the `Content-Digest` header of a body (RFC 9530, SHA-256) */
export const contentDigest = (body) => digestHeader(sha256(body));

/** @param {Uint8Array} digest */
const digestHeader = (digest) => `sha-256=:${base64.encode(digest)}:`;

/**
 * @param {Request} request
 * @param {Uint8Array} seed
 * @returns {Record<string, string>} the headers that sign it with the Ed25519 key of `seed`, preconditions included
 * @throws {RangeError} two preconditions, or one without a body
 */
export function signRequest({ method, target, day, body, digest = body && sha256(body), ifMatch, ifNoneMatch }, seed) {
  /** @type {Record<string, string>} */
  const headers = { "Meldkluis-Day": day };
  if (digest) headers["Content-Digest"] = digestHeader(digest);
  if ((ifMatch ? 1 : 0) + (ifNoneMatch ? 1 : 0) > (digest ? 1 : 0)) {
    throw new RangeError("a request with a body may have one precondition, another may have none");
  }
  if (ifMatch) headers["If-Match"] = ifMatch;
  if (ifNoneMatch) headers["If-None-Match"] = ifNoneMatch;
  /** @type {Components} */
  const signed = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  /** @type {Components} */
  const components = [["@method", method], ["@target-uri", target], ...signed];
  const params = signatureParams(components, b64encode(publicKey(seed)));
  const signature = base64.encode(sign(signatureBase(components, params), seed));
  return { ...headers, "Signature-Input": `sig=${params}`, Signature: `sig=:${signature}:` };
}

/**
 * @param {string} method
 * @param {string} target the address as the server builds it from its own origin
 * @param {Record<string, string>} headers the request's
 * @param {string | null} digest `contentDigest` of the body received, or null for a request without one
 * @param {string} today
 * @returns {Promise<Uint8Array>} the public key, 32 bytes, that signed the request
 * @throws {SignatureError} a header is missing or of another shape, the day is more than one from `today`, the body or
 *   the request is not the one signed
 */
export async function verifyRequest(method, target, headers, digest, today) {
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  /** @type {Components} */
  const components = [["@method", method], ["@target-uri", target], ...covered(given, digest, today)];
  const { params, key } = readInput(header(given, "signature-input"));
  if (params !== signatureParams(components, b64encode(key))) {
    throw new SignatureError("the signature covers other components than this request needs");
  }
  await verify(signatureBase(components, params), readSignature(header(given, "signature")), key);
  return key;
}

/**
 * @param {Map<string, string>} given
 * @param {string | null} digest
 * @param {string} today
 * @returns {Components} the header components that a request with these headers must have signed, in order
 */
function covered(given, digest, today) {
  const day = header(given, "meldkluis-day");
  checkDay(day, today);
  if (digest === null) {
    if (given.has("content-digest")) throw new SignatureError("the request has a digest but no body");
    return [["meldkluis-day", day]];
  }
  if (header(given, "content-digest") !== digest) throw new SignatureError("the body is not the one that was signed");
  const preconditions = PRECONDITIONS.filter((name) => given.has(name));
  if (preconditions.length > 1) throw new SignatureError("the request has two preconditions");
  return ["meldkluis-day", "content-digest", ...preconditions].map((name) => [name, header(given, name)]);
}

/** @param {Map<string, string>} given @param {string} name */
function header(given, name) {
  const value = given.get(name);
  if (value === undefined) throw new SignatureError(`the request has no ${name} header`);
  return value;
}

/** @param {string} day @param {string} today */
function checkDay(day, today) {
  if (Math.abs(daysBetween(asSignatureError(() => parseDay(day)), today)) > MAX_DAYS_APART) {
    throw new SignatureError("the request is of another day: check this device's clock");
  }
}

/** @param {string} value */
function readInput(value) {
  const [, params, keyid] = INPUT.exec(value) ?? [];
  if (!params || !keyid) throw new SignatureError("the Signature-Input header is not of the one shape allowed");
  return { params, key: asSignatureError(() => b64decode(keyid, KEY_LENGTH)) };
}

/** @param {string} value */
function readSignature(value) {
  const text = SIGNATURE.exec(value)?.[1];
  const signature = text ? decodeStandard(text) : new Uint8Array();
  if (!text || base64.encode(signature) !== text) {
    throw new SignatureError("the Signature header is not of the one shape allowed");
  }
  return signature;
}

/** @param {string} text */
function decodeStandard(text) {
  try {
    return base64.decode(text);
  } catch {
    return new Uint8Array();
  }
}

/**
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
function asSignatureError(read) {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof EncodingError) throw new SignatureError("the request's day or keyid is malformed", { cause });
    throw cause;
  }
}

/** @param {Components} components @param {string} keyid */
function signatureParams(components, keyid) {
  const names = components.map(([name]) => `"${name}"`).join(" ");
  return `(${names});keyid="${keyid}";alg="ed25519";tag="meldkluis/v1"`;
}

/**
 * @param {Components} components
 * @param {string} params
 * @returns {Uint8Array} the signature base (RFC 9421 section 2.5); a value that could break a line is refused
 */
function signatureBase(components, params) {
  if (!components.every(([, value]) => VISIBLE.test(value))) {
    throw new SignatureError("a part of the request has characters that cannot be signed");
  }
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return utf8([...lines, `"@signature-params": ${params}`].join("\n"));
}
