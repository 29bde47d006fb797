// SPDX-License-Identifier: EUPL-1.2
/** What the kinds of vectors about blobs do with their inputs, for the tests; `crypto/vectors/README.md` describes them. */
import * as blobs from "./blob.js";
import { b64decode, b64encode, concat, platformHash } from "./encoding.js";
import { attachments } from "./statements.js";

/** @typedef {any} Inputs */

/** @type {Record<string, (inputs: Inputs) => unknown>} */
export const BLOB_KINDS = {
  blob_length: ({ stanzas, size }) => ({ length: blobs.blobLength(stanzas, size) }),
  blob_seal: sealFile,
  blob: openFile,
};

/** @param {Inputs} inputs */
async function sealFile({ key, head, unit, times }) {
  const start = { fileKey: b64decode(key), head: b64decode(head) };
  const sealer = new blobs.BlobSealer(new Blob([unit.repeat(times)]), start);
  const hashes = [];
  for (let number = 1; number <= sealer.parts; number += 1) hashes.push(await platformHash(await sealer.part(number)));
  return { length: sealer.length, parts: hashes.map(b64encode), root: b64encode(blobs.rootOf(hashes)) };
}

/** @param {Inputs} inputs */
async function openFile({ attachment, blob }) {
  const [record] = attachments([attachment]);
  if (!record) throw new TypeError("a list of one has one");
  const parts = (async function* () {
    yield /** @type {Uint8Array<ArrayBuffer>} */ (b64decode(blob));
  })();
  const pieces = [];
  for await (const piece of blobs.openBlob(parts, record)) pieces.push(piece);
  return { file: b64encode(concat(...pieces)) };
}
