// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { Derivation } from "./derivation.js";

const DESK = "a desk";
const [THESE, OTHERS] = [["aanbod"], ["zwaluw"]];

/** A derivation whose steps the test takes: each call of `derive` as it stands. */
function controlled() {
  /** @type {any[]} */
  const runs = [];
  const derive = (/** @type {any} */ words, /** @type {any} */ desk, /** @type {any} */ onProgress) =>
    new Promise((resolve, reject) => {
      const step = (/** @type {number} */ fraction) => {
        try {
          onProgress(fraction);
        } catch (error) {
          reject(error);
        }
      };
      runs.push({ words, desk, step, done: () => resolve({ of: words }) });
    });
  return { runs, derivation: new Derivation(/** @type {any} */ (derive)) };
}

const soon = () => new Promise(setImmediate);
const ignore = () => undefined;

test("what was begun when the words stood there is what opens the mailbox, and its progress is told from then on", async () => {
  const { runs, derivation } = controlled();
  derivation.begin(THESE, DESK);
  await soon();
  runs[0].step(0.25);
  /** @type {number[]} */
  const told = [];
  const keys = derivation.keysFor(THESE, DESK, (_, fraction) => told.push(fraction));
  runs[0].step(0.5);
  runs[0].done();

  assert.deepEqual(await keys, { of: THESE });
  assert.deepEqual(told, [0.5]);
  assert.equal(runs.length, 1);
  assert.deepEqual(derivation.found, { of: THESE });
});

for (const [how, change] of /** @type {[string, (derivation: Derivation) => void][]} */ ([
  ["changed", (derivation) => derivation.begin(OTHERS, DESK)],
  ["taken away", (derivation) => derivation.end()],
])) {
  test(`words that are ${how} end the work for those before, and drop what came of it`, async () => {
    const { runs, derivation } = controlled();
    const run = derivation.begin(THESE, DESK);
    await soon();
    change(derivation);
    runs[0].step(0.5);

    await assert.rejects(run.keys, { name: "AbortError" });
    assert.equal(derivation.found, null);
  });

  test(`keys of words that are ${how} later are forgotten`, async () => {
    const { runs, derivation } = controlled();
    const keys = derivation.keysFor(THESE, DESK, ignore);
    await soon();
    runs[0].done();
    await keys;
    change(derivation);

    assert.equal(derivation.found, null);
  });
}

test("the same words at another desk have other keys", async () => {
  const { runs, derivation } = controlled();
  derivation.begin(THESE, DESK);
  derivation.begin(THESE, "another desk");
  await soon();

  assert.deepEqual(runs.map(({ desk }) => desk), [DESK, "another desk"]);
});

test("a derivation that failed is tried anew", async () => {
  let calls = 0;
  const derivation = new Derivation(/** @type {any} */ (async () => (calls++ === 0 ? Promise.reject(new RangeError("memory")) : "keys")));

  await assert.rejects(derivation.keysFor(THESE, DESK, ignore), RangeError);
  assert.equal(await derivation.keysFor(THESE, DESK, ignore), "keys");
});
