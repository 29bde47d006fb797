// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { SessionWatch, watchLife } from "./session.js";

const MINUTE = 60_000;

/** @param {(parts: { watch: SessionWatch, told: string[], pass: (minutes: number) => void }) => void} run */
function withClock(run) {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
  /** @type {string[]} */
  const told = [];
  const steps = { warn: () => told.push("warned"), goOn: () => told.push("going on"), end: () => told.push("ended") };
  const watch = new SessionWatch(steps);
  try {
    watch.start();
    run({ watch, told, pass: (minutes) => mock.timers.tick(minutes * MINUTE) });
  } finally {
    watch.stop();
    mock.timers.reset();
  }
}

test("R14: the end is announced two minutes before, and comes after fifteen", () => {
  withClock(({ told, pass }) => {
    pass(12.9);
    assert.deepEqual(told, []);
    pass(0.2);
    assert.deepEqual(told, ["warned"]);
    pass(2);
    assert.deepEqual(told, ["warned", "ended"]);
  });
});

test("R14: who is still there has fifteen minutes again, any number of times", () => {
  withClock(({ watch, told, pass }) => {
    for (let time = 0; time < 3; time += 1) {
      pass(13.5);
      watch.touch();
    }
    assert.deepEqual(told, ["warned", "going on", "warned", "going on", "warned", "going on"]);
  });
});

test("typing puts the end off without a word", () => {
  withClock(({ watch, told, pass }) => {
    const page = new EventTarget();
    watchLife(page, watch);
    for (let time = 0; time < 4; time += 1) {
      pass(10);
      page.dispatchEvent(new Event("input"));
    }
    assert.deepEqual(told, []);
  });
});

test("a closed mailbox does not end once more", () => {
  withClock(({ watch, told, pass }) => {
    watch.stop();
    pass(30);
    assert.deepEqual(told, []);
  });
});
