// SPDX-License-Identifier: EUPL-1.2
/**
 * Sending a message in the open mailbox, under the head that was last verified.
 *
 * A sealed frame is kept until the answer has come, so that a retry sends the same bytes. When the mailbox has moved on,
 * it is read again: either that frame is there already, or the message is sealed anew for its new place. An earlier
 * version that turns out to have arrived stays, and of its files go those that are still chosen: under it, and once.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b64encode } from "../../../../crypto/js/encoding.js";
import { liveMembers, recipientsHash } from "../../../../crypto/js/epochs.js";
import { sealMessage } from "../../../../crypto/js/seal.js";
import { ClientError } from "../client.js";
import { fingerprintOf, notAnnounced, settle, stillChosen } from "./attempts.js";
import { announceFiles } from "./files/announce.js";
import { newestState, readMailbox, readersNow } from "./mailbox.js";
import { checkReaders } from "./readers.js";
import { sentOf } from "./report.js";
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
/** @typedef {import("./attempts.js").Attempt & { form: string, after: string }} Attempt `after`: head that it follows, b64 */

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
  const fingerprint = fingerprintOf(args, args.files ?? []);
  const isThis = (/** @type {Attempt} */ attempt) => attempt.fingerprint === fingerprint;
  let { desk } = session;
  for (let tries = 1; ; tries += 1) {
    const attempt = mailbox.attempts.find(isThis) ?? (await prepare(session, mailbox, desk, args, fingerprint, report));
    const refusal = attempt.arrived ? null : await tryPost(session, mailbox, attempt, report);
    if (!refusal) return conclude(session, mailbox, attempt, args);
    if (tries === ATTEMPTS) throw refusal;
    const read = await readMailbox(session, mailbox.keys, await session.refetchDesk());
    ({ desk } = read);
    mailbox.opened = read.opened;
    settle(mailbox.attempts, read.opened);
    mailbox.attempts = mailbox.attempts.filter(({ arrived }) => arrived);
  }
}

/**
 * @param {Session} session
 * @param {OpenMailbox} mailbox
 * @param {Attempt} attempt
 * @param {Report} report
 * @returns {Promise<ClientError | null>} the refusal when reading the mailbox or the desk again can help
 */
async function tryPost(session, { keys }, attempt, report) {
  report("send", 0);
  try {
    const signer = { seed: keys.loginSeed, day: session.today };
    attempt.arrived = await session.intake.append(keys.log, attempt.frame, { ifMatch: `"${attempt.after}"` }, signer);
    report("send", 1);
    return null;
  } catch (error) {
    if (error instanceof ClientError && (error.code === "head" || error.code === "recipients")) return error;
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {OpenMailbox} mailbox
 * @param {Attempt} attempt that has arrived
 * @param {Args} args
 * @returns {Sent}
 */
function conclude({ uploads }, mailbox, { arrived, form, frame }, { files = [] }) {
  const versions = arrivedFrom(form, mailbox);
  const going = versions.flatMap((one) => {
    const some = stillChosen(one.announced, files);
    uploads.add(some, String(one.arrived?.head));
    return some.map(({ id, record: { name, size } }) => ({ name, size, id }));
  });
  mailbox.attempts = mailbox.attempts.filter((one) => one.form !== form);
  const place = /** @type {import("./attempts.js").Place} */ (arrived);
  return sentOf(mailbox.keys.log, { ...place, hash: b64encode(sha256(frame)), earlier: versions.length > 1, files: going });
}

/** @param {string} form @param {OpenMailbox} mailbox */
const arrivedFrom = (form, { attempts }) => attempts.filter((one) => one.form === form && one.arrived);

/** @param {Args} args @returns {string} where it was typed: another version from there takes the place of the one before */
const formOf = ({ files, kind, about }) => (files ? "box" : `${kind} ${about}`);

/**
 * @param {Session} session
 * @param {OpenMailbox} mailbox
 * @param {Desk} desk
 * @param {Args} args
 * @param {string} fingerprint
 * @param {Report} report
 * @returns {Promise<Attempt>}
 */
async function prepare({ today }, mailbox, desk, args, fingerprint, report) {
  report("seal", 0);
  const { keys, opened, seen } = mailbox;
  const live = liveMembers(desk.document, desk.epochs, today);
  const readers = readersNow(opened, desk, today);
  checkReaders(readers, mailbox.shown);
  checkSize(args.answers);
  const form = formOf(args);
  const there = arrivedFrom(form, mailbox).flatMap((one) => one.announced);
  const announced = await announceFiles(notAnnounced(args.files ?? [], there), live, readers);
  const attachments = announced.map(({ record }) => record);
  const payload = newMessage(mailbox, desk, args, { today, live, readers, attachments });
  const keep = { excluded: newestState(opened).excluded, seen };
  const frame = await sealing(() => sealMessage(payload, keep, keys, live));
  report("seal", 1);
  const attempt = { fingerprint, form, frame, announced, after: String(payload.prev), arrived: null };
  mailbox.attempts.push(attempt);
  return attempt;
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
