// SPDX-License-Identifier: EUPL-1.2
/**
 * Documents of office programs without what they say of their makers: OOXML (ECMA-376: docx, xlsx, pptx) and
 * OpenDocument 1.3 (odt, ods, odp). The text stays, and so do notes and tracked changes, but nobody's name at them.
 */
import { concat } from "../../../../../crypto/js/encoding.js";
import { readArchive, writeArchive } from "./archive.js";
import { cleanJpeg } from "./jpeg.js";
import { isKnown } from "./office_parts.js";
import { DROPPED, REFUSED, rulesFor } from "./office_rules.js";
import { UnreadableError, bytesOf, letters } from "./pieces.js";
import { cleanPng } from "./png.js";
import { cleanWebp } from "./webp.js";
import { rewriteXml } from "./xml.js";

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./pieces.js").Removed} Removed */

/** Beginnings of pictures that can be cleaned. @type {[RegExp, (bytes: Uint8Array) => import("./pieces.js").Cleaned][]} */
const PICTURES = [
  [/^\xff\xd8\xff/, cleanJpeg],
  [/^\x89PNG/, cleanPng],
  [/^RIFF[^]{4}WEBP/, cleanWebp],
];
const XML = /\.(xml|rels|rdf)$/i;

/** @param {Blob} file @returns {Promise<import("./pieces.js").CleanedFile>} @throws {UnreadableError} */
export async function cleanOffice(file) {
  const archive = readArchive(await bytesOf(file));
  const open = letters(archive.get("mimetype")?.bytes ?? new Uint8Array()).startsWith("application/vnd.oasis.opendocument.");
  if (!open && !archive.has("[Content_Types].xml")) throw new UnreadableError("no document");
  if ([...archive.keys()].some((name) => REFUSED.test(name))) throw new UnreadableError("a document is signed or has programs");
  /** @type {Set<Removed>} */
  const removed = new Set();
  if ([...archive.values()].some(({ dated }) => dated)) removed.add("times");
  const gone = dropParts(archive, removed);
  if ([...archive.keys()].some((name) => !isKnown(name, open))) throw new UnreadableError("a document has an unknown part");
  for (const [name, part] of archive) {
    if (XML.test(name)) part.bytes = rewriteXml(part.bytes, rulesFor(name, open, gone), removed);
    else part.bytes = cleanPicture(part.bytes, removed);
  }
  return { file: new Blob([writeArchive(archive)], { type: file.type }), removed };
}

/** @param {Archive} archive @param {Set<Removed>} removed @returns {(path: string) => boolean} whether a part is gone */
function dropParts(archive, removed) {
  const gone = new Set();
  for (const name of archive.keys()) {
    const why = DROPPED.find(([pattern]) => pattern.test(name))?.[1];
    if (!why) continue;
    gone.add(name);
    archive.delete(name);
    removed.add(why);
  }
  return (path) => gone.has(path);
}

/** @param {Uint8Array} bytes @param {Set<Removed>} removed @returns {Uint8Array} as it was, where it is no picture of a known kind */
function cleanPicture(bytes, removed) {
  const head = letters(bytes.subarray(0, 12));
  const cleaner = PICTURES.find(([pattern]) => pattern.test(head))?.[1];
  if (!cleaner) return bytes;
  const found = cleaner(bytes);
  if (found.removed.size === 0) return bytes;
  removed.add("inside");
  return concat(...found.kept);
}
