// SPDX-License-Identifier: EUPL-1.2
/** Answers one question about crypto/js/age.js: a JSON object on standard input, another one on standard output. */
import { text } from "node:stream/consumers";

import * as age from "../../crypto/js/age.js";

/** @typedef {{ op: string, data: string, seed: string, recipients: string[] }} Question bytes are in base64 */

/** @type {Record<string, (question: Question) => Promise<string>>} */
const ANSWERS = {
  recipient: ({ seed }) => identity(seed).recipient(),
  encode: async ({ seed }) => identity(seed).encode(),
  encrypt: async ({ data, recipients }) => base64(await age.encrypt(Buffer.from(data, "base64"), recipients)),
  decrypt: async ({ data, seed }) => base64(await age.decrypt(Buffer.from(data, "base64"), [identity(seed)])),
  openFileKey: async ({ data, seed }) => base64(await age.openFileKey(Buffer.from(data, "base64"), [identity(seed)])),
};

/** @param {string} seed */
function identity(seed) {
  return age.Identity.fromSeed(Buffer.from(seed, "base64"));
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return Buffer.from(bytes).toString("base64");
}

/** @type {Question} */
const question = JSON.parse(await text(process.stdin));
const answer = ANSWERS[question.op];
if (answer === undefined) throw new RangeError("unknown question");
try {
  process.stdout.write(JSON.stringify({ answer: await answer(question) }));
} catch (error) {
  process.stdout.write(JSON.stringify({ refusal: error instanceof Error ? error.constructor.name : "not an error" }));
}
