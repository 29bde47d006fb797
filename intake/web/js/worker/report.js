// SPDX-License-Identifier: EUPL-1.2
/**
 * Sending the report: sealed once, sent until the intake has it, never stored twice.
 *
 * The sealed frame is kept until the answer has come, so that a retry sends the same bytes under the same precondition.
 * When something else is already there under these words, it was an earlier attempt whose answer got lost.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b64encode, utf8 } from "../../../../crypto/js/encoding.js";
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { newReport, sealReport } from "../../../../crypto/js/seal.js";
import { ClientError } from "../client.js";
import { announceFiles, describeFiles } from "./files/announce.js";
import { fetchLog, openLog } from "./log.js";
import { checkReaders } from "./readers.js";
import { checkSize, cleaned, sealing } from "./texts.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("../client.js").Sent} Sent */
/** @typedef {import("./rpc.js").Report} Report */
/** @typedef {import("./session.js").Session} Session */
/** @typedef {Parameters<import("../client.js").Client["sendReport"]>[0]} Args */
/** @typedef {{ fingerprint: string, frame: Uint8Array, announced: import("./files/announce.js").Announced[] }} Prepared */

const NUMBER_GROUP = 4;

/**
 * @param {Session} session
 * @param {Args} args
 * @param {Report} report
 * @returns {Promise<Sent>}
 */
export async function sendReport(session, args, report) {
  const keys = await session.keysFor(args.words, args.language, report);
  const fingerprint = fingerprintOf([keys.log, args.answers, args.excluded, args.language, describeFiles(args.files ?? [])]);
  if (session.report?.fingerprint !== fingerprint) {
    session.report = { fingerprint, ...(await prepare(session, session.desk, args, keys, report)) };
  }
  try {
    return await post(session, keys, session.report, report);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    if (error.code === "head") return findEarlier(session, keys, session.report);
    if (error.code !== "recipients") throw error;
  }
  session.report = { fingerprint, ...(await prepare(session, await session.refetchDesk(), args, keys, report)) };
  return post(session, keys, session.report, report);
}

/**
 * @param {unknown} value what was asked to be sent
 * @returns {string} tells one attempt from another without keeping the text
 */
export const fingerprintOf = (value) => b64encode(sha256(utf8(JSON.stringify(value))));

/**
 * @param {Session} session
 * @param {Desk} desk
 * @param {Args} args
 * @param {MailboxKeys} keys
 * @param {Report} report
 */
async function prepare({ shown, today }, desk, { answers, excluded, language, files = [] }, keys, report) {
  report("seal", 0);
  const live = liveMembers(desk.document, desk.epochs, today);
  const readers = live.filter(({ member }) => !excluded.includes(member));
  checkReaders(readers, shown);
  checkSize(answers);
  const announced = await announceFiles(files, live, readers);
  const attachments = announced.map(({ record }) => record);
  const payload = newReport(keys, desk, today, cleaned(answers), { language, excluded, attachments });
  const frame = await sealing(() => sealReport(payload, [...new Set(excluded)].sort(), keys, live));
  report("seal", 1);
  return { frame, announced };
}

/**
 * @param {Session} session
 * @param {MailboxKeys} keys
 * @param {Prepared} prepared
 * @param {Report} report
 */
async function post(session, keys, { frame, announced }, report) {
  report("send", 0);
  const signer = { seed: keys.loginSeed, day: session.today };
  const { seq, head, day } = await session.intake.append(keys.log, frame, { ifNoneMatch: "*" }, signer);
  report("send", 1);
  session.uploads.add(announced, head);
  return sentOf(keys.log, { seq, head, day, hash: b64encode(sha256(frame)), earlier: false });
}

/**
 * @param {Session} session
 * @param {MailboxKeys} keys
 * @param {Prepared} prepared
 * @returns {Promise<Sent>} of the report that is there, if these words signed it
 */
async function findEarlier(session, keys, { frame, announced }) {
  const opened = await openLog(await fetchLog(session.intake, keys, session.today), keys, session.desk);
  const [first] = opened;
  if (!first) throw new ClientError("head", "there is something else in this mailbox");
  const [hash, head] = [b64encode(first.frame.hash), b64encode(first.head)];
  const earlier = hash !== b64encode(sha256(frame));
  if (!earlier) session.uploads.add(announced, head);
  return sentOf(keys.log, { seq: first.seq, head, day: first.day, hash, earlier });
}

/**
 * @param {string} log
 * @param {Omit<Sent, "log" | "number">} entry
 * @returns {Sent}
 */
export function sentOf(log, entry) {
  return { ...entry, log, number: shortNumber(log) };
}

/** @param {string} log @returns {string} the first eight characters in two groups, to read aloud */
export function shortNumber(log) {
  return `${log.slice(0, NUMBER_GROUP)}-${log.slice(NUMBER_GROUP, 2 * NUMBER_GROUP)}`;
}
