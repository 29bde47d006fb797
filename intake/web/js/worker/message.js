// SPDX-License-Identifier: EUPL-1.2
/**
 * Sending a message in the open mailbox, under the head that was last verified.
 *
 * A sealed frame is kept until the answer has come, so that a retry sends the same bytes. When the mailbox has moved on,
 * it is read again: either that frame is there already, or the message is sealed anew for its new place.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b64encode } from "../../../../crypto/js/encoding.js";
import { liveMembers, recipientsHash } from "../../../../crypto/js/epochs.js";
import { sealMessage } from "../../../../crypto/js/seal.js";
import { ClientError } from "../client.js";
import { announceFiles, describeFiles } from "./files/announce.js";
import { newestState, readMailbox, readersNow } from "./mailbox.js";
import { checkReaders } from "./readers.js";
import { fingerprintOf, sentOf } from "./report.js";
import { checkSize, cleaned, sealing } from "./texts.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/statements.js").Message} Message */
/** @typedef {import("../client.js").Sent} Sent */
/** @typedef {import("./log.js").Opened} Opened */
/** @typedef {import("./mailbox.js").Epoch} Epoch */
/** @typedef {import("./mailbox.js").OpenMailbox} OpenMailbox */
/** @typedef {import("./rpc.js").Report} Report */
/** @typedef {import("./session.js").Session} Session */
/** @typedef {Parameters<import("../client.js").Client["sendMessage"]>[0]} Args */
/** @typedef {NonNullable<OpenMailbox["prepared"]>} Prepared */

const ATTEMPTS = 3;

/**
 * @param {Session} session
 * @param {Args} args
 * @param {Report} report
 * @returns {Promise<Sent>}
 */
export async function sendMessage(session, args, report) {
  const { mailbox } = session;
  if (!mailbox) throw new ClientError("internal", "openMailbox comes first");
  const fingerprint = fingerprintOf([args, describeFiles(args.files ?? [])]);
  if (mailbox.prepared?.fingerprint !== fingerprint) {
    mailbox.prepared = await prepare(session, mailbox, session.desk, args, fingerprint, report);
  }
  for (let attempt = 1; ; attempt += 1) {
    const { prepared } = mailbox;
    if (!prepared) throw new TypeError("a message is prepared before it is sent");
    const refusal = await tryPost(session, mailbox, prepared, report);
    if (!(refusal instanceof ClientError)) return refusal;
    if (attempt === ATTEMPTS) throw refusal;
    const { desk, opened } = await readMailbox(session, mailbox.keys, await session.refetchDesk());
    mailbox.opened = opened;
    const stored = findStored(opened, prepared);
    if (stored) return delivered(session, mailbox, stored);
    mailbox.prepared = await prepare(session, mailbox, desk, args, fingerprint, report);
  }
}

/**
 * @param {Session} session
 * @param {OpenMailbox} mailbox
 * @param {Prepared} prepared
 * @param {Report} report
 * @returns {Promise<Sent | ClientError>} the refusal when reading the mailbox or the desk again can help
 */
async function tryPost(session, mailbox, { frame, head, announced }, report) {
  const { keys } = mailbox;
  report("send", 0);
  try {
    const signer = { seed: keys.loginSeed, day: session.today };
    const answer = await session.intake.append(keys.log, frame, { ifMatch: `"${head}"` }, signer);
    report("send", 1);
    mailbox.prepared = null;
    session.uploads.add(announced, answer.head);
    return sentOf(keys.log, { ...answer, hash: b64encode(sha256(frame)), earlier: false });
  } catch (error) {
    if (error instanceof ClientError && (error.code === "head" || error.code === "recipients")) return error;
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {OpenMailbox} mailbox
 * @param {Desk} desk
 * @param {Args} args
 * @param {string} fingerprint
 * @param {Report} report
 * @returns {Promise<Prepared>}
 */
async function prepare({ today }, mailbox, desk, args, fingerprint, report) {
  report("seal", 0);
  const { keys, opened, seen } = mailbox;
  const live = liveMembers(desk.document, desk.epochs, today);
  const readers = readersNow(opened, desk, today);
  checkReaders(readers, mailbox.shown);
  checkSize(args.answers);
  const announced = await announceFiles(args.files ?? [], live, readers);
  const attachments = announced.map(({ record }) => record);
  const payload = newMessage(mailbox, desk, args, { today, live, readers, attachments });
  const keep = { excluded: newestState(opened).excluded, seen };
  const frame = await sealing(() => sealMessage(payload, keep, keys, live));
  report("seal", 1);
  return { fingerprint, frame, announced, head: String(payload.prev) };
}

/**
 * @param {Pick<OpenMailbox, "keys" | "opened">} mailbox
 * @param {Desk} desk
 * @param {Omit<Args, "kind" | "files"> & { kind: Message["kind"] }} args
 * @param {{ today: string, live: Epoch[], readers: Epoch[], attachments: Message["attachments"] }} when
 * @returns {Message} at the end of the log as far as it is known
 */
export function newMessage({ keys, opened }, { document }, { answers, kind, about, language }, { today, live, readers, attachments }) {
  const last = /** @type {Opened} */ (opened.at(-1));
  const answered = opened.find(({ seq }) => seq === about);
  return {
    v: 1,
    desk: keys.desk,
    log: keys.log,
    seq: last.seq + 1,
    prev: b64encode(last.head),
    desk_version: document.version,
    desk_hash: document.hash,
    day: today,
    language,
    sealed_to: readers.map(({ member }) => member),
    excluded: live.filter((epoch) => !readers.includes(epoch)).map(({ member }) => member),
    recipients_hash: recipientsHash(readers),
    attachments,
    identity: null,
    answers: cleaned(answers),
    kind,
    about: answered ? b64encode(answered.head) : null,
  };
}

/** @param {readonly Opened[]} opened @param {Prepared} prepared */
function findStored(opened, { frame }) {
  const hash = b64encode(sha256(frame));
  return opened.find((entry) => b64encode(entry.frame.hash) === hash);
}

/** @param {Session} session @param {OpenMailbox} mailbox @param {Opened} stored @returns {Sent} */
function delivered(session, mailbox, { seq, day, head, frame }) {
  session.uploads.add(mailbox.prepared?.announced ?? [], b64encode(head));
  mailbox.prepared = null;
  return sentOf(mailbox.keys.log, { seq, day, head: b64encode(head), hash: b64encode(frame.hash), earlier: false });
}
