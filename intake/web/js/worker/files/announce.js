// SPDX-License-Identifier: EUPL-1.2
/**
 * Files on their way into an entry: each gets a blob of its own, which the entry announces (FORMAT.md section 7.5).
 *
 * File key, header and nonce stay in this worker's memory: while it lives, any part can be sealed again.
 */
import { newStart } from "../../../../../crypto/js/age.js";
import { newAttachment } from "../../../../../crypto/js/blob.js";
import { memberRecipients } from "../../../../../crypto/js/seal.js";

/** @typedef {import("../../../../../crypto/js/age.js").Start} Start */
/** @typedef {import("../../../../../crypto/js/epochs.js").Epoch} Epoch */
/** @typedef {import("../../../../../crypto/js/statements.js").Attachment} Attachment */
/** @typedef {import("../../client.js").Chosen} Chosen */
/** @typedef {{ record: Attachment, start: Start, file: Blob, id: string }} Announced `id`: that of the chosen file */

/**
 * @param {readonly Chosen[]} files
 * @param {readonly Epoch[]} live
 * @param {readonly Epoch[]} readers those of the live members who open them
 * @returns {Promise<Announced[]>}
 */
export function announceFiles(files, live, readers) {
  const included = readers.map(({ member }) => member);
  return Promise.all(
    files.map(async ({ file, name, id }) => {
      const start = await newStart(await memberRecipients(live, included));
      return { record: newAttachment({ name, type: file.type, size: file.size }, start), start, file, id };
    }),
  );
}
