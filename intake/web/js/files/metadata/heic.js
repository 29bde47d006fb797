// SPDX-License-Identifier: EUPL-1.2
/**
 * HEIC and AVIF without what is not needed to show the picture (ISO/IEC 23008-12).
 *
 * Nothing moves: of the data, only bytes that belong to a picture are kept, all others become zeros. A kind of item or
 * property that is not known makes the whole file one that cannot be cleaned.
 */
import { boxesIn } from "./boxes.js";
import { essentialsIn, itemsIn, placesIn } from "./items.js";
import { FREE } from "./patches.js";
import { UnreadableError, letters, slice } from "./pieces.js";

/** @typedef {import("./boxes.js").Box} Box */
/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {import("./tracks.js").Range} Range */

const PICTURES = ["hvc1", "hev1", "av01", "grid", "iovl", "iden", "tmap"];
const HIDDEN = ["Exif", "mime", "uri "];
const OF_META = ["hdlr", "pitm", "iinf", "iloc", "iprp", "iref", "idat", "dinf", "grpl"];
const PROPERTIES = "ispe pixi hvcC av1C irot imir clap pasp auxC lsel a1op a1lx clli mdcv cclv amve rloc tols reve ndwt".split(" ");
const COLOURS = ["nclx", "nclc"];
/** @type {Record<string, Removed>} */
const DESCRIPTIONS = { udes: "text", altt: "text", crtt: "times", mdft: "times" };
/** What a reader of camera data finds in their place: no data at all. */
const NO_CAMERA = [0, 0, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0];

/** @param {Uint8Array<ArrayBuffer>} bytes changed @returns {Set<Removed>} @throws {UnreadableError} */
export function cleanHeic(bytes) {
  const boxes = boxesIn(bytes, 0, bytes.length);
  const metas = boxes.filter(({ type }) => type === "meta");
  const [meta] = metas;
  if (!meta || metas.length > 1) throw new UnreadableError("no picture");
  if (boxes.some(({ type }) => type === "moov")) throw new UnreadableError("pictures that move are not read");
  const eraser = new Eraser(bytes);
  for (const box of boxes) if (!["ftyp", "meta", "mdat"].includes(box.type)) eraser.free(box, "tail");
  const parts = boxesIn(bytes, meta.body + 4, meta.end);
  for (const box of parts) if (!OF_META.includes(box.type)) eraser.free(box, "other");
  const hdlr = only(parts, "hdlr");
  eraser.clear(hdlr.body + 12, hdlr.end, "maker");
  cleanProperties(bytes, only(parts, "iprp"), eraser);
  cleanItems(bytes, parts, boxes.filter(({ type }) => type === "mdat"), eraser);
  return eraser.removed;
}

/** @param {readonly Box[]} boxes @param {string} type @returns {Box} @throws {UnreadableError} there is not exactly one */
function only(boxes, type) {
  const [found, ...more] = boxes.filter((box) => box.type === type);
  if (!found || more.length > 0) throw new UnreadableError(`a picture has no ${type}, or two`);
  return found;
}

/** @param {Uint8Array} bytes @param {Box} iprp @param {Eraser} eraser */
function cleanProperties(bytes, iprp, eraser) {
  const inside = boxesIn(bytes, iprp.body, iprp.end);
  const container = only(inside, "ipco");
  const essential = essentialsIn(bytes, only(inside, "ipma"));
  for (const [place, box] of boxesIn(bytes, container.body, container.end).entries()) {
    const why = whyNot(bytes, box);
    if (!why) continue;
    if (essential.has(place + 1)) throw new UnreadableError("a picture needs its description to be shown");
    eraser.free(box, why);
  }
}

/** @param {Uint8Array} bytes @param {Box} property @returns {Removed | null} null for what is needed */
function whyNot(bytes, { type, body }) {
  if (PROPERTIES.includes(type)) return null;
  if (type === "colr") return COLOURS.includes(letters(slice(bytes, body, body + 4))) ? null : "colour";
  const why = type === "free" ? "other" : DESCRIPTIONS[type];
  if (!why) throw new UnreadableError("a picture has an unknown property");
  return why;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {readonly Box[]} parts of `meta` @param {readonly Box[]} data @param {Eraser} eraser */
function cleanItems(bytes, parts, data, eraser) {
  const iinf = only(parts, "iinf");
  const items = itemsIn(bytes, boxesIn(bytes, iinf.body + (bytes[iinf.body] === 0 ? 6 : 8), iinf.end));
  if (items.some(({ type }) => !PICTURES.includes(type) && !HIDDEN.includes(type))) throw new UnreadableError("a picture has an unknown item");
  const idat = parts.filter(({ type }) => type === "idat");
  const places = placesIn(bytes, only(parts, "iloc"));
  /** @param {string[]} types @returns {Range[]} */
  const rangesOf = (types) =>
    places.filter(({ id }) => types.includes(items.find((item) => item.id === id)?.type ?? "")).flatMap((place) => rangesIn(place, idat, data));
  const kept = rangesOf(PICTURES);
  const hidden = rangesOf(HIDDEN);
  if (kept.length === 0) throw new UnreadableError("a picture has no bytes");
  if (hidden.some(([start, end]) => kept.some((one) => start < one[1] && one[0] < end))) throw new UnreadableError("a picture shares its bytes");
  for (const { type, rest } of items) if (HIDDEN.includes(type)) eraser.clear(...rest, "camera");
  for (const [start, end] of hidden) eraser.erase(start, end, NO_CAMERA, "camera");
  const known = [...kept, ...hidden].sort((one, other) => one[0] - other[0]);
  for (const { body, end } of [...idat, ...data]) eraser.clearBetween(body, end, known);
}

/** @param {import("./items.js").Place} place @param {readonly Box[]} idat @param {readonly Box[]} data @returns {Range[]} */
function rangesIn({ within, extents }, idat, data) {
  const boxes = within === "file" ? data : idat;
  const base = within === "file" ? 0 : (idat[0]?.body ?? 0);
  return extents.map(([offset, length]) => {
    const [start, end] = [base + offset, base + offset + length];
    if (!boxes.some((box) => box.body <= start && end <= box.end)) throw new UnreadableError("an item is not in the data");
    return [start, end];
  });
}

/** Replaces bytes by as many others, and remembers why where that changed anything. */
class Eraser {
  /** @type {Set<Removed>} */
  removed = new Set();
  #bytes;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** @param {number} start @param {number} end @param {readonly number[]} instead what stands there then, before zeros @param {Removed} why */
  erase(start, end, instead, why) {
    const part = slice(this.#bytes, start, end);
    const wanted = new Uint8Array(part.length);
    if (instead.length <= part.length) wanted.set(instead);
    if (part.every((byte, place) => byte === wanted[place])) return;
    part.set(wanted);
    this.removed.add(why);
  }

  /** @param {number} start @param {number} end @param {Removed} why */
  clear(start, end, why) {
    this.erase(start, end, [], why);
  }

  /** @param {Box} box becomes an empty one @param {Removed} why */
  free({ start, body, end }, why) {
    this.erase(start + 4, start + 8, [...FREE], why);
    this.clear(body, end, why);
  }

  /** @param {number} start @param {number} end @param {readonly Range[]} known what stays between them, by start */
  clearBetween(start, end, known) {
    let place = start;
    for (const [from, to] of known.filter((range) => range[0] < end && start < range[1])) {
      if (from > place) this.clear(place, from, "other");
      place = Math.max(place, to);
    }
    if (place < end) this.clear(place, end, "other");
  }
}
