// SPDX-License-Identifier: EUPL-1.2
/**
 * Signed statements into envelopes: to the committee, to the reporter (FORMAT.md sections 4.3, 4.4 and 7).
 *
 * The committee's envelope has a stanza for every live member, whoever is excluded, in random order: neither its
 * length nor its stanzas tell who can open it.
 */
import { encrypt, throwawayRecipient } from "./age.js";
import { FLOOR, STATE_FLOOR, pad } from "./padding.js";

/**
 * @param {Uint8Array} statement
 * @param {readonly import("./epochs.js").Epoch[]} live all live members
 * @param {readonly string[]} included ids of those who can open it; the others' stanzas go to throw-away keys
 * @returns {Promise<Uint8Array>} the envelope
 * @throws {RangeError} nobody, or somebody who is not live, is included
 */
export async function sealToMembers(statement, live, included) {
  const ids = new Set(live.map(({ member }) => member));
  if (included.length === 0 || !included.every((id) => ids.has(id))) {
    throw new RangeError("included must be some of the live members");
  }
  const recipients = live.map(({ member, recipient }) => (included.includes(member) ? recipient : throwawayRecipient()));
  return encrypt(pad(statement, undefined, FLOOR), shuffled(await Promise.all(recipients)));
}

/**
 * @param {Uint8Array} statement
 * @param {string} recipient the reporter's reply-to key
 * @returns {Promise<Uint8Array>} the envelope
 */
export const sealToReporter = (statement, recipient) => encrypt(pad(statement, undefined, FLOOR), [recipient]);

/**
 * @param {Uint8Array} statement of a state (FORMAT.md section 7.3)
 * @param {string} recipient the reporter's own reply-to key
 * @returns {Promise<Uint8Array>} the envelope
 */
export const sealState = (statement, recipient) => encrypt(pad(statement, undefined, STATE_FLOOR), [recipient]);

/**
 * @template T
 * @param {readonly T[]} items
 * @returns {T[]} in an order drawn by the platform's secure generator
 */
function shuffled(items) {
  const draws = crypto.getRandomValues(new Uint32Array(2 * items.length));
  return items
    .map((item, place) => ({ item, draw: (BigInt(draws[2 * place] ?? 0) << 32n) + BigInt(draws[2 * place + 1] ?? 0) }))
    .sort((left, right) => (left.draw < right.draw ? -1 : 1))
    .map(({ item }) => item);
}
