// SPDX-License-Identifier: EUPL-1.2
/**
 * Bundles the reporter's page into intake/static/: scripts, styles, word lists and the notices of bundled packages.
 *
 * Each file is named by its content, `{name}.{hash}.{ext}`, with .gz and .br beside it. `manifest.json` maps a logical
 * name ("page.js") to `{file, sha256, bytes}`; pages render those names into their HTML, so that no script has to guess
 * them. The same sources give the same bytes. A failed build leaves the last good one in place.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { argv, exit } from "node:process";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build as bundle } from "esbuild";

import { withoutOtherRecipients } from "./unused.mjs";

/**
 * The crypto worker is loaded while the reporter types, those that clean files when one is chosen: they stay out of the
 * page's own bundle.
 */
const SCRIPTS = ["page.js", "mailbox.js", "plain.js", "worker.js", "worker.mailbox.js", "worker.pictures.js", "worker.office.js", "worker.pdf.js"];
const LANGUAGES = ["nl", "en"];

/**
 * @typedef {{ file: string, sha256: string, bytes: number }} Published
 * @typedef {{ name: string, content: Uint8Array }} Asset  logical name, such as "page.js"
 */

/**
 * Builds all assets from `root` into `out`.
 *
 * @param {string} root the repository
 * @param {string} out replaced as a whole
 * @returns {Promise<Record<string, Published>>} what manifest.json holds
 * @throws {Error} naming every missing source, or what the bundler refused
 */
export async function build(root, out) {
  const sources = await listSources(root);
  const { assets, packages } = await bundleSources(root, sources.bundled);
  for (const [name, path] of sources.copied) assets.push({ name, content: await readFile(path) });
  assets.push({ name: "notices.txt", content: await notices(packages) });
  return publish(assets, out);
}

/**
 * @param {string} root
 * @returns {Promise<{ bundled: string[], copied: [string, string][] }>}
 */
async function listSources(root) {
  const web = join(root, "intake", "web");
  const scripts = SCRIPTS.map((file) => join(web, "js", file));
  const themes = existsSync(join(web, "themes")) ? (await readdir(join(web, "themes"))).sort() : [];
  /** @type {[string, string][]} */
  const copied = LANGUAGES.map((code) => [`words.${code}.txt`, join(root, "crypto", "words", `${code}.txt`)]);
  const missing = [...scripts, ...copied.map(([, path]) => path)].filter((path) => !existsSync(path));
  if (missing.length > 0) throw new Error(`missing sources, nothing was built:\n  ${missing.join("\n  ")}`);
  // Each theme brings the whole style sheet with it, so that a page asks for one file.
  const styles = themes.filter((file) => file.endsWith(".css")).map((file) => join(web, "themes", file));
  return { bundled: [...scripts, ...styles], copied };
}

/**
 * @param {string} root
 * @param {string[]} entryPoints
 * @returns {Promise<{ assets: Asset[], packages: string[] }>} bundles, and folders of the packages that are in them
 */
async function bundleSources(root, entryPoints) {
  const result = await bundle({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    minify: true,
    // notices.txt carries them, whole, for every bundled package.
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    outdir: "bundled",
    entryNames: "[name]",
    write: false,
    plugins: [withoutOtherRecipients],
  });
  const assets = result.outputFiles.map(({ path, contents }) => ({ name: logicalName(path), content: contents }));
  const folders = Object.keys(result.metafile.inputs).map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
  return { assets, packages: packages.map((folder) => join(root, folder)) };
}

/** @param {string} path of a bundle */
function logicalName(path) {
  return path.endsWith(".css") ? `theme.${basename(path)}` : basename(path);
}

/**
 * @param {string[]} packages folders of bundled packages
 * @returns {Promise<Uint8Array>} name, version and licence of each package, and each licence's text once
 */
async function notices(packages) {
  /** @type {Map<string, string[]>} */
  const named = new Map();
  for (const folder of packages) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : (await readFile(join(folder, file), "utf8")).trim();
    named.set(text, [...(named.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return Buffer.from([...named].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join("\n\n"));
}

/**
 * @param {Asset[]} assets
 * @param {string} out
 */
async function publish(assets, out) {
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  /** @type {Record<string, Published>} */
  const manifest = {};
  for (const { name, content } of assets.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const sha256 = createHash("sha256").update(content).digest("hex");
    const file = name.replace(/(?=\.[^.]+$)/, `.${sha256.slice(0, 16)}`);
    await writeCompressed(join(fresh, file), content);
    manifest[name] = { file, sha256, bytes: content.length };
  }
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
  return manifest;
}

/**
 * @param {string} path
 * @param {Uint8Array} content
 */
async function writeCompressed(path, content) {
  await writeFile(path, content);
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${path}.br`, brotliCompressSync(content, { params: size }));
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const root = join(import.meta.dirname, "..", "..");
  try {
    const manifest = await build(root, join(root, "intake", "static"));
    for (const [name, { bytes, file }] of Object.entries(manifest)) console.log(`${name}: ${bytes} bytes, ${file}`);
  } catch (error) {
    console.error(`build.mjs: ${error instanceof Error ? error.message : error}`);
    exit(1);
  }
}
