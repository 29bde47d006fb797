// SPDX-License-Identifier: EUPL-1.2
/**
 * Envelopes into statements that fit their place (FORMAT.md sections 1.5 and 7).
 *
 * The order for every entry: age header, key, payload and padding; JSON of the statement; signature; fields; desk;
 * binding. The signature counts and the seal does not: whoever can open an envelope can make another one.
 */
import { decrypt, parseRecipient } from "./age.js";
import { findMember } from "./document.js";
import { b64decode, b64encode } from "./encoding.js";
import { liveMembers, recipientsHash } from "./epochs.js";
import { BindingError, DeskError } from "./errors.js";
import { fields, memberId } from "./fields.js";
import { logId, mailboxCommitment } from "./logs.js";
import { FLOOR, STATE_FLOOR, unpad } from "./padding.js";
import { parseStatement, publicKey, readPayload, verifyStatement } from "./signing.js";
import {
  KEYS,
  MESSAGE_TYPE,
  REPLY_TYPE,
  REPORT_TYPE,
  STATE_TYPE,
  readMessage,
  readReply,
  readReport,
  readState,
} from "./statements.js";

/** @typedef {import("./age.js").Identity} Identity */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./logs.js").Frame} Frame */
/** @typedef {import("./mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("./statements.js").Report} Report */
/** @typedef {{ seq: number, prev: Uint8Array }} Place where an entry stands: its number, and the head before it */
/** @typedef {{ member: string, identities: readonly Identity[] }} Opener a member who opens, and keys of their epochs */
/**
 * @typedef {object} Committee what the reporter knows of the committee before a reply
 * @property {import("./document.js").DeskDocument} document the newest
 * @property {readonly string[]} readers of the message before it, or the report's `sealed_to`
 * @property {number} seenVersion the highest desk version that was seen in this mailbox
 */

/**
 * @param {Frame} frame the first entry of a mailbox
 * @param {Desk} desk as the reporter saw it
 * @param {Opener} opener
 * @returns {Promise<Report>}
 * @throws {FormatError} of the layer that refuses
 */
export async function openReport({ meta, parts }, desk, { member, identities }) {
  const statement = await unsealed(parts[0], identities, FLOOR);
  const report = readReport(verifyStatement(statement, REPORT_TYPE, signingKey(statement)));
  checkDesk(report, desk.document);
  checkOpening(report, meta);
  checkPlace(report, meta.log, null);
  checkRecipients(report, desk, member);
  return report;
}

/**
 * @param {Frame} frame a later entry by the reporter
 * @param {Desk} desk as the reporter saw it
 * @param {Opener} opener
 * @param {Report} report the mailbox's first entry
 * @param {Place} place
 * @returns {Promise<import("./statements.js").Message>}
 * @throws {FormatError} of the layer that refuses
 */
export async function openMessage({ parts }, desk, { member, identities }, report, place) {
  const statement = await unsealed(parts[0], identities, FLOOR);
  const message = readMessage(verifyStatement(statement, MESSAGE_TYPE, b64decode(report.keys.sign)));
  checkDesk(message, desk.document);
  checkPlace(message, report.log, place);
  checkRecipients(message, desk, member);
  return message;
}

/**
 * @param {Uint8Array} part
 * @param {MailboxKeys} mailbox
 * @param {Place} place
 * @returns {Promise<import("./statements.js").State>} the reporter's own
 * @throws {FormatError} of the layer that refuses
 */
export async function openState(part, mailbox, { seq }) {
  const statement = await unsealed(part, [mailbox.identity], STATE_FLOOR);
  const state = readState(verifyStatement(statement, STATE_TYPE, publicKey(mailbox.signSeed)));
  if (state.desk !== mailbox.desk) throw new DeskError("a state is of another desk");
  if (state.log !== mailbox.log || state.seq !== seq) throw new BindingError("a state stands in another place");
  if (state.seen.seq >= seq) throw new BindingError("a state has seen what came after it");
  return state;
}

