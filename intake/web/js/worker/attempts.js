// SPDX-License-Identifier: EUPL-1.2
/**
 * What was sealed and sent, until it is known whether it arrived: an answer can get lost, and the next attempt may say
 * something else. The keys of the files that it announced live here too; without them those files could never come.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b64encode, utf8 } from "../../../../crypto/js/encoding.js";

/** @typedef {import("../client.js").Chosen} Chosen */
/** @typedef {import("./files/announce.js").Announced} Announced */
/** @typedef {{ seq: number, day: string, head: string }} Place of an entry, with the head after it in b64 */
/** @typedef {{ fingerprint: string, frame: Uint8Array, announced: Announced[], arrived: Place | null }} Attempt */

/**
 * @param {unknown} value what was asked to be sent
 * @param {readonly Chosen[]} files
 * @returns {string} tells one attempt from another without keeping the text
 */
export const fingerprintOf = (value, files) =>
  b64encode(sha256(utf8(JSON.stringify([value, files.map(({ id }) => id)]))));

/**
 * @param {readonly Attempt[]} attempts those that the log holds are known from now on to have arrived
 * @param {readonly import("./log.js").Link[]} links
 */
export function settle(attempts, links) {
  for (const attempt of attempts) {
    const hash = b64encode(sha256(attempt.frame));
    const link = links.find(({ frame }) => b64encode(frame.hash) === hash);
    if (link) attempt.arrived = { seq: link.seq, day: link.day, head: b64encode(link.head) };
  }
}

/**
 * @param {readonly Announced[]} announced
 * @param {readonly Chosen[]} files
 * @returns {Announced[]} those whose file is among them: what was taken away since then does not go
 */
export const stillChosen = (announced, files) => announced.filter((one) => files.some(isOf(one)));

/**
 * @param {readonly Chosen[]} files
 * @param {readonly Announced[]} announced
 * @returns {Chosen[]} those that are not announced yet
 */
export const notAnnounced = (files, announced) => files.filter((file) => !announced.some(isOf(file)));

/** Name and size do not tell: a film that is cleaned keeps both. @param {{ id: string }} one @returns {(other: { id: string }) => boolean} */
const isOf = (one) => (other) => one.id === other.id;
