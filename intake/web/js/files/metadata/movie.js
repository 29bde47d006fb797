// SPDX-License-Identifier: EUPL-1.2
/** What is left out of a film's description of itself, `moov`, and of its fragments' (ISO/IEC 14496-12 section 8). */
import { boxesIn } from "./boxes.js";
import { FREE } from "./patches.js";
import { UnreadableError, letters, slice } from "./pieces.js";
import { samplesOf } from "./tracks.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {import("./tracks.js").Range} Range */

/** Boxes that are needed to play, by the box that they stand in. @type {Record<string, string[]>} */
const NEEDED = {
  moov: ["mvhd", "trak", "mvex", "iods"],
  trak: ["tkhd", "edts", "mdia", "tref"],
  mdia: ["mdhd", "hdlr", "minf", "elng"],
  minf: ["vmhd", "smhd", "nmhd", "sthd", "gmhd", "hdlr", "dinf", "stbl"],
  stbl: "stsd stts ctts cslg stss stps stsz stz2 stsc stco co64 sdtp sgpd sbgp subs saiz saio senc".split(" "),
  moof: ["mfhd", "traf"],
  traf: "tfhd tfdt trun sgpd sbgp subs saiz saio senc sdtp".split(" "),
};
const EMPTY = ["free", "skip", "wide"];
/** Tracks that are seen or heard, by their handler. */
const SHOWN = ["vide", "soun", "sbtl", "subt", "clcp", "text", "auxv", "pict"];
/** @type {Record<string, Removed>} */
const KINDS = { udta: "camera", meta: "camera", uuid: "camera" };
const TIMED = ["mvhd", "tkhd", "mdhd"];
const AFTER_FLAGS = 4;
/** Places in the sample entry of a moving picture: who made the program, and its name. @type {[number, number][]} */
const PROGRAM = [[20, 24], [50, 82]];
const PICTURE_ENTRY = 86;
const OWN_DATA = 12;

export class Movie {
  #bytes;
  #base;
  #patches;
  #removed;
  /** Whether a track was left out, so that others may no longer refer to it. */
  #lost = false;
  /** Whether the track at hand is a moving picture. */
  #moving = false;

  /**
   * @param {Uint8Array} bytes of one box
   * @param {number} base its place in the file
   * @param {import("./patches.js").Patches} patches
   * @param {Set<Removed>} removed
   */
  constructor(bytes, base, patches, removed) {
    this.#bytes = bytes;
    this.#base = base;
    this.#patches = patches;
    this.#removed = removed;
  }

  /**
   * @param {boolean} whole it has no fragments
   * @returns {Range[]} the samples of the tracks that stay, but not those of fragments
   * @throws {UnreadableError}
   */
  clean(whole) {
    const [box] = boxesIn(this.#bytes, 0, this.#bytes.length);
    if (!box) throw new UnreadableError("a film has no description");
    const tracks = this.#inside(box).filter(({ type }) => type === "trak");
    if (box.type === "moov" && tracks.length === 0) throw new UnreadableError("a film has no tracks");
    const unseen = tracks.filter((track) => !SHOWN.includes(this.#handlerOf(track)));
    if (unseen.length === tracks.length && box.type === "moov") throw new UnreadableError("a film has nothing to see or hear");
    if (unseen.length > 0 && !whole) throw new UnreadableError("a film in fragments has a hidden track");
    for (const track of unseen) this.#free(track, "track");
    this.#lost = unseen.length > 0;
    this.#walk(box, unseen);
    return tracks.filter((track) => !unseen.includes(track)).flatMap((track) => this.#samplesOf(track));
  }

  /** @param {Box} box @returns {Box[]} */
  #inside({ body, end }) {
    return boxesIn(this.#bytes, body, end);
  }

  /** @param {Box} from @param {...string} path @returns {Box} @throws {UnreadableError} it is not there */
  #find(from, ...path) {
    const [type, ...rest] = path;
    const found = this.#inside(from).find((box) => box.type === type);
    if (!found) throw new UnreadableError(`a film has no ${type}`);
    return rest.length > 0 ? this.#find(found, ...rest) : found;
  }

  /** @param {Box} track @returns {string} what kind of track it is */
  #handlerOf(track) {
    const { body, end } = this.#find(track, "mdia", "hdlr");
    return letters(slice(this.#bytes.subarray(0, end), body + 8, body + 12));
  }

  /** @param {Box} track @returns {Range[]} */
  #samplesOf(track) {
    return samplesOf(this.#bytes, this.#inside(this.#find(track, "mdia", "minf", "stbl")), this.#handlerOf(track) === "soun");
  }

  /** @param {Box} parent @param {readonly Box[]} done boxes that were dealt with */
  #walk(parent, done) {
    for (const box of this.#inside(parent)) {
      if (done.some(({ start }) => start === box.start)) continue;
      if (!NEEDED[parent.type]?.includes(box.type)) this.#free(box, KINDS[box.type] ?? "other");
      else if (NEEDED[box.type]) this.#enter(box, done);
      else this.#cleanLeaf(box);
    }
  }

  /** @param {Box} box @param {readonly Box[]} done */
  #enter(box, done) {
    if (box.type === "trak") this.#moving = this.#handlerOf(box) === "vide";
    this.#walk(box, done);
  }

  /** @param {Box} box */
  #cleanLeaf(box) {
    const { type, body, end } = box;
    const fields = body + AFTER_FLAGS;
    if (TIMED.includes(type)) this.#clear(fields, fields + (this.#bytes[body] === 1 ? 16 : 8), "times");
    if (type === "hdlr") this.#clear(body + 12, end, "maker");
    if (type === "tref" && this.#lost) this.#free(box, "track");
    if (type === "stsd" && this.#moving) this.#cleanEntries(boxesIn(this.#bytes, body + 8, end));
    if (type === "dinf") this.#cleanPlaces(this.#find(box, "dref"));
  }

  /** @param {readonly Box[]} entries */
  #cleanEntries(entries) {
    for (const { start, end } of entries.filter((entry) => entry.end - entry.start >= PICTURE_ENTRY)) {
      for (const [from, to] of PROGRAM) this.#clear(start + from, Math.min(end, start + to), "maker");
    }
  }

  /** A film whose data are in this file needs no names of other files. @param {Box} list */
  #cleanPlaces({ body, end }) {
    for (const entry of boxesIn(this.#bytes, body + 8, end)) {
      if (this.#bytes[entry.body + 3] !== 1) throw new UnreadableError("a film has its data elsewhere");
      this.#clear(Math.min(entry.end, entry.start + OWN_DATA), entry.end, "numbers");
    }
  }

  /** @param {number} start @param {number} end @param {Removed} why */
  #clear(start, end, why) {
    if (slice(this.#bytes, start, end).every((byte) => byte === 0)) return;
    this.#patches.clear(this.#base + start, this.#base + end);
    this.#removed.add(why);
  }

  /** @param {Box} box becomes an empty one @param {Removed} why */
  #free({ type, start, body, end }, why) {
    if (!EMPTY.includes(type)) this.#patches.write(this.#base + start + 4, FREE);
    if (!EMPTY.includes(type)) this.#removed.add(why);
    this.#clear(body, end, why);
  }
}
