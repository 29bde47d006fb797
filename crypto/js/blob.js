// SPDX-License-Identifier: EUPL-1.2
/**
 * Attachments: files sealed as blobs, part by part, and opened again (FORMAT.md section 7.5).
 *
 * A blob's exact length is known before it is sealed, and any part can be made again from the same file: one start, one
 * file, the same bytes. Nothing here holds a whole file; what comes out of `openBlob` is good only once it has ended.
 */
import { NONCE_LENGTH, decryptStreamWithFileKey, payloadKey } from "./age.js";
import { b32encode, b64decode, b64encode, equal, labelledHash, platformHash } from "./encoding.js";
import { headerLength } from "./envelope.js";
import { BindingError, PayloadError } from "./errors.js";
import { BLOB_PART_LENGTH } from "./logs.js";
import { paddedLength } from "./padding.js";
import { CHUNK_LENGTH, TAG_LENGTH, chunkSealer, sealedLength } from "./stream.js";

/** @typedef {import("./age.js").Start} Start */
/** @typedef {import("./logs.js").Claim} Claim */
/** @typedef {import("./statements.js").Attachment} Attachment */
/** @typedef {import("./stream.js").Bytes} Bytes */

const PREFIX = 4;
const BLOB_ID_LENGTH = 20;
const SEALED_CHUNK = CHUNK_LENGTH + TAG_LENGTH;

/**
 * @param {number} stanzas
 * @param {number} size bytes of the file
 * @returns {number} bytes of the blob that seals it: its claim's size
 */
export const blobLength = (stanzas, size) => headerLength(stanzas) + NONCE_LENGTH + sealedLength(plainLength(size));

/**
 * Return the record, without a root, of a file that will be sealed under `start`, which was made for this one blob.
 *
 * @param {{ name: string, type: string, size: number }} file
 * @param {Start} start
 * @returns {Attachment}
 */
export function newAttachment({ name, type, size }, start) {
  const blob = b32encode(crypto.getRandomValues(new Uint8Array(BLOB_ID_LENGTH)));
  return { blob, name, type, size, key: b64encode(start.fileKey), root: null };
}

/**
 * @param {readonly Attachment[]} attachments
 * @param {number} stanzas of each blob
 * @returns {Claim[]}
 */
export function claimsOf(attachments, stanzas) {
  return attachments.map(({ blob, size }) => ({ blob, size: blobLength(stanzas, size) }));
}

/** @param {readonly Uint8Array[]} hashes SHA-256 of each part, in order @returns {Uint8Array} the root, 32 bytes */
export const rootOf = (hashes) => labelledHash("blob", ...hashes);

/** Seals one file under one start: any part, in any order, the same bytes every time. */
export class BlobSealer {
  #file;
  #start;
  #plainLength;
  #sealer;
  /** @type {{ counter: number, sealed: Promise<Uint8Array> } | null} the chunk that goes on in the next part */
  #kept = null;

