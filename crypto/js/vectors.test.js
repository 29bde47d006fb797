// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, test } from "node:test";

import * as errors from "./errors.js";
import { KINDS, isPythonOnly } from "./vector-kinds.js";

const folder = new URL("../vectors/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
/** @type {Map<string, unknown>} */
const LAYERS = new Map(/** @type {[string, unknown][]} */ ([
  ["encoding", errors.EncodingError],
  ["header", errors.HeaderError],
  ["no-match", errors.NoMatchError],
  ["payload", errors.PayloadError],
  ["signature", errors.SignatureError],
  ["desk", errors.DeskError],
  ["binding", errors.BindingError],
  ["words", errors.WordsError],
  ["keyfile", errors.KeyFileError],
]));

let ran = 0;
after(() => console.log(`vectors: ${ran} of ${names.length} ran; the others are of members' tools`));

for (const name of names) {
  const vector = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  if (isPythonOnly(vector)) continue;
  test(`vector ${name.replace(".json", "")} has its outcome`, async () => {
    assert.deepEqual(Object.keys(vector).sort(), ["about", "expect", "inputs", "kind", "result"]);
    const run = KINDS[vector.kind];
    assert.ok(run, `unknown kind ${vector.kind}`);
    if (vector.expect === "ok") assert.deepEqual(plain(await run(vector.inputs)), vector.result);
    else await assertRefused(() => run(vector.inputs), vector);
    ran += 1;
  });
}

/** @param {() => unknown} run @param {{ expect: string, result: { place: number | null } | null }} vector */
async function assertRefused(run, { expect, result }) {
  const layer = LAYERS.get(expect);
  assert.ok(layer, `unknown layer ${expect}`);
  const error = await Promise.resolve().then(run).then(
    () => assert.fail("it was accepted"),
    (refusal) => refusal,
  );
  assert.equal(error.constructor, layer, `refused by another layer: ${error}`);
  assert.equal(error.place ?? null, result?.place ?? null);
}

/** @param {unknown} value objects of open maps have no prototype, which a comparison would notice */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}
