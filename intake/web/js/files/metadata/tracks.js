// SPDX-License-Identifier: EUPL-1.2
/** Where the samples of a film's track lie in the file (ISO/IEC 14496-12 sections 8.7.3 to 8.7.5). */
import { boxesIn } from "./boxes.js";
import { UnreadableError, viewOf } from "./pieces.js";
import { lengthOfSound } from "./sound.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {[start: number, end: number]} Range */

const AFTER_FLAGS = 4;

/**
 * @param {Uint8Array} bytes with the boxes
 * @param {readonly Box[]} table what the track's `stbl` holds
 * @param {boolean} heard whether they are sound
 * @returns {Range[]} one for each chunk of samples
 * @throws {UnreadableError} the tables do not fit together
 */
export function samplesOf(bytes, table, heard) {
  refuseExtras(table);
  const view = (/** @type {string} */ type) => {
    const box = table.find((one) => one.type === type);
    return box && viewOf(bytes.subarray(box.body + AFTER_FLAGS, box.end));
  };
  const [sizes, runs] = [view("stsz"), view("stsc")];
  const places = chunkPlaces(view("stco"), view("co64"));
  if (!sizes || !runs) throw new UnreadableError("a track does not say where its samples are");
  const entries = heard ? table.filter(({ type }) => type === "stsd").flatMap(({ body, end }) => boxesIn(bytes, body + 8, end)) : [];
  const sizeOf = sampleSizes(sizes, (said) => Math.max(said, ...entries.map((entry) => lengthOfSound(bytes, entry, said))));
  const countIn = samplesPerChunk(runs);
  let sample = 0;
  return places.map((start, chunk) => {
    const count = countIn(chunk + 1);
    const size = sizeOf(sample, count);
    sample += count;
    return [start, start + size];
  });
}

/** Keys and the like lie between the samples, and nothing plays without them. @param {readonly Box[]} parts @throws {UnreadableError} there are some */
export function refuseExtras(parts) {
  if (parts.some(({ type }) => type === "saio")) throw new UnreadableError("samples need more than themselves");
}

/** @param {DataView | undefined} small @param {DataView | undefined} large @returns {number[]} */
function chunkPlaces(small, large) {
  const view = large ?? small;
  if (!view) throw new UnreadableError("a track does not say where its chunks are");
  return Array.from({ length: countOf(view, 0, large ? 8 : 4) }, (_, chunk) =>
    large ? Number(view.getBigUint64(4 + chunk * 8)) : view.getUint32(4 + chunk * 4),
  );
}

/** @param {DataView} view @param {(said: number) => number} trueSize of samples of one size @returns {(first: number, count: number) => number} bytes of that many samples */
function sampleSizes(view, trueSize) {
  const said = view.getUint32(0);
  const same = said > 0 ? trueSize(said) : 0;
  if (same > 0) return (_, count) => same * count;
  const known = countOf(view, 4, 4);
  return (first, count) => {
    if (first + count > known) throw new UnreadableError("a track has chunks without samples");
    let sum = 0;
    for (let sample = first; sample < first + count; sample += 1) sum += view.getUint32(8 + sample * 4);
    return sum;
  };
}

/** @param {DataView} view @returns {(chunk: number) => number} for chunks in order, the first is 1 */
function samplesPerChunk(view) {
  const known = countOf(view, 0, 12);
  let run = 0;
  return (chunk) => {
    while (run + 1 < known && view.getUint32(4 + (run + 1) * 12) <= chunk) run += 1;
    return view.getUint32(8 + run * 12);
  };
}

/** @param {DataView} view @param {number} place of the count @param {number} size of each that follows it */
function countOf(view, place, size) {
  const count = view.getUint32(place);
  if (place + 4 + count * size > view.byteLength) throw new UnreadableError("a table is longer than its box");
  return count;
}