  /** @param {Blob} file @param {Start} start */
  constructor(file, start) {
    this.#file = file;
    this.#start = start;
    this.#plainLength = plainLength(file.size);
    this.#sealer = chunkSealer(payloadKey(start));
    this.length = start.head.length + sealedLength(this.#plainLength);
    this.parts = Math.ceil(this.length / BLOB_PART_LENGTH);
  }

  /**
   * @param {number} number from 1
   * @returns {Promise<Bytes>} the part: 1 MiB, the last one shorter
   * @throws {DOMException} the file cannot be read any more
   */
  async part(number) {
    const { head } = this.#start;
    const start = (number - 1) * BLOB_PART_LENGTH;
    const part = new Uint8Array(Math.min(BLOB_PART_LENGTH, this.length - start));
    if (start < head.length) part.set(head.subarray(start));
    const from = Math.floor(Math.max(0, start - head.length) / SEALED_CHUNK);
    const chunks = await this.#seal(from, Math.floor((start + part.length - 1 - head.length) / SEALED_CHUNK));
    chunks.forEach((chunk, place) => put(part, chunk, head.length + (from + place) * SEALED_CHUNK - start));
    return part;
  }

  /** @param {number} from @param {number} to @returns {Promise<Uint8Array[]>} the sealed chunks of these numbers */
  async #seal(from, to) {
    const begin = from * CHUNK_LENGTH;
    const plain = await this.#read(begin, Math.min((to + 1) * CHUNK_LENGTH, this.#plainLength));
    const seal = await this.#sealer;
    const kept = this.#kept;
    const final = Math.ceil(this.#plainLength / CHUNK_LENGTH) - 1;
    const chunks = Array.from({ length: to - from + 1 }, (_, place) => {
      const counter = from + place;
      if (kept?.counter === counter) return kept.sealed;
      return seal(counter, counter === final, plain.subarray(place * CHUNK_LENGTH, (place + 1) * CHUNK_LENGTH));
    });
    this.#kept = { counter: to, sealed: chunks.at(-1) ?? Promise.reject(new RangeError("number must be that of a part")) };
    return Promise.all(chunks);
  }

  /** @param {number} from @param {number} to @returns {Promise<Bytes>} that piece of the plaintext */
  async #read(from, to) {
    const [first, end] = [Math.max(0, from - PREFIX), Math.min(this.#file.size, to - PREFIX)];
    const bytes = new Uint8Array(await this.#file.slice(first, Math.max(first, end)).arrayBuffer());
    // In the middle of a file there is nothing to add, and a megabyte less to copy.
    if (bytes.length === to - from) return bytes;
    const plain = new Uint8Array(to - from);
    plain.set(bytes, first + PREFIX - from);
    return plain;
  }
}

/**
 * Yield the bytes of the file that a blob holds. Only the end says that the file is whole and the one that was signed:
 * until then keep what came out apart, and throw it away when an error comes.
 *
 * @param {AsyncIterable<Bytes>} parts in order, as they were sent
 * @param {Attachment} attachment with its root
 * @returns {AsyncGenerator<Uint8Array>}
 * @throws {import("./errors.js").HeaderError} the header is malformed or foreign, or another file key's
 * @throws {PayloadError} cut off, extended or altered, or it holds another length than the record names
 * @throws {BindingError} another blob than the one whose root was signed
 */
export async function* openBlob(parts, { key, size, root }) {
  if (root === null) throw new RangeError("attachment must have its root");
  /** @type {Uint8Array[]} */
  const hashes = [];
  const plaintext = await decryptStreamWithFileKey(streamOf(parts, hashes), b64decode(key));
  yield* fileBytes(plaintext, size);
  if (!equal(rootOf(hashes), b64decode(root))) throw new BindingError("a blob is another than the one that was signed");
}

/** @param {number} size */
const plainLength = (size) => paddedLength(PREFIX + size);

/** @param {Uint8Array} part @param {Uint8Array} chunk @param {number} place of the chunk in the part; below 0 it began before */
function put(part, chunk, place) {
  const skipped = Math.max(0, -place);
  part.set(chunk.subarray(skipped, part.length - place), place + skipped);
}

/**
 * @param {AsyncIterable<Bytes>} parts
 * @param {Uint8Array[]} hashes filled while reading
 * @returns {ReadableStream<Uint8Array>}
 */
function streamOf(parts, hashes) {
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) return controller.close();
      hashes.push(await platformHash(value));
      controller.enqueue(value);
    },
  });
}

/**
 * @param {ReadableStream<Uint8Array>} plaintext
 * @param {number} size
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* fileBytes(plaintext, size) {
  const reader = plaintext.getReader();
  const end = PREFIX + size;
  let place = 0;
  for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
    const [from, to] = [Math.max(0, PREFIX - place), Math.max(0, end - place)];
    if (value.subarray(0, from).some(Boolean)) throw new PayloadError("a blob holds a statement");
    if (value.subarray(to).some(Boolean)) throw new PayloadError("the plaintext's padding has a byte other than zero");
    if (from < value.length && from < to) yield value.subarray(from, to);
    place += value.length;
  }
  if (place !== plainLength(size)) throw new PayloadError("the plaintext's length is not the padded length of its content");
}
