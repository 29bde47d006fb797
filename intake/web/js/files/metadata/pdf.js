// SPDX-License-Identifier: EUPL-1.2
/**
 * PDF without what it says of its makers (ISO 32000-2): it is written anew with what its pages need, and nothing else.
 *
 * What is not reached from the pages goes: earlier versions, deleted pages, leftovers of editors.
 */
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFRef, PDFStream, PDFString } from "@cantoo/pdf-lib";

import { concat } from "../../../../../crypto/js/encoding.js";
import { cleanJpeg } from "./jpeg.js";
import { UnreadableError, bytesOf } from "./pieces.js";

/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {import("@cantoo/pdf-lib").PDFContext} Context */
/** @typedef {import("@cantoo/pdf-lib").PDFObject} PdfObject */

/** Entries that no page is shown with, wherever they stand. @type {Record<string, Removed>} */
const ENTRIES = { Metadata: "maker", PieceInfo: "maker", CreatorInfo: "maker", LastModified: "times", SpiderInfo: "maker", Thumb: "other" };
/** Entries of notes and other annotations (12.5.2). @type {Record<string, Removed>} */
const OF_NOTES = { M: "notes", CreationDate: "notes", NM: "numbers" };
const AUTHOR = "T";
/** Texts of programs' own dictionaries; where a font or a place is called so, it is no text. @type {Record<string, Removed>} */
const TEXTS = { Author: "maker", Creator: "maker", Producer: "maker", CreationDate: "times", ModDate: "times" };
/** What TeX says of the file that a drawing came from. */
const OF_TEX = "PTEX.";
const END = /%%EOF/g;
/** What the file is built of, not what it says. */
const STRUCTURE = ["ObjStm", "XRef"];

/** @param {Blob} file @returns {Promise<import("./pieces.js").CleanedFile>} @throws {Error} of the library's, or that it is signed */
export async function cleanPdf(file) {
  const bytes = await bytesOf(file);
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
  if (pdf.getPageCount() === 0) throw new UnreadableError("a document has no pages");
  const cleaner = new Cleaner(pdf.context);
  cleaner.clean(versionsIn(bytes));
  const written = await pdf.save({ addDefaultPage: false, updateFieldAppearances: false });
  return { file: new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (written)], { type: file.type }), removed: cleaner.removed };
}

/** @param {Uint8Array} bytes */
function versionsIn(bytes) {
  return new TextDecoder("latin1").decode(bytes).match(END)?.length ?? 0;
}

class Cleaner {
  /** @type {Set<Removed>} */
  removed = new Set();
  #context;
  #linear = false;

  /** @param {Context} context changed */
  constructor(context) {
    this.#context = context;
  }

