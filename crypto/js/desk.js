// SPDX-License-Identifier: EUPL-1.2
/**
 * From a desk's address to the members that it may trust (FORMAT.md sections 2.1 and 6.1).
 *
 * The order: the id in the address, the first root key, its successors, the document, the epochs. Nothing that
 * a server adds to this chain is believed; what it leaves out (a newer document, an epoch) it can hide.
 */
import { documentRoot, readDocument } from "./document.js";
import { b32decode, b32encode, b64decode, labelledHash, parseJson } from "./encoding.js";
import { EPOCH_TYPE, readEpoch } from "./epochs.js";
import { DeskError, FormatError, WordsError } from "./errors.js";
import { day, deskId as readDeskId, fields, key, listOf, version1 } from "./fields.js";
import { readPayload, readStatement, verifyStatement } from "./signing.js";

/** @typedef {import("./signing.js").Statement} Statement */
/** @typedef {import("./document.js").DeskDocument} DeskDocument */
/** @typedef {import("./epochs.js").Epoch} Epoch */
/** @typedef {{ document: DeskDocument, epochs: Epoch[] }} Desk reached from its address; epochs that were refused are left out */
/** @typedef {{ version: number, hash: string | null }} Seen the newest document that this reader has seen before; hash b64 */

export const SUCCESSION_TYPE = "meldkluis/root-succession/v1";
const DESK_WORDS = 10;
const DESK_ID_LENGTH = 16;
const SUCCESSION = { v: version1, desk: readDeskId, from: key, to: key, day };
const BUNDLE = {
  v: version1,
  day,
  successions: listOf(readStatement),
  document: readStatement,
  epochs: listOf(readStatement),
};
const HISTORY = {
  v: version1,
  day,
  successions: listOf(readStatement),
  documents: listOf(readStatement),
  epochs: listOf(readStatement),
};

/** @param {Uint8Array} rootKey the first one @returns {string} the id of its desk */
export const deskId = (rootKey) => b32encode(labelledHash("desk-id", rootKey).subarray(0, DESK_ID_LENGTH));

/**
 * @param {string} desk
 * @param {readonly string[]} words a list of 7,776
 * @returns {string[]} the desk id as ten words
 */
export function deskWords(desk, words) {
  const base = BigInt(words.length);
  let number = b32decode(desk, DESK_ID_LENGTH).reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
  const spoken = [];
  for (let place = 0; place < DESK_WORDS; place += 1) {
    spoken.unshift(String(words[Number(number % base)]));
    number /= base;
  }
  return spoken;
}

/**
 * @param {readonly string[]} spoken
 * @param {readonly string[]} words a list of 7,776
 * @returns {string} the desk id that ten words stand for
 * @throws {WordsError} not ten words of the list, or words that stand for no desk id
 */
export function deskFromWords(spoken, words) {
  const digits = spoken.map((word) => words.indexOf(word));
  if (digits.length !== DESK_WORDS || digits.includes(-1)) {
    throw new WordsError("a desk's address has ten words of one list");
  }
  let number = digits.reduce((sum, digit) => sum * BigInt(words.length) + BigInt(digit), 0n);
  const bytes = new Uint8Array(DESK_ID_LENGTH);
  for (let place = DESK_ID_LENGTH - 1; place >= 0; place -= 1, number >>= 8n) bytes[place] = Number(number & 255n);
  if (number > 0n) throw new WordsError("these ten words are no desk's address: one of them is wrong");
  return b32encode(bytes);
}

/**
 * Return what a bundle says about the desk of an address, checked from the address on. An epoch that is refused
 * does not count, and leaves the others standing.
 *
 * @param {string} desk
 * @param {Uint8Array} raw
 * @param {string} today
 * @param {Seen} [seen]
 * @returns {Promise<Desk>}
 * @throws {EncodingError} bundle, succession or document is malformed
 * @throws {SignatureError} a succession or the document is not signed by the key in force
 * @throws {DeskError} another root or desk, an older or altered version, or not good on this day
 */
export async function readBundle(desk, raw, today, seen = { version: 0, hash: null }) {
  const bundle = fields(parseJson(raw), BUNDLE);
  const roots = await followRoots(desk, bundle.successions, bundle.document);
  const document = await readDocument(bundle.document, desk, roots.at(-1) ?? "");
  checkVersion(document, seen);
  if (today < document.issued || today > document.expires) {
    throw new DeskError("the desk document is not good on this day");
  }
  return { document, epochs: await goodEpochs(bundle.epochs, document) };
}

