// SPDX-License-Identifier: EUPL-1.2
/** The reporter's deletion of the mailbox: an entry that nothing seals (FORMAT.md section 7.7). */
import { dumpJson } from "./encoding.js";
import { countStanzas } from "./envelope.js";
import { encodeFrame } from "./logs.js";
import { signStatement } from "./signing.js";

/** @typedef {{ desk: string, log: string, seq: number, prev: string, day: string, of: number[] }} Deletion `prev` in b64; `of`: places of all replies */

const TYPE = "meldkluis/deletion/v1";

/**
 * @param {Deletion} deletion
 * @param {Uint8Array} seed the reporter's signing seed
 * @returns {Uint8Array} the frame
 */
export function writeDeletion({ desk, log, seq, prev, day, of }, seed) {
  const statement = signStatement(TYPE, dumpJson({ v: 1, desk, log, seq, prev, day, of }), seed);
  return encodeFrame({ v: 1, log, claims: [], open: null, committee_login: null }, [statement]);
}

/** @param {import("./logs.js").Frame} frame @returns {boolean} whether it is a committee's reply, as far as it shows */
export function isReply({ meta, parts }) {
  return parts.length === 1 && meta.committee_login === null && countStanzas(parts[0] ?? new Uint8Array()) === 1;
}
