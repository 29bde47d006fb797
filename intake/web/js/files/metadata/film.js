// SPDX-License-Identifier: EUPL-1.2
/**
 * Films and sound in MP4 and QuickTime without what is not needed to play them (ISO/IEC 14496-12).
 *
 * Nothing moves: a box that is not needed becomes an empty `free` box of the same length, since players find every
 * picture by its place in the file. Tracks that are neither seen nor heard (a route, movements, the time of day) go
 * with their samples.
 */
import { boxesOf } from "./boxes.js";
import { Movie } from "./movie.js";
import { FREE, Patches } from "./patches.js";
import { UnreadableError, bytesOf } from "./pieces.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {import("./pieces.js").Removed} Removed */

const NEEDED = ["ftyp", "styp", "moov", "moof", "mdat", "sidx", "ssix", "mfra"];
const EMPTY = ["free", "skip", "wide"];
/** @type {Record<string, Removed>} */
const KINDS = { udta: "camera", meta: "camera", uuid: "camera" };
const STEP = 1_048_576;

/** @param {Blob} file of any length @returns {Promise<import("./pieces.js").CleanedFile>} @throws {UnreadableError} */
export async function cleanFilm(file) {
  const boxes = await boxesOf(file);
  if (boxes.filter(({ type }) => type === "moov").length !== 1) throw new UnreadableError("no film, or two");
  const patches = new Patches();
  /** @type {Set<Removed>} */
  const removed = new Set();
  for (const box of boxes.filter(({ type }) => !NEEDED.includes(type))) {
    if (EMPTY.includes(box.type) && (await isEmpty(file, box))) continue;
    patches.write(box.start + 4, FREE);
    patches.clear(box.body, box.end);
    removed.add(KINDS[box.type] ?? "other");
  }
  for (const box of boxes.filter(({ type }) => type === "moov" || type === "moof")) {
    const bytes = await bytesOf(file.slice(box.start, box.end));
    new Movie(bytes, box.start, patches, removed).clean(boxes);
  }
  return { file: patches.apply(file), removed };
}

/** @param {Blob} file @param {Box} box */
async function isEmpty(file, { body, end }) {
  for (let place = body; place < end; place += STEP) {
    const bytes = new Uint8Array(await file.slice(place, Math.min(end, place + STEP)).arrayBuffer());
    if (bytes.some((byte) => byte !== 0)) return false;
  }
  return true;
}
