// SPDX-License-Identifier: EUPL-1.2
/**
 * Signed statements into envelopes, and a reporter's entry into its frame (FORMAT.md sections 4 and 7).
 *
 * A committee's envelope has one stanza for each live member, whoever is excluded, in random order: neither
 * its length nor its stanzas tell who opens it.
 */
import { encrypt, throwawayRecipient } from "./age.js";
import { claimsOf } from "./blob.js";
import { b64decode, b64encode, dumpJson } from "./encoding.js";
import { liveMembers, recipientsHash } from "./epochs.js";
import { encodeFrame } from "./logs.js";
import { FLOOR, MAX_MEMBERS_STATEMENT, STATE_FLOOR, pad } from "./padding.js";
import { publicKey, signStatement } from "./signing.js";
import { MESSAGE_TYPE, REPORT_TYPE, STATE_TYPE, deedOf } from "./statements.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./epochs.js").Epoch} Epoch */
/** @typedef {import("./mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("./statements.js").Attachment} Attachment */
/** @typedef {import("./statements.js").Message} Message */
/** @typedef {import("./statements.js").Report} Report */
/** @typedef {import("./statements.js").State} State */

const SEED_LENGTH = 32;

/**
 * @param {Uint8Array} statement
 * @param {readonly Epoch[]} live all live members
 * @param {readonly string[]} included ids of those who open their stanza
 * @returns {Promise<Uint8Array>} an envelope with one stanza for each live member
 * @throws {RangeError} nobody, or somebody who is not live, is included; or a statement above 280,000 bytes
 */
export async function sealToMembers(statement, live, included) {
  if (statement.length > MAX_MEMBERS_STATEMENT) throw new RangeError(`statement must have ${MAX_MEMBERS_STATEMENT} bytes at most`);
  return encrypt(pad(statement, undefined, FLOOR), await memberRecipients(live, included));
}

/**
 * @param {readonly Epoch[]} live all live members
 * @param {readonly string[]} included ids of those who open their stanza
 * @returns {Promise<string[]>} a recipient for each live member in random order, throw-aways for those not included
 * @throws {RangeError} nobody, or somebody who is not live, is included
 */
export async function memberRecipients(live, included) {
  if (included.length === 0 || !included.every((id) => live.some(({ member }) => member === id))) {
    throw new RangeError("included must be some of the live members");
  }
  const recipients = live.map(({ member, recipient }) => (included.includes(member) ? recipient : throwawayRecipient()));
  return shuffled(await Promise.all(recipients));
}

/**
 * @param {Uint8Array} statement
 * @param {string} replyTo
 * @returns {Promise<Uint8Array>} an envelope with one stanza, for the reporter's reply-to key
 */
export const sealToReporter = (statement, replyTo) => encrypt(pad(statement, undefined, FLOOR), [replyTo]);

/**
 * @param {Uint8Array} statement
 * @param {string} replyTo
 * @returns {Promise<Uint8Array>} the envelope of a state, for the reporter's own reply-to key
 */
export const sealState = (statement, replyTo) => encrypt(pad(statement, undefined, STATE_FLOOR), [replyTo]);

/**
 * Return the first entry of a fresh mailbox, for every live member but those excluded.
 *
 * @param {MailboxKeys} keys
 * @param {Desk} desk
 * @param {string} today
 * @param {Record<string, string>} answers
 * @param {{ language: string, excluded: readonly string[], attachments?: Attachment[] }} choices `attachments` are announced: their blobs follow
 * @returns {Report}
 * @throws {RangeError} nobody is left who could read it
 */
export function newReport(keys, desk, today, answers, { language, excluded, attachments = [] }) {
  const live = liveMembers(desk.document, desk.epochs, today);
  const included = live.filter(({ member }) => !excluded.includes(member));
  if (included.length === 0) throw new RangeError("excluded must leave a live member");
  return {
    v: 1,
    desk: keys.desk,
    log: keys.log,
    seq: 1,
    prev: null,
    desk_version: desk.document.version,
    desk_hash: desk.document.hash,
    day: today,
    language,
    sealed_to: included.map(({ member }) => member),
    excluded: live.filter((epoch) => !included.includes(epoch)).map(({ member }) => member),
    recipients_hash: recipientsHash(included),
    keys: keys.public,
    committee_seed: b64encode(crypto.getRandomValues(new Uint8Array(SEED_LENGTH))),
    attachments,
    identity: null,
    answers,
  };
}

/**
 * @param {Report} report
 * @param {string[]} excluded sorted: whom the reporter chose to exclude, live or not
 * @param {MailboxKeys} keys
 * @param {readonly Epoch[]} live
 * @returns {Promise<Uint8Array>} the frame that opens a mailbox: the sealed report, and the state beside it
 */
export async function sealReport(report, excluded, keys, live) {
  const opening = {
    kind: /** @type {const} */ ("mailbox"),
    desk: keys.desk,
    login: keys.public.login,
    commitment: b64encode(keys.commitment),
    committee_login: b64encode(publicKey(b64decode(report.committee_seed))),
  };
  const state = stateOf(report, excluded, { seq: 0, head: null });
  const claims = claimsOf(report.attachments, live.length);
  return reporterFrame(signStatement(REPORT_TYPE, dumpJson(report), keys.signSeed), state, keys, live, claims, opening);
}

/**
 * @param {Message} message
 * @param {KeepInState} keep
 * @param {MailboxKeys} keys
 * @param {readonly Epoch[]} live
 * @returns {Promise<Uint8Array>} the frame of a reporter's later entry, with its state
 */
export async function sealMessage(message, { excluded, seen }, keys, live) {
  const state = stateOf(message, excluded, seen);
  const claims = message.kind === "files" ? [] : claimsOf(message.attachments, live.length);
  return reporterFrame(signStatement(MESSAGE_TYPE, dumpJson(message), keys.signSeed), state, keys, live, claims, null);
}

/**
 * @typedef {object} KeepInState
 * @property {string[]} excluded sorted: whom the reporter chose to exclude; a message's `excluded` has all who do not read it
 * @property {State["seen"]} seen the newest entry that was read
 */

/**
 * @param {Report | Message} entry
 * @param {string[]} excluded
 * @param {State["seen"]} seen
 * @returns {State}
 */
function stateOf(entry, excluded, seen) {
  const { desk, log, seq, day, desk_version, sealed_to } = entry;
  const deed = "kind" in entry ? { did: deedOf(entry), about: entry.about } : { did: "report", about: null };
  return { v: 1, desk, log, seq, day, desk_version, sealed_to, excluded, ...deed, seen };
}

/**
 * @param {Uint8Array} statement
 * @param {State} state
 * @param {MailboxKeys} keys
 * @param {readonly Epoch[]} live
 * @param {import("./logs.js").Claim[]} claims
 * @param {import("./logs.js").Opening | null} open
 */
async function reporterFrame(statement, state, keys, live, claims, open) {
  const sealed = await sealToMembers(statement, live, state.sealed_to);
  const beside = await sealState(signStatement(STATE_TYPE, dumpJson(state), keys.signSeed), keys.public.reply_to);
  return encodeFrame({ v: 1, log: keys.log, claims, open, committee_login: null }, [sealed, beside]);
}

/**
 * @template T
 * @param {readonly T[]} items
 * @returns {T[]} in an order drawn by the platform's secure generator
 */
function shuffled(items) {
  const draws = crypto.getRandomValues(new BigUint64Array(items.length));
  return items
    .map((item, place) => ({ item, draw: draws[place] ?? 0n }))
    .sort((left, right) => (left.draw < right.draw ? -1 : 1))
    .map(({ item }) => item);
}
