// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { build } from "../../intake/web/build.mjs";

const SOURCES = {
  "intake/web/js/page.js": 'import { seal } from "sealer";\ndocument.title = seal("page");\n',
  "intake/web/js/mailbox.js": 'document.title = "mailbox";\n',
  "intake/web/js/plain.js": 'document.title = "plain";\n',
  "intake/web/js/worker.js": "postMessage(1);\n",
  "intake/web/js/worker.mailbox.js": "postMessage(5);\n",
  "intake/web/js/worker.pictures.js": "postMessage(2);\n",
  "intake/web/js/worker.office.js": "postMessage(3);\n",
  "intake/web/js/worker.pdf.js": "postMessage(4);\n",
  "intake/web/themes/neutral.css": "body { color: black; }\n",
  "crypto/words/nl.txt": "aap\nnoot\n",
  "crypto/words/en.txt": "ape\nnut\n",
  "node_modules/sealer/package.json": '{ "name": "sealer", "version": "1.2.3", "license": "MIT", "main": "index.js" }',
  "node_modules/sealer/index.js": "export const seal = (text) => text;\n",
  "node_modules/sealer/LICENSE": "Permission is granted to everybody.",
};

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "build-"));
  for (const [path, content] of Object.entries(SOURCES)) await put(path, content);
});
afterEach(() => rm(root, { recursive: true }));

/** @param {string} path @param {string} content */
async function put(path, content) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

/** @param {string} folder */
async function contents(folder) {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString("base64")]));
}

test("every logical name leads to a file that is named by its content", async () => {
  const manifest = await build(root, join(root, "static"));
  const names = "mailbox.js notices.txt page.js plain.js theme.neutral.css words.en.txt words.nl.txt worker.js worker.mailbox.js worker.office.js worker.pdf.js worker.pictures.js".split(" ");
  assert.deepEqual(Object.keys(manifest), names);
  for (const [name, { file, sha256, bytes }] of Object.entries(manifest)) {
    const content = await readFile(join(root, "static", file));
    assert.equal(content.length, bytes, name);
    assert.equal(createHash("sha256").update(content).digest("hex"), sha256, name);
    assert.equal(file, name.replace(/\.(?=\w+$)/, `.${sha256.slice(0, 16)}.`));
  }
  assert.deepEqual(JSON.parse(await readFile(join(root, "static", "manifest.json"), "utf8")), manifest);
});

test("the prepared gzip and Brotli files unpack to the file beside them", async () => {
  const manifest = await build(root, join(root, "static"));
  for (const { file } of Object.values(manifest)) {
    const plain = await readFile(join(root, "static", file));
    assert.deepEqual(gunzipSync(await readFile(join(root, "static", `${file}.gz`))), plain);
    assert.deepEqual(brotliDecompressSync(await readFile(join(root, "static", `${file}.br`))), plain);
  }
});

test("two builds of the same sources are equal to the byte", async () => {
  await build(root, join(root, "one"));
  await build(root, join(root, "two"));
  assert.deepEqual(await contents(join(root, "one")), await contents(join(root, "two")));
});

test("the notices carry the licence of each bundled package", async () => {
  const manifest = await build(root, join(root, "static"));
  const text = await readFile(join(root, "static", manifest["notices.txt"]?.file ?? ""), "utf8");
  assert.equal(text, "sealer 1.2.3 (MIT)\n\nPermission is granted to everybody.\n");
});

test("a missing source is named and the last good build stays", async () => {
  await build(root, join(root, "static"));
  const before = await contents(join(root, "static"));
  await rm(join(root, "intake/web/js/worker.js"));
  await rm(join(root, "crypto/words/en.txt"));
  await assert.rejects(build(root, join(root, "static")), /missing sources[^]*worker\.js[^]*en\.txt/);
  assert.deepEqual(await contents(join(root, "static")), before);
});

test("a file that no longer belongs to the page is gone after the next build", async () => {
  const first = await build(root, join(root, "static"));
  await put("intake/web/themes/neutral.css", "body { color: blue; }\n");
  await build(root, join(root, "static"));
  assert.ok(!(await readdir(join(root, "static"))).includes(first["theme.neutral.css"]?.file ?? "?"));
});
