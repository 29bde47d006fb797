// SPDX-License-Identifier: EUPL-1.2
/**
 * Films and sound in MP4 and QuickTime without what is not needed to play them (ISO/IEC 14496-12).
 *
 * Nothing moves: a box that is not needed becomes an empty `free` box of the same length, since players find every
 * picture by its place in the file. Tracks that are neither seen nor heard (a route, movements, the time of day) go.
 * Of the data only the samples of the tracks that stay are kept, all other bytes become zeros.
 */
import { boxesOf } from "./boxes.js";
import { samplesInFragment, usualSizes } from "./fragments.js";
import { Movie } from "./movie.js";
import { FREE, Patches } from "./patches.js";
import { UnreadableError, bytesOf } from "./pieces.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {import("./tracks.js").Range} Range */

const NEEDED = ["ftyp", "styp", "moov", "moof", "mdat", "sidx", "ssix", "mfra"];
const EMPTY = ["free", "skip", "wide"];
/** @type {Record<string, Removed>} */
const KINDS = { udta: "camera", meta: "camera", uuid: "camera" };
const STEP = 1_048_576;

/** @param {Blob} file of any length @returns {Promise<import("./pieces.js").CleanedFile>} @throws {UnreadableError} */
export async function cleanFilm(file) {
  const boxes = await boxesOf(file);
  const [film, ...more] = boxes.filter(({ type }) => type === "moov");
  if (!film || more.length > 0) throw new UnreadableError("no film, or two");
  const patches = new Patches();
  /** @type {Set<Removed>} */
  const removed = new Set();
  for (const box of boxes.filter(({ type }) => !NEEDED.includes(type))) {
    if (EMPTY.includes(box.type) && (await isEmpty(file, box.body, box.end))) continue;
    patches.write(box.start + 4, FREE);
    patches.clear(box.body, box.end);
    removed.add(KINDS[box.type] ?? "other");
  }
  const samples = await cleanDescriptions(file, film, boxes.filter(({ type }) => type === "moof"), patches, removed);
  for (const [start, end] of gapsBetween(samples, boxes.filter(({ type }) => type === "mdat"))) {
    if (await isEmpty(file, start, end)) continue;
    patches.clear(start, end);
    removed.add("other");
  }
  return { file: patches.apply(file), removed };
}

/** @param {Blob} file @param {Box} film @param {readonly Box[]} fragments @param {Patches} patches @param {Set<Removed>} removed @returns {Promise<Range[]>} samples that stay */
async function cleanDescriptions(file, film, fragments, patches, removed) {
  const description = await bytesOf(file.slice(film.start, film.end));
  const found = [new Movie(description, film.start, patches, removed).clean(fragments.length === 0)];
  const usual = usualSizes(description);
  for (const { start, end } of fragments) {
    const bytes = await bytesOf(file.slice(start, end));
    new Movie(bytes, start, patches, removed).clean(false);
    found.push(samplesInFragment(bytes, start, usual));
  }
  return found.flat();
}

/** @param {Range[]} samples @param {readonly Box[]} data in order @returns {Range[]} what is in the data and in no sample @throws {UnreadableError} a sample is not in the data */
function gapsBetween(samples, data) {
  const left = samples.filter(([start, end]) => start !== end).sort((one, other) => one[0] - other[0]);
  /** @type {Range[]} */
  const gaps = [];
  let next = 0;
  for (const { body, end } of data) {
    let place = body;
    for (let sample = left[next]; sample && sample[0] < end; sample = left[(next += 1)]) {
      if (sample[0] < body || sample[1] > end) throw new UnreadableError("a track is not in the file");
      if (sample[0] > place) gaps.push([place, sample[0]]);
      place = Math.max(place, sample[1]);
    }
    if (place < end) gaps.push([place, end]);
  }
  if (next < left.length) throw new UnreadableError("a track is not in the file");
  return gaps;
}

/** @param {Blob} file @param {number} start @param {number} end */
async function isEmpty(file, start, end) {
  for (let place = start; place < end; place += STEP) {
    const bytes = new Uint8Array(await file.slice(place, Math.min(end, place + STEP)).arrayBuffer());
    if (bytes.some((byte) => byte !== 0)) return false;
  }
  return true;
}
