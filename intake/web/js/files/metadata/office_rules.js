// SPDX-License-Identifier: EUPL-1.2
/** Which parts, elements and attributes of an office document tell of its makers (ECMA-376; OpenDocument 1.3). */
import { localName } from "./xml.js";

/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {import("./xml.js").Rules} Rules */
/** @typedef {import("./xml.js").Tag} Tag */
/** @typedef {(path: string) => boolean} Gone whether a part was dropped */

/** A signature would no longer hold; programs and shared workbooks keep names where nobody has looked. */
export const REFUSED = /^_xmlsignatures\/|^META-INF\/(document|macro)signatures|vbaProject|^xl\/revisions\/|^Basic\/|^Scripts\//i;

/** Parts that a document opens without. @type {[RegExp, Removed][]} */
export const DROPPED = [
  [/^docProps\/thumbnail|^(Object \d+\/)*Thumbnails\/|^word\/intelligence\d*\.xml$/i, "other"],
  [/^docProps\/|^docMetadata\/|^(Object \d+\/)*meta\.xml$/i, "maker"],
  [/^customXml\/|^manifest\.rdf$/i, "maker"],
  [/^word\/(people|commentsExtensible)\.xml$|^(word|xl|ppt)\/(documenttasks|tasks|changesInfos)\/|^ppt\/revisionInfo\.xml$/i, "notes"],
  [/printerSettings[^/]*\.bin$|^layout-cache$|^(Object \d+\/)*Configurations2\//i, "numbers"],
  [/^\[trash\]\//i, "before"],
];

/** @type {Record<string, Removed>} */
const ELEMENTS = {
  rsids: "numbers",
  docId: "numbers",
  docVars: "numbers",
  attachedTemplate: "numbers",
  mailMerge: "numbers",
  absPath: "numbers",
  revisionPtr: "numbers",
  printerSettings: "numbers",
  fileSharing: "maker",
};
/** In OpenDocument, at notes and tracked changes. */
const EMPTIED = ["dc:creator", "dc:date", "meta:creator-initials", "loext:sender-initials"];
/** Of OpenDocument's settings. */
const SETTINGS = /^(Printer(Name|Setup)|Rsid(Root)?|(Current|Embedded)Database.*)$/;
const SOURCES = /\/(attachedTemplate|mailMergeSource|mailMergeHeaderSource|recipientData)$/;
const NOBODY = "Author";
const NO_TIME = "1970-01-01T00:00:00.000";
const PERSONS = ["person", "presenceInfo", "author", "cmAuthor"];
/** @type {Record<string, string>} */
const PERSONAL = { displayName: NOBODY, name: NOBODY, providerId: "None" };
/** Attributes of whatever element: null where the format does without. @type {Record<string, import("./xml.js").Change>} */
const ANYWHERE = {
  author: { value: NOBODY, why: "notes" },
  initials: { value: "A", why: "notes" },
  userName: { value: NOBODY, why: "notes" },
  userId: { value: NOBODY, why: "notes" },
  dateUtc: { value: null, why: "notes" },
  refreshedBy: { value: null, why: "maker" },
  refreshedDate: { value: null, why: "times" },
  refreshedDateIso: { value: null, why: "times" },
  sourceFile: { value: null, why: "numbers" },
  // Of drawings by hand (InkML).
  timeString: { value: NO_TIME, why: "times" },
  odcFile: { value: null, why: "numbers" },
};
const FILE_NAME = /[\\/]|\.\w{2,4}$/;

/**
 * @param {string} path of the part
 * @param {boolean} open OpenDocument
 * @param {Gone} gone
 * @returns {Rules}
 */
export function rulesFor(path, open, gone) {
  return {
    element: (tag) => {
      if (refersToLost(tag, path, gone)) return { how: "drop", why: "numbers" };
      return open ? openElement(tag) : ooxmlElement(tag);
    },
    attribute: (tag, name) => (/^rsid|rsid$/.test(localName(name)) ? { value: null, why: "numbers" } : open ? null : ooxmlAttribute(tag, name)),
  };
}

/** @param {Tag} tag @returns {import("./xml.js").Cut | null} */
function openElement({ name, attributes }) {
  if (EMPTIED.includes(name)) return { how: "empty", why: "notes" };
  const setting = name === "config:config-item" && SETTINGS.test(attributes["config:name"] ?? "");
  return setting ? { how: "drop", why: "numbers" } : null;
}

/** @param {Tag} tag @returns {import("./xml.js").Cut | null} */
function ooxmlElement({ name }) {
  const local = localName(name);
  // The list of who wrote notes in a workbook.
  if (local === "author") return { how: "empty", why: "notes" };
  return Object.hasOwn(ELEMENTS, local) ? { how: "drop", why: ELEMENTS[local] ?? "other" } : null;
}

/** @param {Tag} tag @param {string} attribute @returns {import("./xml.js").Change | null} */
function ooxmlAttribute(tag, attribute) {
  const [element, name] = [localName(tag.name), localName(attribute)];
  if (Object.hasOwn(ANYWHERE, name)) return ANYWHERE[name] ?? null;
  if (PERSONS.includes(element) && Object.hasOwn(PERSONAL, name)) return { value: PERSONAL[name] ?? "", why: "notes" };
  if (element === "scenario" && /^(user|comment)$/.test(name)) return { value: null, why: "notes" };
  // Views must have different names; what sheets refer to is the number.
  if (element === "customWorkbookView" && name === "name") return { value: (tag.attributes["guid"] ?? "").slice(1, 9), why: "notes" };
  // It may name a person, a computer and a folder.
  if (element === "dbPr" && name === "connection") return { value: "", why: "numbers" };
  if (name === "date" && Object.keys(tag.attributes).some((one) => localName(one) === "author")) return { value: null, why: "notes" };
  if ((element === "threadedComment" && name === "dT") || (element === "cm" && name === "dt")) return { value: null, why: "notes" };
  if (/^(cm|reply)$/.test(element) && name === "created") return { value: NO_TIME, why: "notes" };
  if (element === "pageSetup" && name === "id") return { value: null, why: "numbers" };
  const named = element === "cNvPr" || element === "docPr";
  if (named && /^(name|descr)$/.test(name) && FILE_NAME.test(tag.attributes[attribute] ?? "")) return { value: "", why: "numbers" };
  return null;
}

/** @param {Tag} tag @param {string} path of its part @param {Gone} gone @returns {boolean} */
function refersToLost({ name, attributes }, path, gone) {
  const local = localName(name);
  if (local === "Override") return gone((attributes["PartName"] ?? "").slice(1));
  if (local === "file-entry") return gone(attributes["manifest:full-path"] ?? "");
  if (local !== "Relationship") return false;
  if (SOURCES.test(attributes["Type"] ?? "")) return true;
  return attributes["TargetMode"] !== "External" && gone(resolve(path, attributes["Target"] ?? ""));
}

/** @param {string} path of a part with relationships @param {string} target @returns {string} path of the part that it names */
function resolve(path, target) {
  const folder = path.replace(/_rels\/[^/]*$/, "");
  return decodeURI(new URL(target, `file:///${folder}`).pathname).slice(1);
}
