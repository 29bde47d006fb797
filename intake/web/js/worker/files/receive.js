// SPDX-License-Identifier: EUPL-1.2
/** A file that the committee sent: fetched part by part, opened, and handed out only once it is known to be whole. */
import { openBlob } from "../../../../../crypto/js/blob.js";
import { FormatError } from "../../../../../crypto/js/errors.js";
import { BLOB_PART_LENGTH } from "../../../../../crypto/js/logs.js";
import { ClientError } from "../../client.js";

/** @typedef {import("../../../../../crypto/js/stream.js").Bytes} Bytes */
/** @typedef {import("../session.js").Session} Session */

/**
 * @param {Session} session
 * @param {{ seq: number, index: number }} args
 * @param {import("../rpc.js").Report} report
 * @returns {Promise<Blob>} of no type, so that a browser saves it and does not show it
 * @throws {ClientError} `file` when it is not there, not whole, or another than the committee signed
 */
export async function receiveFile(session, { seq, index }, report) {
  const entry = session.mailbox?.opened.find((one) => one.seq === seq);
  const attachment = entry?.what === "reply" ? entry.reply.attachments[index] : undefined;
  const claim = entry?.frame.meta.claims[index];
  if (!attachment || !claim) throw new ClientError("internal", "no such file in the open mailbox");
  try {
    const pieces = [];
    for await (const piece of openBlob(partsOf(session, claim, report), attachment)) {
      pieces.push(/** @type {Bytes} */ (piece));
    }
    return new Blob(pieces);
  } catch (error) {
    if (error instanceof FormatError) throw new ClientError("file", error.message);
    if (error instanceof ClientError && error.code === "unknown") throw new ClientError("file", "a part is not there");
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {import("../../../../../crypto/js/logs.js").Claim} claim
 * @param {import("../rpc.js").Report} report
 * @returns {AsyncGenerator<Bytes>}
 */
async function* partsOf({ intake, keys, today }, { blob, size }, report) {
  const count = Math.ceil(size / BLOB_PART_LENGTH);
  for (let number = 1; number <= count; number += 1) {
    report("file", (number - 1) / count);
    yield await intake.part(blob, number, { seed: keys.loginSeed, day: today });
  }
  report("file", 1);
}
