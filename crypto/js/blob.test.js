// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { Identity, decrypt, newStart } from "./age.js";
import { BlobSealer, blobLength } from "./blob.js";
import { concat } from "./encoding.js";
import { librarySealer, platformSealer } from "./stream.js";

const CHUNKS = [0, 1, 1000, 65_536];

test("the platform's cipher gives what the library's gives, for every place and length of a chunk", async () => {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const platform = await platformSealer(key);
  const library = librarySealer(key);
  for (const [place, length] of CHUNKS.entries()) {
    const chunk = crypto.getRandomValues(new Uint8Array(length));
    for (const last of [false, true]) {
      assert.deepEqual(await platform(place * 70_000, last, chunk), await library(place * 70_000, last, chunk));
    }
  }
});

test("the age library opens a blob of several parts, and finds the file in it", async () => {
  const identity = await Identity.generate();
  const file = await randomFile(2_300_000);
  const sealer = new BlobSealer(new Blob([file]), await newStart([await identity.recipient()]));
  const parts = [];
  for (let number = 1; number <= sealer.parts; number += 1) parts.push(await sealer.part(number));
  const plaintext = await decrypt(concat(...parts), [identity]);
  assert.equal(concat(...parts).length, blobLength(1, file.length));
  assert.deepEqual(plaintext.subarray(0, 4), new Uint8Array(4));
  assert.deepEqual(Buffer.compare(plaintext.subarray(4, 4 + file.length), file), 0);
});

test("a part that is made again, in another order and by another sealer, has the same bytes", async () => {
  const start = await newStart([await (await Identity.generate()).recipient()]);
  const file = new Blob([await randomFile(3_000_000)]);
  const [first, second] = [new BlobSealer(file, start), new BlobSealer(file, start)];
  const forwards = [await first.part(1), await first.part(2), await first.part(3)];
  const backwards = [await second.part(3), await second.part(2), await second.part(1)].reverse();
  for (const [place, part] of forwards.entries()) assert.equal(Buffer.compare(part, backwards[place] ?? new Uint8Array()), 0);
});

/** @param {number} size */
async function randomFile(size) {
  const file = new Uint8Array(size);
  for (let place = 0; place < size; place += 65_536) crypto.getRandomValues(file.subarray(place, place + 65_536));
  return file;
}
