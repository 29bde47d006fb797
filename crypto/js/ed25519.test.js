// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

import { libraryVerifier, platformVerifier, verifies } from "./ed25519.js";
import { concat, utf8 } from "./encoding.js";

const { Point } = ed25519;
const { Fn } = Point;
const MESSAGE = utf8("what happened");
/** A point of order 8. */
const TWIST = Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
/** The prime of the field and one: the neutral point in another spelling. */
const NEUTRAL_AGAIN = Uint8Array.from({ length: 32 }, (_, place) => ({ 0: 238, 31: 127 })[place] ?? 255);

/** @param {number} number */
function person(number) {
  const seed = new Uint8Array(32).fill(number);
  return { key: ed25519.getPublicKey(seed), secret: ed25519.utils.getExtendedPublicKey(seed).scalar };
}

/** @param {Uint8Array} r @param {bigint} nonce @param {{ key: Uint8Array, secret: bigint }} signer */
function signature(r, nonce, { key, secret }) {
  const challenge = sha512(concat(r, key, MESSAGE)).reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
  return concat(r, littleEndian(Fn.create(nonce + challenge * secret)));
}

/** @param {bigint} number */
const littleEndian = (number) => Uint8Array.from({ length: 32 }, (_, place) => Number((number >> BigInt(8 * place)) & 255n));

/** @param {Uint8Array} sig */
function withLargerS(sig) {
  const s = sig.subarray(32).reduceRight((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
  return concat(sig.subarray(0, 32), littleEndian(s + Fn.ORDER));
}

const signer = person(7);
const R = Point.BASE.multiply(12_345n);
const GOOD = signature(R.toBytes(), 12_345n, signer);
/** @type {[string, Uint8Array, boolean][]} */
const SIGNATURES = [
  ["as it was signed", GOOD, true],
  ["over another message", signature(R.toBytes(), 12_346n, signer), false],
  ["with the order of the group added to S", withLargerS(GOOD), false],
  ["with a part of small order in R", signature(R.add(TWIST).toBytes(), 12_345n, signer), false],
  ["with an R of small order", signature(TWIST.toBytes(), 0n, signer), false],
  ["with an R that is not canonical", signature(NEUTRAL_AGAIN, 0n, signer), false],
  ["with an R that is no point", concat(littleEndian(2n), GOOD.subarray(32)), false],
];

for (const [about, sig, expected] of SIGNATURES) {
  test(`a signature ${about} has one verdict, of the platform and of the library`, async () => {
    const platform = await platformVerifier(signer.key);
    assert.ok(platform, "this Node has no Ed25519");

    assert.equal(await platform(MESSAGE, sig), expected);
    assert.equal(await libraryVerifier(signer.key)(MESSAGE, sig), expected);
    assert.equal(await verifies(MESSAGE, sig, signer.key), expected);
  });
}

test("a signature whose R is the neutral point is refused, though its equation holds", async () => {
  const sig = signature(Point.ZERO.toBytes(), 0n, signer);

  assert.equal(await libraryVerifier(signer.key)(MESSAGE, sig), true);
  assert.equal(await verifies(MESSAGE, sig, signer.key), false);
});

test("under a key of small order, mixed order or another spelling nothing verifies", async () => {
  const mixed = { key: Point.BASE.multiply(signer.secret).add(TWIST).toBytes(), secret: signer.secret };
  const small = { key: TWIST.toBytes(), secret: 0n };
  const neutral = { key: Point.ZERO.toBytes(), secret: 0n };
  const respelled = { key: NEUTRAL_AGAIN, secret: 0n };
  for (const bad of [mixed, small, neutral, respelled]) {
    // One challenge in eight takes the part of small order away: a platform that accepts such a key shows it here.
    for (let nonce = 1n; nonce <= 64n; nonce += 1n) {
      assert.equal(await verifies(MESSAGE, signature(Point.BASE.multiply(nonce).toBytes(), nonce, bad), bad.key), false);
    }
  }
});

test("a platform without the curve leaves the verdict to the library", async () => {
  const other = person(8);
  const unknown = mock.method(crypto.subtle, "importKey", () => Promise.reject(new DOMException("", "NotSupportedError")));
  try {
    assert.equal(await verifies(MESSAGE, signature(R.toBytes(), 12_345n, other), other.key), true);
    assert.equal(await verifies(MESSAGE, signature(R.add(TWIST).toBytes(), 12_345n, other), other.key), false);
    assert.equal(unknown.mock.callCount(), 1);
  } finally {
    unknown.mock.restore();
  }
});
