// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { pickTwo } from "../report/confirm.js";
import { expand } from "./dom.js";
import { charactersOver } from "./length.js";
import { addressOf } from "./routes.js";

test("a value is put in once, also when it looks like the name of another", () => {
  assert.equal(expand("{a} and {b}", { a: "{b}", b: 2 }), "{b} and 2");
});

test("a name without a value stays as it is", () => {
  assert.equal(expand("{a} {b}", { a: 1 }), "1 {b}");
});

test("only web and telephone addresses become links", () => {
  assert.equal(addressOf("https://www.example.org/a?b"), "https://www.example.org/a?b");
  assert.equal(addressOf("0800 - 123 45 67"), "tel:08001234567");
  assert.equal(addressOf("+31 (0)20 123"), "tel:+31020123");
});

test("anything else that a desk writes is only text", () => {
  for (const value of ["javascript:alert(1)", "http://example.org/", "https://user@example.org/", "Postbus 12, Duinoord", "112; x"]) {
    assert.equal(addressOf(value), null, value);
  }
});

test("the texts of an entry fit until their JSON has 200,000 bytes, one more byte does not", () => {
  const around = '{"what":""}'.length;
  assert.equal(charactersOver({ what: "a".repeat(200_000 - around) }), 0);
  assert.equal(charactersOver({ what: "a".repeat(200_001 - around) }), 1);
  assert.equal(charactersOver({ what: "€".repeat(66_667) }), 4);
});

test("two texts that fit alone can be too long together", () => {
  assert.equal(charactersOver({ what: "a".repeat(100_000) }), 0);
  assert.ok(charactersOver({ what: "a".repeat(100_000), about: "a".repeat(100_000) }) > 0);
});

test("what JSON spells longer counts as long as it is spelled", () => {
  assert.equal(charactersOver({ what: "a".repeat(150_000) }), 0);
  assert.ok(charactersOver({ what: "\n".repeat(150_000) }) > 0);
});

test("two different words are asked back, in the order of the paper", () => {
  for (let first = 0; first < 8; first += 1) {
    for (let second = 0; second < 7; second += 1) {
      const draws = [first, second];
      const [low, high] = pickTwo(8, () => draws.shift() ?? 0);
      assert.ok(low < high && high < 8);
    }
  }
});
