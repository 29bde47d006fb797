// SPDX-License-Identifier: EUPL-1.2
/**
 * Whether an entry's attachments fit its frame (FORMAT.md sections 7.1 to 7.5).
 *
 * The reporter announces first and sends after that, so an announced attachment has no root; a message of kind `files`
 * gives it. The committee knows a file before it writes, so a reply has its roots at once.
 */
import { claimsOf } from "./blob.js";
import { countStanzas } from "./envelope.js";
import { BindingError } from "./errors.js";

/** @typedef {import("./logs.js").Frame} Frame */
/** @typedef {import("./statements.js").Attachment} Attachment */
/** @typedef {import("./statements.js").Message} Message */
/** @typedef {import("./statements.js").Report} Report */

const REPLY_STANZAS = 1;

/**
 * @param {Frame} frame
 * @param {Report | Message} entry a reporter's, whose blobs, if any, come after it
 * @throws {BindingError} other stanzas than members, other claims than attachments, or a root
 */
export function checkAnnounced(frame, entry) {
  checkClaims(frame, entry.attachments, checkStanzas(frame, entry));
  if (entry.attachments.some(({ root }) => root !== null)) {
    throw new BindingError("an entry that announces attachments has the root of one");
  }
}

/**
 * @param {Frame} frame
 * @param {Message} message of kind `files`
 * @throws {BindingError} other stanzas than members, a claim, an answer, no attachment, or one without its root
 */
export function checkComplete(frame, message) {
  checkStanzas(frame, message);
  const { about, answers, attachments } = message;
  if (frame.meta.claims.length > 0 || Object.keys(answers).length > 0 || about === null || attachments.length === 0) {
    throw new BindingError("a message of kind files must name an entry and attachments of it, and nothing else");
  }
  checkRoots(attachments);
}

/**
 * @param {Frame} frame
 * @param {readonly Attachment[]} attachments of a committee's entry
 * @throws {BindingError} other claims than attachments, or an attachment without its root
 */
export function checkAttached(frame, attachments) {
  checkClaims(frame, attachments, REPLY_STANZAS);
  checkRoots(attachments);
}

/** @param {Frame} frame @param {Report | Message} entry @returns {number} how many stanzas the envelope has */
function checkStanzas(frame, entry) {
  const stanzas = countStanzas(frame.parts[0] ?? new Uint8Array());
  if (stanzas !== entry.sealed_to.length + entry.excluded.length) {
    throw new BindingError("an envelope has another number of stanzas than its entry names members");
  }
  return stanzas;
}

/** @param {Frame} frame @param {readonly Attachment[]} attachments @param {number} stanzas */
function checkClaims({ meta }, attachments, stanzas) {
  const listed = (/** @type {import("./logs.js").Claim[]} */ claims) => claims.map(({ blob, size }) => `${blob} ${size}`).join();
  if (listed(meta.claims) !== listed(claimsOf(attachments, stanzas))) {
    throw new BindingError("a frame claims other blobs, or other sizes, than its entry attaches");
  }
}

/** @param {readonly Attachment[]} attachments */
function checkRoots(attachments) {
  if (attachments.some(({ root }) => root === null)) throw new BindingError("an attachment that should be there has no root");
}
