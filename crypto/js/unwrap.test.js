// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { x25519 } from "@noble/curves/ed25519.js";
import { Decrypter, Encrypter, Stanza } from "age-encryption";

import { Identity } from "./recipients.js";
import { platformAgreement, unwrapperOf } from "./unwrap.js";

/** @param {readonly Identity[]} identities @returns {Promise<Uint8Array>} an age file for them */
async function sealedTo(...identities) {
  const encrypter = new Encrypter();
  for (const identity of identities) encrypter.addRecipient(await identity.recipient());
  return encrypter.encrypt("what happened");
}

/** @param {Uint8Array} file @param {string | import("./unwrap.js").Unwrapper} identity */
function fileKeyBy(file, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decryptHeader(file);
}

test("a file key is the one that the library unwraps, for each file of one identity", async () => {
  const [mine, other] = [await Identity.generate(), await Identity.generate()];
  for (const file of [await sealedTo(mine), await sealedTo(other, mine), await sealedTo(mine, other)]) {
    assert.deepEqual(await fileKeyBy(file, unwrapperOf(mine)), await fileKeyBy(file, mine.encode()));
  }
});

test("a stanza that was altered anywhere, or is another's, gives no file key", async () => {
  const mine = await Identity.generate();
  /** @type {Stanza[]} */
  let stanzas = [];
  const spy = { unwrapFileKey: (/** @type {Stanza[]} */ found) => ((stanzas = found), null) };
  await assert.rejects(fileKeyBy(await sealedTo(mine), spy));
  const [{ args: [kind = "", share = ""], body } = new Stanza([], new Uint8Array())] = stanzas;
  const flipped = (/** @type {number} */ place) => share.slice(0, place) + (share[place] === "A" ? "B" : "A") + share.slice(place + 1);

  assert.notEqual(await unwrapperOf(mine).unwrapFileKey([new Stanza([kind, share], body)]), null);
  assert.equal(await unwrapperOf(await Identity.generate()).unwrapFileKey([new Stanza([kind, share], body)]), null);
  // The lattice's share comes first, the curve's last.
  for (const place of [0, 700, 1460]) {
    assert.equal(await unwrapperOf(mine).unwrapFileKey([new Stanza([kind, flipped(place)], body)]), null);
  }
  body[0] = Number(body[0]) ^ 1;
  assert.equal(await unwrapperOf(mine).unwrapFileKey([new Stanza([kind, share], body)]), null);
});

test("the platform agrees on the library's secret, also with a share in another spelling, and refuses one of low order", async () => {
  const secret = new Uint8Array(32).fill(7);
  const agree = await platformAgreement(secret);
  assert.ok(agree, "this Node has no X25519");
  const share = x25519.getPublicKey(new Uint8Array(32).fill(8));
  const highBit = share.map((byte, place) => (place === 31 ? byte | 128 : byte));
  const [nearlyPrime, zero] = [Uint8Array.from({ length: 32 }, (_, place) => ({ 0: 246, 31: 127 })[place] ?? 255), new Uint8Array(32)];

  for (const one of [share, highBit, nearlyPrime]) assert.deepEqual(await agree(one), x25519.getSharedSecret(secret, one));
  await assert.rejects(async () => agree(zero));
  assert.throws(() => x25519.getSharedSecret(secret, zero));
});
