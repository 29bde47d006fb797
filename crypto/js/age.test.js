// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { inflateSync } from "node:zlib";

import { Decrypter } from "age-encryption";
import * as files from "cctv-age";

import * as age from "./age.js";
import { EncodingError, HeaderError, NoMatchError, PayloadError } from "./errors.js";

/**
 * @typedef {object} Vector one official scenario: what to open, with what, and which layer must refuse
 * @property {string} expect
 * @property {string} payload hex SHA-256 over all plaintext that may come out
 * @property {Uint8Array} fileKey
 * @property {string[]} identities our kind only
 * @property {Uint8Array} file
 */

const notes = JSON.parse(await readFile(new URL("../../tests/support/age_vectors.json", import.meta.url), "utf8"));
const notApplicable = new Set(Object.values(notes.not_applicable).flat());
const foreign = new Set(Object.keys(notes.refused_by_profile));
const applicable = Object.entries(files).filter(([name]) => !notApplicable.has(name));

const REFUSALS = new Map([
  ["header failure", HeaderError],
  ["HMAC failure", HeaderError],
  ["no match", NoMatchError],
  ["payload failure", PayloadError],
]);

/**
 * @param {Uint8Array} data
 * @returns {Vector}
 */
function parse(data) {
  const bytes = Buffer.from(data);
  const end = bytes.indexOf("\n\n");
  const fields = bytes.subarray(0, end).toString().split("\n").map((line) => line.split(": "));
  const { expect = "", payload = "", compressed, "file key": fileKey = "" } = Object.fromEntries(fields);
  const file = bytes.subarray(end + 2);
  return {
    expect,
    payload,
    fileKey: Buffer.from(fileKey, "hex"),
    identities: fields.filter(([key]) => key === "identity").map(([, text = ""]) => text).filter((text) => text.startsWith("AGE-SECRET-KEY-PQ-1")),
    file: compressed ? inflateSync(file) : file,
  };
}

/**
 * Opens a vector as our own files are opened. One for another kind of recipient still tests the library's header
 * grammar, MAC and payload: its file key is injected where our profile would have refused the stanza.
 *
 * @param {Vector} vector
 */
async function open({ file, fileKey, identities }) {
  if (identities.length > 0) return age.decrypt(file, identities.map(age.Identity.parse));
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  const layer = { error: HeaderError };
  try {
    const plaintext = await decrypter.decrypt(new Blob([Uint8Array.from(file)]).stream());
    layer.error = PayloadError;
    return new Uint8Array(await new Response(plaintext).arrayBuffer());
  } catch (cause) {
    throw new layer.error("refused by the library", { cause });
  }
}

let ran = 0;
after(() => console.log(`official vectors: ran ${ran}, left out ${notApplicable.size}`));

for (const [name, data] of applicable) {
  test(`official vector ${name} has the outcome that it names`, async () => {
    const vector = parse(data);
    const expect = foreign.has(name) ? "header failure" : vector.expect;
    if (expect === "success") {
      assert.equal(createHash("sha256").update(await open(vector)).digest("hex"), vector.payload);
    } else {
      const refusal = REFUSALS.get(expect);
      assert.ok(refusal, `unknown outcome ${expect}`);
      await assert.rejects(open(vector), refusal);
    }
    ran += 1;
  });
}

test("every official vector is run or left out for a reason", () => {
  assert.equal(Object.keys(files).length, 143);
  assert.equal(notApplicable.size, 66);
  assert.equal(applicable.length, 77);
});

const PLAINTEXT = new TextEncoder().encode("what happened");

test("each recipient opens the file and somebody else does not", async () => {
  const identities = await Promise.all([1, 2].map(() => age.Identity.generate()));
  const file = await age.encrypt(PLAINTEXT, await Promise.all(identities.map((identity) => identity.recipient())));

  for (const identity of identities) assert.deepEqual(await age.decrypt(file, [identity]), PLAINTEXT);
  await assert.rejects(age.decrypt(file, [await age.Identity.generate()]), NoMatchError);
});

test("a file key that was handed over opens its file and no other", async () => {
  const identity = await age.Identity.generate();
  const recipients = [await identity.recipient()];
  const [file, other] = [await age.encrypt(PLAINTEXT, recipients), await age.encrypt(PLAINTEXT, recipients)];
  const fileKey = await age.openFileKey(file, [identity]);

  assert.deepEqual(await age.decryptWithFileKey(file, fileKey), PLAINTEXT);
  await assert.rejects(age.decryptWithFileKey(other, fileKey), HeaderError);
});

test("a body that was cut off is refused as a payload", async () => {
  const identity = await age.Identity.generate();
  const file = await age.encrypt(PLAINTEXT, [await identity.recipient()]);

  await assert.rejects(age.decrypt(file.subarray(0, -1), [identity]), PayloadError);
});

test("an identity survives writing and reading, and a seed gives one identity only", async () => {
  const identity = age.Identity.fromSeed(new Uint8Array(32).fill(7));

  assert.equal(age.Identity.parse(identity.encode()).encode(), identity.encode());
  assert.equal(await age.Identity.fromSeed(new Uint8Array(32).fill(7)).recipient(), await identity.recipient());
});

test("a mistyped key is refused as an encoding", async () => {
  const identity = await age.Identity.generate();
  const recipient = await identity.recipient();

  assert.equal(age.parseRecipient(recipient).length, 1216);
  for (const text of ["", "age1pq1", recipient.slice(0, -1), recipient.toUpperCase(), `${recipient}q`]) {
    assert.throws(() => age.parseRecipient(text), EncodingError);
    await assert.rejects(age.encrypt(PLAINTEXT, [text]), EncodingError);
  }
  for (const text of ["", identity.encode().toLowerCase(), identity.encode().slice(0, -1), recipient]) {
    assert.throws(() => age.Identity.parse(text), EncodingError);
  }
});

test("nothing is sealed to nobody or to more than 64", async () => {
  await assert.rejects(age.encrypt(PLAINTEXT, []), RangeError);
  await assert.rejects(age.encrypt(PLAINTEXT, Array(65).fill(await age.throwawayRecipient())), RangeError);
});
