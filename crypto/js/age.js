// SPDX-License-Identifier: EUPL-1.2
/**
 * Seals and opens age v1 files for `mlkem768x25519` recipients only (C2SP age.md; FORMAT.md section 5).
 *
 * Header and stream are the library's, and unwrap.js opens stanzas; this module narrows them to our profile and names
 * the layer that refuses: the header with its stanzas and MAC, a stanza that one of the identities unwraps, then the
 * payload.
 * An age file says nothing about its sender: trust only signatures inside.
 */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64nopad } from "@scure/base";
import { Decrypter, Encrypter } from "age-encryption";

import { concat, utf8 } from "./encoding.js";
import { FormatError, HeaderError, NoMatchError, PayloadError } from "./errors.js";
import { Identity, parseRecipient, throwawayRecipient } from "./recipients.js";
import { TAG_LENGTH } from "./stream.js";
import { unwrapperOf } from "./unwrap.js";

export { Identity, parseRecipient, throwawayRecipient };

/** @typedef {import("./unwrap.js").Unwrapper} Unwrapper */
/** @typedef {{ fileKey: Uint8Array, head: Uint8Array }} Start `head`: header and payload nonce, as they stand in the file */

const MAX_STANZAS = 64;
const STANZA_KIND = "mlkem768x25519";
const ENC_LENGTH = 1120;
const BODY_LENGTH = 32;
const FILE_KEY_LENGTH = 16;
export const NONCE_LENGTH = 16;

/**
 * Return an age file with one stanza per recipient, in the order given.
 *
 * @param {Uint8Array} plaintext
 * @param {readonly string[]} recipients 1 to 64 `age1pq1…` strings
 * @returns {Promise<Uint8Array>}
 * @throws {import("./errors.js").EncodingError} a recipient is not such a string
 */
export async function encrypt(plaintext, recipients) {
  return readAll(await encryptStream(streamOf(plaintext), recipients));
}

/**
 * Return an age file for a plaintext that comes in parts; errors as `encrypt`. Never resume with other bytes: start anew.
 *
 * @param {ReadableStream<Uint8Array>} plaintext
 * @param {readonly string[]} recipients
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
export async function encryptStream(plaintext, recipients) {
  return encrypterFor(recipients).encrypt(plaintext);
}

/** @param {readonly string[]} recipients */
function encrypterFor(recipients) {
  if (recipients.length < 1 || recipients.length > MAX_STANZAS) throw new RangeError("recipients must be 1 to 64");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    parseRecipient(recipient);
    encrypter.addRecipient(recipient);
  }
  return encrypter;
}

/**
 * Return how a fresh age file starts, before there is anything in it; errors as `encrypt`.
 *
 * @param {readonly string[]} recipients
 * @returns {Promise<Start>}
 */