  /** @param {number} ends of versions in the file; one that is made for the web has one more */
  clean(ends) {
    const { trailerInfo } = this.#context;
    if (trailerInfo.Info) this.removed.add("maker");
    if (trailerInfo.ID) this.removed.add("numbers");
    const used = new Set([...this.#walk(trailerInfo.Root, false), ...this.#walk(trailerInfo.Info, false)]);
    delete trailerInfo.Info;
    delete trailerInfo.ID;
    const needed = this.#walk(trailerInfo.Root, true);
    for (const [ref, object] of this.#context.enumerateIndirectObjects()) if (!needed.has(ref)) this.#drop(ref, object, used.has(ref));
    if (ends > (this.#linear ? 2 : 1)) this.removed.add("before");
  }

  /** @param {PdfObject | undefined} root @param {boolean} cleaning @returns {Set<PdfObject>} references that were met */
  #walk(root, cleaning) {
    /** @type {Set<PdfObject>} */
    const met = new Set();
    const left = [root];
    while (left.length > 0) {
      const object = left.pop();
      if (object instanceof PDFRef && !met.has(object)) {
        met.add(object);
        const found = this.#context.lookup(object);
        if (cleaning && found instanceof PDFStream) this.#cleanStream(object, found);
        left.push(found instanceof PDFStream ? found.dict : found);
      } else if (object instanceof PDFDict) {
        if (cleaning) this.#cleanDict(object);
        left.push(...object.values());
      } else if (object instanceof PDFArray) left.push(...object.asArray());
    }
    return met;
  }

  /** @param {PDFRef} ref @param {PDFStream} stream */
  #cleanStream(ref, stream) {
    const { dict } = stream;
    const filters = filtersOf(dict);
    if (filters.includes("JPXDecode")) throw new UnreadableError("a page has a picture of a kind that is not read");
    if (filters.includes("DCTDecode") && stream instanceof PDFRawStream) this.#cleanPhoto(ref, stream, filters.length);
    if (nameIn(dict, "Type") === "EmbeddedFile") this.#delete(dict, "Params", "times");
  }

  /** @param {PDFRef} ref @param {PDFRawStream} photo @param {number} filters */
  #cleanPhoto(ref, photo, filters) {
    if (filters > 1) throw new UnreadableError("a photo is packed twice");
    const { kept, removed } = cleanJpeg(photo.contents);
    if (removed.size === 0) return;
    this.removed.add("inside");
    this.#context.assign(ref, PDFRawStream.of(photo.dict, concat(...kept)));
  }

  /** @param {PDFDict} dict */
  #cleanDict(dict) {
    if (has(dict, "ByteRange") && has(dict, "Contents")) throw new UnreadableError("a document is signed");
    for (const [name, why] of Object.entries(ENTRIES)) this.#delete(dict, name, why);
    if (has(dict, "Subtype") && has(dict, "Rect")) this.#cleanNote(dict);
    for (const [name, why] of Object.entries(TEXTS)) {
      const value = dict.lookup(PDFName.of(name));
      if (value instanceof PDFString || value instanceof PDFHexString) this.#delete(dict, name, why);
    }
    for (const name of dict.keys().map((key) => key.decodeText())) if (name.startsWith(OF_TEX)) this.#delete(dict, name, "maker");
  }

  /** @param {PDFDict} dict of a note or another annotation */
  #cleanNote(dict) {
    for (const [name, why] of Object.entries(OF_NOTES)) this.#delete(dict, name, why);
    // Of a form's field this is its name.
    if (nameIn(dict, "Subtype") !== "Widget") this.#delete(dict, AUTHOR, "notes");
  }

  /** @param {PDFDict} dict @param {string} name @param {Removed} why */
  #delete(dict, name, why) {
    if (dict.delete(PDFName.of(name))) this.removed.add(why);
  }

  /** @param {PDFRef} ref @param {PdfObject} object that no page needs @param {boolean} used whether anything refers to it */
  #drop(ref, object, used) {
    const dict = object instanceof PDFStream ? object.dict : object;
    const structure = dict instanceof PDFDict && (STRUCTURE.includes(nameIn(dict, "Type")) || has(dict, "Linearized"));
    if (dict instanceof PDFDict && has(dict, "Linearized")) this.#linear = true;
    if (!structure && !used) this.removed.add("before");
    this.#context.delete(ref);
  }
}

/** @param {PDFDict} dict @param {string} name */
const has = (dict, name) => dict.has(PDFName.of(name));

/** @param {PDFDict} dict @param {string} name @returns {string} empty where there is no name */
function nameIn(dict, name) {
  const value = dict.lookup(PDFName.of(name));
  return value instanceof PDFName ? value.decodeText() : "";
}

/** @param {PDFDict} dict of a stream @returns {string[]} */
function filtersOf(dict) {
  const value = dict.lookup(PDFName.of("Filter"));
  const names = value instanceof PDFArray ? value.asArray().map((one) => dict.context.lookup(one)) : [value];
  return names.flatMap((one) => (one instanceof PDFName ? [one.decodeText()] : []));
}
