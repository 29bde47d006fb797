// SPDX-License-Identifier: EUPL-1.2
/** Deleting the open mailbox: the committee's replies go, and the words open nothing any more (FORMAT.md section 7.7). */
import { isReply, writeDeletion } from "../../../../crypto/js/deletion.js";
import { ClientError } from "../client.js";

/** @typedef {import("./mailbox.js").OpenMailbox} OpenMailbox */

/**
 * @param {import("./session.js").Session} session
 * @param {import("./rpc.js").Report} report
 * @returns {Promise<{ day: string }>} the intake's day
 * @throws {ClientError} `head` when there is something that the page has not shown
 */
export async function deleteMailbox({ mailbox, intake, today }, report) {
  if (!mailbox) throw new ClientError("internal", "openMailbox comes first");
  const { keys, seen } = mailbox;
  mailbox.deletion ??= frameOf(mailbox, today);
  report("send", 0);
  const signer = { seed: keys.loginSeed, day: today };
  const { day } = await intake.append(keys.log, mailbox.deletion, { ifMatch: `"${seen.head}"` }, signer);
  report("send", 1);
  return { day };
}

/**
 * @param {OpenMailbox} mailbox
 * @param {string} day
 * @returns {Uint8Array} for the place behind what the page has shown; kept, so that a retry sends the same bytes
 */
function frameOf({ keys, opened, seen }, day) {
  const shown = opened.filter(({ seq }) => seq <= seen.seq);
  const of = shown.filter(({ frame }) => isReply(frame)).map(({ seq }) => seq);
  return writeDeletion({ desk: keys.desk, log: keys.log, seq: seen.seq + 1, prev: seen.head, day, of }, keys.signSeed);
}