export async function newStart(recipients) {
  const encrypter = encrypterFor(recipients);
  let fileKey = new Uint8Array();
  encrypter.addRecipient({
    // The library makes the file key and hands it to every recipient, but not to its caller.
    wrapFileKey: (key) => {
      fileKey = key.slice();
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array());
  const header = empty.subarray(0, empty.length - NONCE_LENGTH - TAG_LENGTH);
  return { fileKey, head: concat(header, crypto.getRandomValues(new Uint8Array(NONCE_LENGTH))) };
}

/** @param {Start} start @returns {Uint8Array} the key, 32 bytes, of the chunks that follow it (C2SP age.md, "Payload") */
export const payloadKey = ({ fileKey, head }) => hkdf(sha256, fileKey, head.subarray(-NONCE_LENGTH), utf8("payload"), 32);

/**
 * Return the plaintext of an age file that one of the identities opens.
 *
 * @param {Uint8Array} data
 * @param {readonly Identity[]} identities
 * @returns {Promise<Uint8Array>}
 * @throws {HeaderError} the header is malformed or foreign, or its MAC is wrong
 * @throws {NoMatchError} no identity opens a stanza
 * @throws {PayloadError} the payload is cut off, extended or altered
 */
export async function decrypt(data, identities) {
  return readAll(await decryptStream(streamOf(data), identities));
}

/**
 * Return the plaintext of an age file that comes in parts; errors as `decrypt`, those of the payload while reading.
 * Only the stream's end says that nothing was cut off: until then keep what came out apart.
 *
 * @param {ReadableStream<Uint8Array>} data
 * @param {readonly Identity[]} identities
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
export async function decryptStream(data, identities) {
  const decrypter = decrypterFor(identities);
  return namePayload(await nameHeader(() => decrypter.decrypt(data)));
}

/**
 * Return the file key, 16 bytes, of an age file or of its header alone.
 *
 * @param {Uint8Array} data
 * @param {readonly Identity[]} identities
 * @returns {Promise<Uint8Array>}
 * @throws {HeaderError} the header is malformed or foreign, or its MAC is wrong
 * @throws {NoMatchError} no identity opens a stanza
 */
export async function openFileKey(data, identities) {
  const decrypter = decrypterFor(identities);
  return nameHeader(() => decrypter.decryptHeader(data));
}

/**
 * Return the plaintext of an age file whose file key is known.
 *
 * @param {Uint8Array} data
 * @param {Uint8Array} fileKey 16 bytes
 * @returns {Promise<Uint8Array>}
 * @throws {HeaderError} the header is malformed or foreign, or its MAC does not fit this file key
 * @throws {PayloadError} the payload is cut off, extended or altered
 */
export async function decryptWithFileKey(data, fileKey) {
  return readAll(await decryptStreamWithFileKey(streamOf(data), fileKey));
}

/**
 * Return the plaintext of an age file that comes in parts; errors as `decryptWithFileKey`, those of the payload while
 * reading. Only the stream's end says that nothing was cut off: until then keep what came out apart.
 *
 * @param {ReadableStream<Uint8Array>} data
 * @param {Uint8Array} fileKey 16 bytes
 * @returns {Promise<ReadableStream<Uint8Array>>}
 */
export async function decryptStreamWithFileKey(data, fileKey) {
  if (fileKey.length !== FILE_KEY_LENGTH) throw new RangeError("fileKey must be 16 bytes");
  const decrypter = new Decrypter();
  decrypter.addIdentity(profileGuard);
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  return namePayload(await nameHeader(() => decrypter.decrypt(data)));
}

/**
 * The library asks one identity after the other, so a guard goes first and a refusal goes last.
 *
 * @param {readonly Identity[]} identities
 */
function decrypterFor(identities) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(profileGuard);
  for (const identity of identities) decrypter.addIdentity(unwrapperOf(identity));
  decrypter.addIdentity(noMatch);
  return decrypter;
}

/** @type {Unwrapper} */
const profileGuard = {
  unwrapFileKey(stanzas) {
    if (stanzas.length < 1 || stanzas.length > MAX_STANZAS) throw new HeaderError("an age header needs 1 to 64 stanzas");
    for (const { args, body } of stanzas) checkProfile(args, body);
    return null;
  },
};

/**
 * The library checks a stanza when it tries it; a good one before it must not hide a bad one.
 *
 * @param {string[]} args
 * @param {Uint8Array} body
 */
function checkProfile([kind, enc, ...more], body) {
  if (kind !== STANZA_KIND) throw new HeaderError("the age header has a stanza of another kind than mlkem768x25519");
  if (enc === undefined || more.length > 0 || base64nopad.decode(enc).length !== ENC_LENGTH) {
    throw new HeaderError("a stanza's one further argument is not 1,120 bytes");
  }
  if (body.length !== BODY_LENGTH) throw new HeaderError("a stanza's body is not 32 bytes");
}

/** @type {Unwrapper} */
const noMatch = {
  unwrapFileKey() {
    throw new NoMatchError("none of the keys at hand opens this envelope");
  },
};

/**
 * @template T
 * @param {() => Promise<T>} open
 * @returns {Promise<T>}
 */
async function nameHeader(open) {
  try {
    return await open();
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new HeaderError("the age header is malformed, or its MAC is wrong", { cause: error });
  }
}

/**
 * @param {ReadableStream<Uint8Array>} plaintext
 * @returns {ReadableStream<Uint8Array>}
 */
function namePayload(plaintext) {
  const reader = plaintext.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        done ? controller.close() : controller.enqueue(value);
      } catch (cause) {
        controller.error(new PayloadError("the envelope's body is cut off, extended or altered", { cause }));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** @param {Uint8Array} data */
function streamOf(data) {
  return /** @type {ReadableStream<Uint8Array>} */ (
    new ReadableStream({
      start(controller) {
        controller.enqueue(data);
        controller.close();
      },
    })
  );
}

/** @param {ReadableStream<Uint8Array>} stream */
async function readAll(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
