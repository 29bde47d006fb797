// SPDX-License-Identifier: EUPL-1.2
/**
 * Envelopes into statements that belong where they stand (FORMAT.md sections 1.5 and 7).
 *
 * Each entry goes through the layers in one order: age header, key, payload and padding, JSON, signature, fields, desk,
 * binding. The seal says nothing about who made it (any recipient can seal again under the same file
 * key), so only what the signature covers counts, and it names desk, log, place and recipients.
 *
 * `desks` are the desk under each document that the reader knows, with all epochs it has seen for that document.
 */
import { decrypt, parseRecipient } from "./age.js";
import { checkAnnounced, checkAttached, checkComplete } from "./attachments.js";
import { b64decode, b64encode } from "./encoding.js";
import { recipientsHash } from "./epochs.js";
import { BindingError, EncodingError, PayloadError } from "./errors.js";
import { fields } from "./fields.js";
import { ZERO_HEAD, logId, mailboxCommitment } from "./logs.js";
import { FLOOR, MAX_MEMBERS_STATEMENT, STATE_FLOOR, unpad } from "./padding.js";
import { checkPlace, checkSameDocument, findDesk, verifyAuthored } from "./place.js";
import { parseStatement, publicKey, readPayload, verifyStatement } from "./signing.js";
import * as statements from "./statements.js";

/** @typedef {import("./age.js").Identity} Identity */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./logs.js").Frame} Frame */
/** @typedef {import("./mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {{ member: string, identities: readonly Identity[] }} Reader a member who opens, and the keys of their epochs */

const REPORTER_PARTS = 2;
const MAX_COMBINATIONS = 4096;

/**
 * @param {Frame} frame the first entry of a mailbox
 * @param {readonly Desk[]} desks
 * @param {Reader} reader
 * @returns {Promise<statements.Report>}
 * @throws {FormatError} of the layer that refuses it
 */
export async function openReport(frame, desks, reader) {
  const statement = await unseal(frame, REPORTER_PARTS, reader.identities, FLOOR, MAX_MEMBERS_STATEMENT);
  const signer = fields(readPayload(statement, statements.REPORT_TYPE)["keys"], statements.KEYS).sign;
  const payload = await verifyStatement(statement, statements.REPORT_TYPE, b64decode(signer));
  const report = statements.readReport(payload);
  const desk = findDesk(desks, report.desk_hash);
  checkPlace(report, desk.document.desk, { log: frame.meta.log, seq: 1, prev: ZERO_HEAD });
  checkOpening(report, frame);
  checkRecipients(report, desk, reader);
  checkAnnounced(frame, report);
  return report;
}

/**
 * @param {Frame} frame
 * @param {readonly Desk[]} desks
 * @param {Reader} reader
 * @param {Uint8Array} signKey which the report named
 * @param {Place} place
 * @returns {Promise<statements.Message>} a later entry of the reporter; errors as `openReport`
 */
export async function openMessage(frame, desks, reader, signKey, place) {
  const statement = await unseal(frame, REPORTER_PARTS, reader.identities, FLOOR, MAX_MEMBERS_STATEMENT);
  const message = statements.readMessage(await verifyStatement(statement, statements.MESSAGE_TYPE, signKey));
  const desk = findDesk(desks, message.desk_hash);
  checkPlace(message, desk.document.desk, place);
  checkRecipients(message, desk, reader);
  message.kind === "files" ? checkComplete(frame, message) : checkAnnounced(frame, message);
  return message;
}

/**
 * @param {Frame} frame
 * @param {readonly Desk[]} desks
 * @param {MailboxKeys} keys
 * @param {Place} place
 * @param {readonly string[]} authors the readers of the committee's message before it, or those the report was sealed to
 * @param {number} seenVersion the highest version of the desk document named before it in this mailbox
 * @returns {Promise<statements.Reply>} the committee's reply to the reporter whose mailbox this is; errors as `openReport`
 */
