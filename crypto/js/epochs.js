// SPDX-License-Identifier: EUPL-1.2
/**
 * Member epochs: the keys that a desk's entries are sealed to, for a few weeks each (FORMAT.md section 6.3).
 *
 * An epoch is public; the private key lies in the member's key store and is destroyed on a fixed day.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { findMember } from "./document.js";
import { b64decode, b64encode, daysBetween, labelledHash, parseJson } from "./encoding.js";
import { DeskError } from "./errors.js";
import { day, deskId, fields, key, memberId, positive, recipient, version1 } from "./fields.js";
import { readPayload, verifyStatement } from "./signing.js";

/** @typedef {import("./document.js").DeskDocument} DeskDocument */
/** @typedef {import("./fields.js").Fields<typeof EPOCH> & { id: Uint8Array }} Epoch `id`: SHA-256 of the payload as it was read */

export const EPOCH_TYPE = "meldkluis/epoch/v1";
const MAX_SEALING = 28;
const MAX_LIFE = 56;
const EPOCH = {
  v: version1,
  desk: deskId,
  member: memberId,
  desk_version: positive,
  desk_hash: key,
  recipient,
  seal_from: day,
  seal_until: day,
  destroy_at: day,
};

/**
 * @param {import("./signing.js").Statement} statement
 * @param {DeskDocument} document
 * @returns {Promise<Epoch>} of a member or custodian of `document`, on whatever day
 * @throws {EncodingError} the payload has another shape
 * @throws {SignatureError} another type of statement, or another key than the member's signed it
 * @throws {DeskError} an unknown member, another document, or days that FORMAT.md section 6.3 forbids
 */
export async function readEpoch(statement, document) {
  const member = findMember(document, memberId(readPayload(statement, EPOCH_TYPE)["member"]));
  const payload = await verifyStatement(statement, EPOCH_TYPE, b64decode(member.identity));
  const epoch = { ...fields(parseJson(payload), EPOCH), id: sha256(payload) };
  if (epoch.desk !== document.desk || epoch.desk_version !== document.version || epoch.desk_hash !== document.hash) {
    throw new DeskError("the epoch belongs to another desk document than the one shown");
  }
  checkDays(epoch);
  return epoch;
}

/** @param {Epoch} epoch */
function checkDays({ seal_from: from, seal_until: until, destroy_at: destroyAt }) {
  if (until < from || daysBetween(from, until) > MAX_SEALING) {
    throw new DeskError(`the epoch's days of sealing are not 0 to ${MAX_SEALING} days apart`);
  }
  if (destroyAt <= until || daysBetween(from, destroyAt) > MAX_LIFE) {
    throw new DeskError(`the epoch's key is not destroyed after its last day and within ${MAX_LIFE} days`);
  }
}

/**
 * @param {DeskDocument} document
 * @param {readonly Epoch[]} epochs
 * @param {string} today
 * @returns {Epoch[]} one for each live member, sorted by member id; no custodians. Of several the latest `seal_from`
 *   counts, then the greatest id
 */
export function liveMembers({ members }, epochs, today) {
  const usable = epochs.filter(({ seal_from, seal_until }) => seal_from <= today && today <= seal_until);
  return members
    .map(({ id }) => usable.filter(({ member }) => member === id).sort(byPrecedence))
    .flatMap(([best]) => best ?? [])
    .sort((left, right) => (left.member < right.member ? -1 : 1));
}

/** @param {Epoch} left @param {Epoch} right */
function byPrecedence(left, right) {
  if (left.seal_from !== right.seal_from) return left.seal_from < right.seal_from ? 1 : -1;
  const place = left.id.findIndex((byte, index) => byte !== right.id[index]);
  return (right.id[place] ?? 0) - (left.id[place] ?? 0);
}

/**
 * @param {readonly Epoch[]} epochs
 * @returns {string} b64, the recipients hash of epochs in the order given (FORMAT.md section 6.5)
 */
export const recipientsHash = (epochs) => b64encode(labelledHash("recipients", ...epochs.map(({ id }) => id)));
