// SPDX-License-Identifier: EUPL-1.2
/**
 * The message of kind `files` that follows when files have come: it signs the root of each (FORMAT.md section 7.5).
 *
 * It goes to nobody but readers of the entry that announced them: who joined since then was not shown to the reporter.
 */
import { b64encode } from "../../../../../crypto/js/encoding.js";
import { liveMembers } from "../../../../../crypto/js/epochs.js";
import { sealMessage } from "../../../../../crypto/js/seal.js";
import { ClientError } from "../../client.js";
import { newestState, readMailbox, readersNow } from "../mailbox.js";
import { newMessage } from "../message.js";
import { checkReaders } from "../readers.js";

/** @typedef {import("../../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("../../../../../crypto/js/statements.js").Attachment} Attachment */
/** @typedef {import("../log.js").Opened} Opened */
/** @typedef {import("../session.js").Session} Session */

const ATTEMPTS = 3;

/**
 * Append the message, unless it is there already: a retry never makes a second one.
 *
 * @param {Session} session
 * @param {MailboxKeys} keys
 * @param {string} about head after the entry that announced them, b64
 * @param {Attachment[]} attachments with their roots
 * @param {string} language
 */
export async function completeFiles(session, keys, about, attachments, language) {
  for (let attempt = 1; ; attempt += 1) {
    const { desk, opened } = await readMailbox(session, keys, await session.refetchDesk());
    if (opened.some((entry) => entry.what === "own" && entry.state.did === "files" && entry.state.about === about)) return;
    const frame = await seal(session, { keys, opened }, desk, { about, attachments, language });
    const signer = { seed: keys.loginSeed, day: session.today };
    const head = b64encode(/** @type {Opened} */ (opened.at(-1)).head);
    try {
      await session.intake.append(keys.log, frame, { ifMatch: `"${head}"` }, signer);
      return;
    } catch (error) {
      const moved = error instanceof ClientError && (error.code === "head" || error.code === "recipients");
      if (!moved || attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * @param {Session} session
 * @param {{ keys: MailboxKeys, opened: Opened[] }} mailbox
 * @param {import("../../../../../crypto/js/desk.js").Desk} desk
 * @param {{ about: string, attachments: Attachment[], language: string }} what
 */
async function seal({ today }, { keys, opened }, desk, { about, attachments, language }) {
  const announcing = opened.find(({ head }) => b64encode(head) === about);
  if (announcing?.what !== "own") throw new ClientError("history", "the entry that announced the files is not there any more");
  const { sealed_to: told } = announcing.state;
  const live = liveMembers(desk.document, desk.epochs, today);
  const readers = readersNow(opened, desk, today).filter(({ member }) => told.includes(member));
  checkReaders(readers, told);
  const { seen, excluded } = newestState(opened);
  const what = { answers: {}, kind: /** @type {const} */ ("files"), about: announcing.seq, language };
  const message = newMessage({ keys, opened }, desk, what, { today, live, readers, attachments });
  return sealMessage(message, { excluded, seen }, keys, live);
}

/**
 * Send all files that entries of this session announced, and complete them.
 *
 * @param {Session} session
 * @param {string} language
 * @param {import("../rpc.js").Report} report
 * @returns {Promise<import("../../client.js").FileState[]>}
 */
export async function uploadFiles(session, language, report) {
  const { uploads, keys, intake } = session;
  const to = { intake, signer: () => ({ seed: keys.loginSeed, day: session.today }) };
  await uploads.run(to, (about, records) => completeFiles(session, keys, about, records, language), report);
  return uploads.describe();
}
