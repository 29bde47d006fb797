// SPDX-License-Identifier: EUPL-1.2
/**
 * The payload of an age file: chunks of 64 KiB, each sealed, the last one marked (C2SP age.md, "Payload").
 *
 * The library's stream seals from the first chunk on only; here any chunk can be sealed by itself, so that an upload can
 * go on where it was cut off. The cipher is the platform's where it has one that agrees with the library's.
 * Never seal another plaintext under the same payload key.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";

import { equal } from "./encoding.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {(counter: number, last: boolean, chunk: Bytes) => Promise<Uint8Array>} ChunkSealer */

export const CHUNK_LENGTH = 65_536;
export const TAG_LENGTH = 16;
const NONCE_LENGTH = 12;
const PLATFORM = { name: "ChaCha20-Poly1305" };

/** @param {number} length of a plaintext @returns {number} bytes of its sealed chunks */
export const sealedLength = (length) => length + Math.max(1, Math.ceil(length / CHUNK_LENGTH)) * TAG_LENGTH;

/** @type {Promise<boolean> | undefined} */
let agrees;

/** @param {Uint8Array} key the payload key, 32 bytes @returns {Promise<ChunkSealer>} */
export async function chunkSealer(key) {
  agrees ??= platformAgrees();
  return (await agrees) ? platformSealer(key) : librarySealer(key);
}

/** @param {Uint8Array} key @returns {ChunkSealer} */
export function librarySealer(key) {
  return async (counter, last, chunk) => chacha20poly1305(key, nonceOf(counter, last)).encrypt(chunk);
}

/**
 * @param {Uint8Array} key
 * @returns {Promise<ChunkSealer>}
 * @throws {Error} the platform has no such cipher
 */
export async function platformSealer(key) {
  const format = /** @type {"raw"} */ ("raw-secret");
  const imported = await crypto.subtle.importKey(format, key.slice(), PLATFORM, false, ["encrypt"]);
  return async (counter, last, chunk) => {
    const iv = nonceOf(counter, last);
    return new Uint8Array(await crypto.subtle.encrypt({ ...PLATFORM, iv }, imported, chunk));
  };
}

/** @returns {Promise<boolean>} whether the platform's cipher gives what the library's gives, under a key for this alone */
async function platformAgrees() {
  const [key, chunk] = [new Uint8Array(32).fill(1), new Uint8Array(CHUNK_LENGTH).fill(2)];
  try {
    const sealed = await (await platformSealer(key))(258, true, chunk);
    return equal(sealed, await librarySealer(key)(258, true, chunk));
  } catch {
    return false;
  }
}

/** @param {number} counter @param {boolean} last */
function nonceOf(counter, last) {
  const nonce = new Uint8Array(NONCE_LENGTH);
  const view = new DataView(nonce.buffer);
  view.setBigUint64(3, BigInt(counter));
  view.setUint8(NONCE_LENGTH - 1, last ? 1 : 0);
  return nonce;
}