export async function openReply(frame, desks, keys, place, authors, seenVersion) {
  const statement = await unseal(frame, 1, [keys.identity]);
  const reply = statements.readReply(await verifyAuthored(statement, statements.REPLY_TYPE, desks));
  checkSameDocument(desks, reply.desk_version, reply.desk_hash);
  checkPlace(reply, keys.desk, place);
  if (!authors.includes(reply.author)) {
    throw new BindingError("the author of a reply was not among those who read this mailbox");
  }
  if (reply.desk_version < seenVersion) {
    throw new BindingError("a reply names an older desk document than one seen before");
  }
  checkAttached(frame, reply.attachments);
  return reply;
}

/**
 * @param {Frame} frame
 * @param {MailboxKeys} keys
 * @param {Place} place
 * @returns {Promise<statements.State>} the reporter's own, beside one of their entries; errors as `openReport`
 */
export async function openState(frame, keys, place) {
  const statement = await unseal(frame, REPORTER_PARTS, [keys.identity], STATE_FLOOR);
  const state = statements.readState(await verifyStatement(statement, statements.STATE_TYPE, publicKey(keys.signSeed)));
  if (state.desk !== keys.desk || state.log !== place.log || state.seq !== place.seq) {
    throw new BindingError("a state was signed for another desk, log or place");
  }
  if (state.seen.seq >= state.seq || (state.seen.seq === 0) !== (state.seen.head === null)) {
    throw new BindingError("a state has seen what cannot have been there");
  }
  return state;
}

/**
 * @param {Frame} frame
 * @param {number} count of parts
 * @param {readonly Identity[]} identities
 * @param {number} [floor] a state is in the second part
 * @param {number} [longest] bytes of the statement
 */
async function unseal({ parts }, count, identities, floor = FLOOR, longest = Infinity) {
  const part = parts[floor === STATE_FLOOR ? 1 : 0];
  if (parts.length !== count || !part) {
    throw new EncodingError(`a frame of this kind of entry does not have ${count} parts`);
  }
  const { statement } = unpad(await decrypt(part, identities), floor);
  if (statement.length > longest) throw new PayloadError(`a statement to members is longer than ${longest} bytes`);
  return parseStatement(statement);
}

/** @param {statements.Report} report @param {Frame} frame */
function checkOpening({ desk, log, keys, committee_seed: seed }, { meta: { open } }) {
  const commitment = mailboxCommitment(b64decode(keys.sign), parseRecipient(keys.reply_to));
  if (logId("mailbox", desk, b64decode(keys.login), commitment) !== log) {
    throw new BindingError("the mailbox id does not follow from the report's keys");
  }
  if (open?.login !== keys.login || open.commitment !== b64encode(commitment)) {
    throw new BindingError("the frame opens the mailbox with other keys than the report names");
  }
  if (open.committee_login !== b64encode(publicKey(b64decode(seed)))) {
    throw new BindingError("the frame's committee login is not that of the report's seed");
  }
}

/** @param {statements.Report | statements.Message} entry @param {Desk} desk @param {Reader} reader */
function checkRecipients({ day, sealed_to: ids, recipients_hash: hash }, { epochs }, { member }) {
  if (!ids.includes(member)) throw new BindingError("an entry was not sealed to this member");
  const usable = epochs.filter(({ seal_from, seal_until }) => seal_from <= day && day <= seal_until);
  /** @type {import("./epochs.js").Epoch[][]} */
  let choices = [[]];
  for (const id of ids) {
    const mine = usable.filter((epoch) => epoch.member === id);
    choices = choices.flatMap((chosen) => mine.map((epoch) => [...chosen, epoch])).slice(0, MAX_COMBINATIONS);
  }
  if (!choices.some((chosen) => recipientsHash(chosen) === hash)) {
    throw new BindingError("an entry was sealed to other epochs than those of its recipients");
  }
}
