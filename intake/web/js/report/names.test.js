// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { namedIn } from "./names.js";

const PEOPLE = ["M. Jansen", "F. Öztürk", "R. de Boer", "Bo Li"].map((name) => ({ name }));

/** @param {...string} texts */
const named = (...texts) => namedIn(texts, PEOPLE).map(({ name }) => name);

test("a surname is found whatever its capitals, accents and neighbours", () => {
  assert.deepEqual(named("Het was mevrouw OZTURK!"), ["F. Öztürk"]);
  assert.deepEqual(named("o\u0308ztu\u0308rk,jansen"), ["M. Jansen", "F. Öztürk"]);
});

test("a name is found in any of the texts", () => {
  assert.deepEqual(named("niets", "de Boer"), ["R. de Boer"]);
});

test("a part of a longer word is not a name", () => {
  assert.deepEqual(named("de boerderij van Jansens"), []);
});

test("initials and particles name nobody", () => {
  assert.deepEqual(named("de M. van R. en F."), []);
});

test("a name of short words must stand there in full", () => {
  assert.deepEqual(named("bo zag li"), []);
  assert.deepEqual(named("Ik sprak Bo Li."), ["Bo Li"]);
});

test("nothing typed names nobody", () => {
  assert.deepEqual(named("", "  "), []);
});
