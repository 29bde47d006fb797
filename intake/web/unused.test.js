// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { build } from "esbuild";

import * as whole from "../../crypto/js/age.js";
import { withoutOtherRecipients } from "./unused.mjs";

const AGE = new URL("../../crypto/js/age.js", import.meta.url).pathname;

/** @param {import("esbuild").Plugin[]} plugins */
async function bundled(plugins) {
  const { outputFiles: [file] } = await build({ entryPoints: [AGE], bundle: true, format: "esm", minify: true, write: false, plugins });
  return file?.text ?? "";
}

test("without other kinds of recipients the library is smaller, and seals and opens as before", async () => {
  const short = await bundled([withoutOtherRecipients]);
  /** @type {typeof whole} */
  const age = await import(`data:text/javascript;base64,${Buffer.from(short).toString("base64")}`);
  const seed = new Uint8Array(32).fill(7);
  const plaintext = new TextEncoder().encode("what happened");
  const recipient = await whole.Identity.fromSeed(seed).recipient();

  assert.ok(short.length < 0.9 * (await bundled([])).length);
  assert.deepEqual(await whole.decrypt(await age.encrypt(plaintext, [recipient]), [whole.Identity.fromSeed(seed)]), plaintext);
  assert.deepEqual(await age.decrypt(await whole.encrypt(plaintext, [recipient]), [age.Identity.fromSeed(seed)]), plaintext);
});