/**
 * Return the desk under each document of a history, oldest first, checked from the address on. A document may have
 * expired: what was sealed under it is opened later. An epoch that is refused, or names none of the documents, is left out.
 *
 * @param {string} desk
 * @param {Uint8Array} raw
 * @param {string} today
 * @returns {Promise<Desk[]>}
 * @throws {EncodingError} history, succession or document is malformed
 * @throws {SignatureError} a succession or a document is not signed by the key that was in force
 * @throws {DeskError} no document, another root, desk or order, a broken link, or a document of a later day
 */
export async function readHistory(desk, raw, today) {
  const history = fields(parseJson(raw), HISTORY);
  const newest = history.documents.at(-1);
  if (!newest) throw new DeskError("a history has no document");
  const roots = await followRoots(desk, history.successions, newest);
  const documents = await Promise.all(history.documents.map((statement) => readOldDocument(statement, desk, roots)));
  if (documents.at(-1)?.root !== roots.at(-1)) throw new DeskError("the newest desk document is not of the root key in force");
  for (const [place, after] of documents.slice(1).entries()) {
    checkOrder(/** @type {DeskDocument} */ (documents[place]), after, roots);
  }
  if (documents.some(({ issued }) => issued > today)) throw new DeskError("a desk document of the history is not issued yet");
  const epochsOf = (/** @type {DeskDocument} */ document) => {
    const mine = history.epochs.filter((statement) => documentNamed(statement) === document.hash);
    return goodEpochs(mine, document);
  };
  return Promise.all(documents.map(async (document) => ({ document, epochs: await epochsOf(document) })));
}

/** @param {Statement} statement @param {string} desk @param {readonly string[]} roots */
async function readOldDocument(statement, desk, roots) {
  const root = documentRoot(statement);
  if (!roots.includes(root)) throw new DeskError("a desk document names a root key that the address does not lead to");
  return readDocument(statement, desk, root);
}

/** @param {DeskDocument} before @param {DeskDocument} after @param {readonly string[]} roots */
function checkOrder(before, after, roots) {
  if (after.version <= before.version || roots.indexOf(after.root) < roots.indexOf(before.root)) {
    throw new DeskError("the documents of a history, or their root keys, are not in their order");
  }
  const linked = after.version === before.version + 1;
  if (linked && after.previous !== before.hash) throw new DeskError("a desk document does not follow from the one before it");
  // A root key that was replaced may be in other hands: only a later root's link tells what it signed in its time.
  if (!linked && before.root !== roots.at(-1)) {
    throw new DeskError("no later document vouches for one that a replaced root key signed");
  }
}

/** @param {Statement} statement @returns {string | null} the document that an epoch names, still to be verified */
function documentNamed(statement) {
  try {
    return key(readPayload(statement, EPOCH_TYPE)["desk_hash"]);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/**
 * @param {string} desk
 * @param {readonly Statement[]} successions
 * @param {Statement} document
 * @returns {Promise<string[]>} b64, the root keys in their order; the last is in force
 */
async function followRoots(desk, successions, document) {
  let root = successions[0] ? successionStart(successions[0]) : documentRoot(document);
  if (deskId(b64decode(root)) !== desk) throw new DeskError("the first root key is not the one in the address");
  const roots = [root];
  for (const statement of successions) {
    if (successionStart(statement) !== root) throw new DeskError("a root key hands over that was not in force");
    const payload = await verifyStatement(statement, SUCCESSION_TYPE, b64decode(root));
    const found = fields(parseJson(payload), SUCCESSION);
    if (found.desk !== desk) throw new DeskError("a root key hands over for another desk");
    root = found.to;
    roots.push(root);
  }
  return roots;
}

/** @param {Statement} statement */
const successionStart = (statement) => key(readPayload(statement, SUCCESSION_TYPE)["from"]);

/** @param {DeskDocument} document @param {Seen} seen */
function checkVersion({ version, hash, previous }, seen) {
  if (version < seen.version) throw new DeskError("the desk document is older than one that was seen before");
  const same = { [version]: hash, [version - 1]: previous }[seen.version];
  if (seen.hash !== null && same !== undefined && same !== seen.hash) {
    throw new DeskError("the desk document does not follow from the one that was seen before");
  }
}

/** @param {readonly Statement[]} statements @param {DeskDocument} document */
async function goodEpochs(statements, document) {
  const found = await Promise.all(statements.map((statement) => goodEpoch(statement, document)));
  return found.flat();
}

/** @param {Statement} statement @param {DeskDocument} document */
async function goodEpoch(statement, document) {
  try {
    return [await readEpoch(statement, document)];
  } catch (error) {
    // One member's bad epoch must not close the desk for everybody.
    if (error instanceof FormatError) return [];
    throw error;
  }
}
