// SPDX-License-Identifier: EUPL-1.2
/**
 * Sending the report: sealed once, sent until the intake has it, never stored twice.
 *
 * The sealed frame is kept until the answer has come, so that a retry sends the same bytes under the same precondition.
 * When something else is already there under these words, it was an earlier attempt whose answer got lost: of its files
 * go those that are still chosen, unless somebody could open them who is left out by now.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b64encode } from "../../../../crypto/js/encoding.js";
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { newReport, sealReport } from "../../../../crypto/js/seal.js";
import { ClientError } from "../client.js";
import { fingerprintOf, settle, stillChosen } from "./attempts.js";
import { announceFiles } from "./files/announce.js";
import { fetchLog, openLog } from "./log.js";
import { checkReaders } from "./readers.js";
import { checkSize, cleaned, sealing } from "./texts.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("../client.js").Sent} Sent */
/** @typedef {import("./rpc.js").Report} Report */
/** @typedef {import("./session.js").Session} Session */
/** @typedef {Parameters<import("../client.js").Client["sendReport"]>[0]} Args */
/** @typedef {import("./attempts.js").Attempt & { readers: string[] }} Attempt `readers`: ids of those it is sealed to */

const NUMBER_GROUP = 4;

/**
 * @param {Session} session
 * @param {Args} args
 * @param {Report} report
 * @returns {Promise<Sent>}
 */
export async function sendReport(session, args, report) {
  const keys = await session.keysFor(args.words, args.language, report);
  const fingerprint = fingerprintOf([keys.log, args.answers, args.excluded, args.language], args.files ?? []);
  const prepared = session.attempts.find((one) => one.fingerprint === fingerprint);
  let attempt = prepared ?? (await prepare(session, session.desk, args, keys, fingerprint, report));
  try {
    return await post(session, keys, attempt, args, report);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    if (error.code === "head") return findEarlier(session, keys, attempt, args);
    if (error.code !== "recipients") throw error;
  }
  session.attempts = session.attempts.filter((one) => one !== attempt);
  attempt = await prepare(session, await session.refetchDesk(), args, keys, fingerprint, report);
  return post(session, keys, attempt, args, report);
}

/**
 * @param {Session} session
 * @param {Desk} desk
 * @param {Args} args
 * @param {MailboxKeys} keys
 * @param {string} fingerprint
 * @param {Report} report
 * @returns {Promise<Attempt>}
 */
async function prepare({ attempts, shown, today }, desk, { answers, excluded, language, files = [] }, keys, fingerprint, report) {
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
  const attempt = { fingerprint, frame, announced, readers: payload.sealed_to, arrived: null };
  attempts.push(attempt);
  return attempt;
}

/**
 * @param {Session} session
 * @param {MailboxKeys} keys
 * @param {Attempt} attempt
 * @param {Args} args
 * @param {Report} report
 */
async function post(session, keys, attempt, args, report) {
  report("send", 0);
  const signer = { seed: keys.loginSeed, day: session.today };
  attempt.arrived = await session.intake.append(keys.log, attempt.frame, { ifNoneMatch: "*" }, signer);
  report("send", 1);
  return conclude(session, keys, attempt, args, false);
}

/**
 * @param {Session} session
 * @param {MailboxKeys} keys
 * @param {Attempt} attempt
 * @param {Args} args
 * @returns {Promise<Sent>} of the report that is there, if these words signed it
 */
async function findEarlier(session, keys, attempt, args) {
  const opened = await openLog(await fetchLog(session.intake, keys, session.today), keys, session.desk);
  const [first] = opened;
  if (!first) throw new ClientError("head", "there is something else in this mailbox");
  settle(session.attempts, opened);
  const there = session.attempts.find(({ arrived }) => arrived);
  if (there) return conclude(session, keys, there, args, there !== attempt);
  const { seq, day } = first;
  return sentOf(keys.log, { seq, day, head: b64encode(first.head), hash: b64encode(first.frame.hash), earlier: true, files: [] });
}

/**
 * @param {Session} session
 * @param {MailboxKeys} keys
 * @param {Attempt} attempt the one that arrived
 * @param {Args} args
 * @param {boolean} earlier
 * @returns {Sent}
 */
function conclude(session, keys, { arrived, frame, announced, readers }, args, earlier) {
  const place = /** @type {import("./attempts.js").Place} */ (arrived);
  // Who was left out since then could open the files of the earlier version.
  const going = readers.some((id) => args.excluded.includes(id)) ? [] : stillChosen(announced, args.files ?? []);
  session.attempts = [];
  session.uploads.add(going, place.head);
  const files = going.map(({ id, record: { name, size } }) => ({ name, size, id }));
  return sentOf(keys.log, { ...place, hash: b64encode(sha256(frame)), earlier, files });
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
