// SPDX-License-Identifier: EUPL-1.2
/**
 * The desk document: who the members are and what a desk promises (FORMAT.md section 6.2).
 *
 * Reads what a root key has signed. Which root key is the right one, and whether the day and the
 * version are, `desk.js` decides.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b64decode, b64encode, parseJson } from "./encoding.js";
import { DeskError } from "./errors.js";
import {
  boolean,
  day,
  deskId,
  fields,
  key,
  language,
  listOf,
  mapOf,
  memberId,
  name,
  oneOf,
  optional,
  positive,
  recipient,
  text,
  texts,
  version1,
} from "./fields.js";
import { readPayload, verifyStatement } from "./signing.js";

/** @typedef {import("./fields.js").Fields<typeof MEMBER>} Member a member, or a custodian of identities */
/** @typedef {import("./fields.js").Fields<typeof DOCUMENT> & { hash: string }} DeskDocument `hash` is b64, of the payload as it was read */

export const DESK_TYPE = "meldkluis/desk/v1";
export const MIN_MEMBERS = 2;
export const MAX_MEMBERS = 32;
export const MAX_CUSTODIANS = 16;
const ELSEWHERE = {
  kind: oneOf("emergency", "phone", "post", "visit", "adviser", "authority", "web"),
  name: texts,
  value: text,
  note: optional(texts),
};
const MEMBER = { id: memberId, name: text, role: texts, identity: key };
const MEMBERS = listOf((value) => fields(value, MEMBER));
const RECOVERY = { recipient, holders: texts, threshold: positive, shares: positive };
const POLICY = {
  names_shown: boolean,
  exclusion: boolean,
  receipt_is_ack: boolean,
  recovery: optional((value) => fields(value, RECOVERY)),
};
const DOCUMENT = {
  v: version1,
  desk: deskId,
  version: positive,
  previous: optional(key),
  root: key,
  issued: day,
  expires: day,
  opens: optional(day),
  closes: optional(day),
  languages: listOf(language),
  name: texts,
  texts: mapOf(name, texts),
  elsewhere: listOf((value) => fields(value, ELSEWHERE)),
  members: MEMBERS,
  custodians: MEMBERS,
  policy: (/** @type {unknown} */ value) => fields(value, POLICY),
  contact: text,
};

/**
 * @param {DeskDocument} document
 * @param {string} id
 * @returns {Member} the member or custodian with this id
 * @throws {DeskError} the document knows nobody with this id
 */
export function findMember({ members, custodians }, id) {
  const found = [...members, ...custodians].find((member) => member.id === id);
  if (!found) throw new DeskError("the desk document knows no member with this id");
  return found;
}

/**
 * @param {DeskDocument} document
 * @param {string} today
 * @returns {boolean} whether the day lies within `opens` and `closes`, both included
 */
export const takesReports = ({ opens, closes }, today) => (opens ?? today) <= today && today <= (closes ?? today);

/**
 * @param {import("./signing.js").Statement} statement
 * @returns {string} b64, the root key that a document names, BEFORE anything is verified; errors as `readDocument`
 */
export const documentRoot = (statement) => key(readPayload(statement, DESK_TYPE)["root"]);

/**
 * @param {import("./signing.js").Statement} statement
 * @param {string} desk
 * @param {string} root b64
 * @returns {Promise<DeskDocument>} the document of `desk` that `root` signed, of whatever version and day
 * @throws {EncodingError} the payload has another shape
 * @throws {SignatureError} another type of statement, or the signature does not verify
 * @throws {DeskError} another root or desk, or a rule of FORMAT.md section 6.2 about its members is broken
 */
export async function readDocument(statement, desk, root) {
  if (documentRoot(statement) !== root) {
    throw new DeskError("the desk document names another root key than the address leads to");
  }
  const payload = await verifyStatement(statement, DESK_TYPE, b64decode(root));
  const document = { ...fields(parseJson(payload), DOCUMENT), hash: b64encode(sha256(payload)) };
  if (document.desk !== desk) throw new DeskError("the desk document is another desk's");
  checkMembers(document);
  return document;
}

/** @param {DeskDocument} document */
function checkMembers({ version, previous, members, custodians }) {
  const everybody = [...members, ...custodians];
  if (new Set(everybody.map(({ id }) => id)).size !== everybody.length) {
    throw new DeskError("two members of the desk document have one id");
  }
  if (new Set(everybody.map(({ identity }) => identity)).size !== everybody.length) {
    throw new DeskError("two members of the desk document have one identity key");
  }
  if (members.length < MIN_MEMBERS || members.length > MAX_MEMBERS || custodians.length > MAX_CUSTODIANS) {
    throw new DeskError("the desk document has too few or too many members or custodians");
  }
  if ((version === 1) !== (previous === null)) {
    throw new DeskError("the desk document does not name the version before it");
  }
}
