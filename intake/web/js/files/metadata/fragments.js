// SPDX-License-Identifier: EUPL-1.2
/** Where the samples of a film's fragments lie in the file (ISO/IEC 14496-12 sections 8.8.3, 8.8.7 and 8.8.8). */
import { boxesIn } from "./boxes.js";
import { UnreadableError, viewOf } from "./pieces.js";
import { refuseExtras } from "./tracks.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {import("./tracks.js").Range} Range */
/** @typedef {Map<number, number>} Sizes of samples that do not say their own, by track */

/** Flags of `tfhd`: what it says, and that places count from the fragment. */
const OF_HEAD = { base: 0x1, entry: 0x2, duration: 0x8, size: 0x10, inFragment: 0x20000 };
/** Flags of `trun`: what it says once, and of each sample. */
const OF_RUN = { place: 0x1, first: 0x4, duration: 0x100, size: 0x200, each: [0x100, 0x200, 0x400, 0x800] };

/** @param {Uint8Array} bytes of `moov` @returns {Sizes} */
export function usualSizes(bytes) {
  const entries = inside(bytes, only(bytes)).filter(({ type }) => type === "mvex").flatMap((box) => inside(bytes, box));
  return new Map(
    entries.filter(({ type }) => type === "trex").map((entry) => {
      const view = contentOf(bytes, entry);
      return [view.getUint32(4), view.getUint32(16)];
    }),
  );
}

/**
 * @param {Uint8Array} bytes of `moof`
 * @param {number} base its place in the file
 * @param {Sizes} usual
 * @returns {Range[]} one for each run of samples
 * @throws {UnreadableError} the fragment does not say where they are
 */
export function samplesInFragment(bytes, base, usual) {
  /** @type {Range[]} */
  const found = [];
  for (const track of inside(bytes, only(bytes)).filter(({ type }) => type === "traf")) {
    const parts = inside(bytes, track);
    refuseExtras(parts);
    const head = parts.find(({ type }) => type === "tfhd");
    if (!head) throw new UnreadableError("a fragment does not say of which track it is");
    const { start, size } = readHead(contentOf(bytes, head), base, found.at(-1)?.[1] ?? base, usual);
    let next = start;
    for (const run of parts.filter(({ type }) => type === "trun")) {
      const range = readRun(contentOf(bytes, run), start, next, size);
      found.push(range);
      next = range[1];
    }
  }
  return found;
}

/** @param {Uint8Array} bytes @param {Box} box */
const inside = (bytes, { body, end }) => boxesIn(bytes, body, end);

/** @param {Uint8Array} bytes @param {Box} box @returns {DataView} from its version and flags on */
const contentOf = (bytes, { body, end }) => viewOf(bytes.subarray(body, end));

/** @param {Uint8Array} bytes of one box @returns {Box} */
function only(bytes) {
  const [box] = boxesIn(bytes, 0, bytes.length);
  if (!box) throw new UnreadableError("a film has no description");
  return box;
}

/** @param {DataView} view of `tfhd` @param {number} fragment @param {number} next where the track before it ends @param {Sizes} usual */
function readHead(view, fragment, next, usual) {
  const flags = view.getUint32(0) & 0xffffff;
  let place = 8;
  let start = flags & OF_HEAD.inFragment ? fragment : next;
  if (flags & OF_HEAD.base) {
    start = Number(view.getBigUint64(place));
    place += 8;
  }
  for (const flag of [OF_HEAD.entry, OF_HEAD.duration]) if (flags & flag) place += 4;
  return { start, size: flags & OF_HEAD.size ? view.getUint32(place) : usual.get(view.getUint32(4)) };
}

/** @param {DataView} view of `trun` @param {number} start of the track's data @param {number} next where the run before it ends @param {number | undefined} usual size of a sample @returns {Range} */
function readRun(view, start, next, usual) {
  const flags = view.getUint32(0) & 0xffffff;
  const count = view.getUint32(4);
  const from = flags & OF_RUN.place ? start + view.getInt32(8) : next;
  if (!(flags & OF_RUN.size)) {
    if (usual === undefined) throw new UnreadableError("a fragment does not say how long its samples are");
    return [from, from + count * usual];
  }
  const first = 8 + [OF_RUN.place, OF_RUN.first].filter((flag) => flags & flag).length * 4 + (flags & OF_RUN.duration ? 4 : 0);
  const step = OF_RUN.each.filter((flag) => flags & flag).length * 4;
  let end = from;
  for (let sample = 0; sample < count; sample += 1) end += view.getUint32(first + sample * step);
  return [from, end];
}
