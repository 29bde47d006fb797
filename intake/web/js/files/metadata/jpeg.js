// SPDX-License-Identifier: EUPL-1.2
/**
 * JPEG without what is not needed to show it (ITU-T T.81 annex B; Exif 2.3 section 4.6).
 *
 * Only segments that a decoder needs are kept, byte for byte; all others go, whatever they are called, and so does what
 * follows the end of the picture. The picture's rotation stands in the camera's data, so it is written anew, alone.
 */
import { UnreadableError, letters, slice, viewOf } from "./pieces.js";

/** @typedef {import("./pieces.js").Removed} Removed */

const [SOI, EOI, SOS, COM, TEM] = [0xd8, 0xd9, 0xda, 0xfe, 0x01];
const [APP0, APP1, APP2, APP14] = [0xe0, 0xe1, 0xe2, 0xee];
const ORIENTATION = 0x0112;
const JFIF_WITHOUT_THUMBNAIL = 18;

/** @param {Uint8Array} bytes @returns {import("./pieces.js").Cleaned} @throws {UnreadableError} */
export function cleanJpeg(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw new UnreadableError("no JPEG");
  /** @type {Uint8Array[]} */
  const kept = [bytes.subarray(0, 2)];
  /** @type {Set<Removed>} */
  const removed = new Set();
  let place = 2;
  for (;;) {
    const { marker, end } = segmentAt(bytes, place);
    const segment = slice(bytes, place, end);
    const why = uselessness(marker, segment);
    const instead = why === "camera" ? rotationOf(segment) : [];
    // A photo that was cleaned before says its rotation and no more.
    if (why && !(instead[0] && same(instead[0], segment))) removed.add(why);
    kept.push(...(why ? instead : [segment]));
    place = end;
    if (marker === EOI) break;
    if (marker === SOS) {
      const scanned = endOfScan(bytes, end);
      kept.push(bytes.subarray(end, scanned));
      place = scanned;
    }
  }
  if (place < bytes.length) removed.add("tail");
  return { kept, removed };
}

/** @param {Uint8Array} bytes @param {number} place */
function segmentAt(bytes, place) {
  const marker = bytes[place + 1] ?? 0;
  if (bytes[place] !== 0xff || marker === 0 || marker === 0xff) throw new UnreadableError("a JPEG segment has no marker");
  if (marker === EOI || marker === TEM || isRestart(marker)) return { marker, end: place + 2 };
  return { marker, end: place + 2 + viewOf(slice(bytes, place + 2, place + 4)).getUint16(0) };
}

/** @param {number} marker */
const isRestart = (marker) => marker >= 0xd0 && marker <= 0xd7;

/** Frames and entropy tables (C8 is reserved), restarts, end, scan, quantisation, lines, restart interval (table B.1). @param {number} marker */
const isNeeded = (marker) => (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xd0 && marker <= 0xdd && marker !== SOI);

/** @param {number} marker @param {Uint8Array} segment @returns {Removed | null} null for what a decoder needs */
function uselessness(marker, segment) {
  const name = letters(segment.subarray(4, 16));
  if (marker === COM) return "text";
  if (isNeeded(marker)) return null;
  if (marker === APP0 && name.startsWith("JFIF\0") && segment.length === JFIF_WITHOUT_THUMBNAIL) return null;
  if (marker === APP14 && name.startsWith("Adobe")) return null;
  if (marker === APP1) return name.startsWith("Exif\0") ? "camera" : "text";
  if (marker === APP2 && name.startsWith("ICC_PROFILE\0")) return "colour";
  return "other";
}

/** @param {Uint8Array} bytes @param {number} start @returns {number} where the next segment begins */
function endOfScan(bytes, start) {
  for (let place = start; ; place += 1) {
    place = bytes.indexOf(0xff, place);
    const next = bytes[place + 1];
    if (place === -1 || next === undefined) throw new UnreadableError("a JPEG has no end");
    if (next !== 0 && next !== 0xff && !isRestart(next)) return place;
  }
}

/** @param {Uint8Array} segment with Exif data @returns {Uint8Array[]} a segment with the rotation alone, or nothing for the usual one */
function rotationOf(segment) {
  const tiff = segment.subarray(10);
  const little = letters(tiff.subarray(0, 2)) === "II";
  const turned = tiff.length < 8 ? 1 : orientationIn(viewOf(tiff), little);
  if (turned < 2 || turned > 8) return [];
  const directory = [0, 1, ORIENTATION >> 8, ORIENTATION & 0xff, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0];
  return [Uint8Array.from([0xff, APP1, 0, 34, ...codes("Exif\0\0MM"), 0, 42, 0, 0, 0, 8, ...directory])];
}

/** @param {Uint8Array} one @param {Uint8Array} other */
const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

/** @param {string} text */
const codes = (text) => [...text].map((letter) => letter.charCodeAt(0));

/** @param {DataView} tiff @param {boolean} little @returns {number} 1 when nothing is said */
function orientationIn(tiff, little) {
  const start = tiff.getUint32(4, little);
  if (start + 2 > tiff.byteLength) return 1;
  const count = tiff.getUint16(start, little);
  for (let place = start + 2; place < start + 2 + count * 12 && place + 12 <= tiff.byteLength; place += 12) {
    if (tiff.getUint16(place, little) === ORIENTATION) return tiff.getUint16(place + 8, little);
  }
  return 1;
}
