// SPDX-License-Identifier: EUPL-1.2
/**
 * Who may have signed an entry, and where it stands (FORMAT.md sections 3, 4.2 and 7.4).
 *
 * The checks that every reader of a log shares, whoever it is. The order is that of section 1.5: the signature,
 * the fields, the desk, then the place.
 */
import { findMember } from "./document.js";
import { b64decode, b64encode } from "./encoding.js";
import { BindingError, DeskError } from "./errors.js";
import { memberId, positive } from "./fields.js";
import { readPayload, verifyStatement } from "./signing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {{ log: string, seq: number, prev: Uint8Array }} Place its log, its number, and the head before it */
/** @typedef {{ desk: string, log: string, seq: number, prev: string | null }} Entry what every payload in a log has */

/**
 * @param {readonly Desk[]} desks
 * @param {number} version
 * @returns {import("./document.js").DeskDocument} of a version, or the newest known if that is newer
 * @throws {DeskError} the version is newer than any known: fetch the desk again
 */
export function findDocument(desks, version) {
  const newestFirst = desks.map(({ document }) => document).sort((left, right) => right.version - left.version);
  const [newest] = newestFirst;
  if (!newest || newest.version < version) {
    throw new DeskError("an entry names a newer desk document than any known here");
  }
  return newestFirst.find((document) => document.version === version) ?? newest;
}

/**
 * @param {readonly Desk[]} desks
 * @param {string} documentHash b64
 * @returns {Desk} as it was under exactly this document, with its epochs
 * @throws {DeskError} no such document is known
 */
export function findDesk(desks, documentHash) {
  const found = desks.find(({ document }) => document.hash === documentHash);
  if (!found) throw new DeskError("an entry names a desk document that is not known here");
  return found;
}

/**
 * @param {import("./signing.js").Statement} statement
 * @param {string} type
 * @param {readonly Desk[]} desks
 * @returns {Promise<Uint8Array>} the payload that a member signed with the identity key of the document named
 * @throws {SignatureError} another type of statement, or another key than the author's signed it
 * @throws {EncodingError} the author or version has another shape
 * @throws {DeskError} an author or a document that is not known
 */
export async function verifyAuthored(statement, type, desks) {
  const named = readPayload(statement, type);
  const document = findDocument(desks, positive(named["desk_version"]));
  const author = findMember(document, memberId(named["author"]));
  return verifyStatement(statement, type, b64decode(author.identity));
}

/**
 * @param {readonly Desk[]} desks
 * @param {number} version
 * @param {string} documentHash b64
 * @throws {DeskError} this version is known, with another hash
 */
export function checkSameDocument(desks, version, documentHash) {
  const document = findDocument(desks, version);
  if (document.version === version && document.hash !== documentHash) {
    throw new DeskError("an entry names another desk document of the same version");
  }
}

/**
 * @param {Entry} entry
 * @param {string} desk
 * @param {Place} place
 * @throws {BindingError} it was signed for another desk, log, number or history
 */
export function checkPlace(entry, desk, place) {
  if (entry.desk !== desk) throw new BindingError("an entry was signed for another desk");
  const prev = place.seq === 1 ? null : b64encode(place.prev);
  if (entry.log !== place.log || entry.seq !== place.seq || entry.prev !== prev) {
    throw new BindingError("an entry was signed for another log or another place in it");
  }
}