/**
 * @param {Uint8Array} part
 * @param {MailboxKeys} mailbox
 * @param {Place} place
 * @param {Committee} committee
 * @returns {Promise<import("./statements.js").Reply>}
 * @throws {FormatError} of the layer that refuses
 */
export async function openReply(part, mailbox, place, { document, readers, seenVersion }) {
  const statement = await unsealed(part, [mailbox.identity], FLOOR);
  const author = memberId(readPayload(statement, REPLY_TYPE)["author"]);
  const key = b64decode(findMember(document, author).identity);
  const reply = readReply(verifyStatement(statement, REPLY_TYPE, key));
  checkDesk(reply, document);
  checkPlace(reply, mailbox.log, place);
  if (!readers.includes(author)) throw new BindingError("the author was not among the readers");
  if (reply.desk_version < seenVersion) throw new BindingError("a reply names an older desk document than one seen before");
  return reply;
}

/**
 * @param {Uint8Array | undefined} part
 * @param {readonly Identity[]} identities
 * @param {number} floor
 */
async function unsealed(part = new Uint8Array(), identities, floor) {
  return parseStatement(unpad(await decrypt(part, identities), floor).statement);
}

/**
 * A document may be older than the newest one, so its hash is compared where both name the same version.
 *
 * @param {{ desk: string, desk_version: number, desk_hash: string }} entry
 * @param {import("./document.js").DeskDocument} document
 */
function checkDesk(entry, { desk, version, hash }) {
  if (entry.desk !== desk) throw new DeskError("an entry is of another desk");
  if (entry.desk_version > version) throw new DeskError("an entry names a newer desk document than the server shows");
  if (entry.desk_version === version && entry.desk_hash !== hash) {
    throw new DeskError("an entry names another desk document of the same version");
  }
}

/**
 * @param {{ log: string, seq: number, prev: string | null }} entry
 * @param {string} log
 * @param {Place | null} place null for the first entry
 */
function checkPlace(entry, log, place) {
  const { seq, prev } = place ? { seq: place.seq, prev: b64encode(place.prev) } : { seq: 1, prev: null };
  if (entry.log !== log || entry.seq !== seq || entry.prev !== prev) {
    throw new BindingError("an entry stands in another place than it was signed for");
  }
}

/**
 * A report is signed by the key that it names; the mailbox id binds that key afterwards.
 *
 * @param {import("./signing.js").Statement} statement
 */
function signingKey(statement) {
  const { sign } = fields(readPayload(statement, REPORT_TYPE)["keys"], KEYS);
  return b64decode(sign);
}

/**
 * @param {Report} report
 * @param {import("./logs.js").Meta} meta
 */
function checkOpening({ desk, keys, committee_seed: seed }, { log, open }) {
  const commitment = mailboxCommitment(b64decode(keys.sign), parseRecipient(keys.reply_to));
  if (logId("mailbox", desk, b64decode(keys.login), commitment) !== log) {
    throw new BindingError("the mailbox id does not follow from the report's keys");
  }
  if (open?.login !== keys.login || open.commitment !== b64encode(commitment)) {
    throw new BindingError("the frame's opening differs from the report's keys");
  }
  if (open.committee_login !== b64encode(publicKey(b64decode(seed)))) {
    throw new BindingError("the committee's login does not follow from the report's seed");
  }
}

/**
 * @param {{ day: string, sealed_to: string[], recipients_hash: string }} entry
 * @param {Desk} desk
 * @param {string} member
 */
function checkRecipients(entry, { document, epochs }, member) {
  if (!entry.sealed_to.includes(member)) throw new BindingError("an entry was not sealed to this member");
  const live = liveMembers(document, epochs, entry.day);
  const readers = live.filter((epoch) => entry.sealed_to.includes(epoch.member));
  if (entry.recipients_hash !== recipientsHash(readers)) {
    throw new BindingError("an entry was sealed to other epochs than it names");
  }
}
