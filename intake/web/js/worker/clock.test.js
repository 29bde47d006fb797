// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { amsterdamDay } from "./clock.js";

test("the day turns at midnight in Amsterdam, in winter and in summer", () => {
  assert.equal(amsterdamDay(new Date("2026-11-22T22:59:59Z")), "2026-11-22");
  assert.equal(amsterdamDay(new Date("2026-11-22T23:00:00Z")), "2026-11-23");
  assert.equal(amsterdamDay(new Date("2026-07-01T22:00:00Z")), "2026-07-02");
});
