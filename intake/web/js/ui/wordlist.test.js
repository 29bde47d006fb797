// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { splitWords, startingWith } from "./wordlist.js";

const LIST = ["aal", "aalmoes", "aap", "boom", "zon"];

test("typing help offers the words that start with what was typed", () => {
  assert.deepEqual(startingWith(LIST, "aa", 5), ["aal", "aalmoes", "aap"]);
  assert.deepEqual(startingWith(LIST, "z", 5), ["zon"]);
});

test("typing help offers no more than its limit", () => {
  assert.deepEqual(startingWith(LIST, "aa", 2), ["aal", "aalmoes"]);
});

test("typing help is silent for nothing typed and for what fits nothing", () => {
  assert.deepEqual(startingWith(LIST, "", 5), []);
  assert.deepEqual(startingWith(LIST, "aaz", 5), []);
  assert.deepEqual(startingWith(LIST, "zz", 5), []);
});

test("pasted words may stand on lines, with numbers and commas", () => {
  assert.deepEqual(splitWords("1. aal\n2. boom, 3) zon "), ["aal", "boom", "zon"]);
  assert.deepEqual(splitWords(" \n"), []);
});
