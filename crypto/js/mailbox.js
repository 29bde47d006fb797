// SPDX-License-Identifier: EUPL-1.2
/** The keys of a mailbox, all derived from the reporter's eight words (FORMAT.md sections 2 and 8.2). */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { Identity, parseRecipient } from "./age.js";
import { b64encode, utf8 } from "./encoding.js";
import { logId, mailboxCommitment } from "./logs.js";
import { deriveRoot } from "./passphrase.js";
import { publicKey } from "./signing.js";

const SEED_LENGTH = 32;

/**
 * @typedef {object} MailboxKeys
 * @property {string} desk
 * @property {string} log the mailbox id
 * @property {Uint8Array} loginSeed
 * @property {Uint8Array} signSeed
 * @property {Identity} identity opens what is sealed to the reporter
 * @property {Uint8Array} commitment
 * @property {{ login: string, sign: string, reply_to: string }} public the public halves, as a report names them
 */

/**
 * @param {readonly string[]} words checked
 * @param {string} desk
 * @param {(fraction: number) => void} [onProgress]
 * @returns {Promise<MailboxKeys>}
 */
export async function keysFromWords(words, desk, onProgress) {
  return keysFromRoot(await deriveRoot(words, desk, onProgress), desk);
}

/**
 * @param {Uint8Array} root of `deriveRoot`
 * @param {string} desk
 * @returns {Promise<MailboxKeys>}
 */
export async function keysFromRoot(root, desk) {
  const loginSeed = derive(root, "login");
  const signSeed = derive(root, "sign");
  const identity = Identity.fromSeed(derive(root, "reply-to"));
  const replyTo = await identity.recipient();
  const [login, sign] = [publicKey(loginSeed), publicKey(signSeed)];
  const commitment = mailboxCommitment(sign, parseRecipient(replyTo));
  return {
    desk,
    log: logId("mailbox", desk, login, commitment),
    loginSeed,
    signSeed,
    identity,
    commitment,
    public: { login: b64encode(login), sign: b64encode(sign), reply_to: replyTo },
  };
}

/** @param {Uint8Array} root @param {string} name */
const derive = (root, name) => hkdf(sha256, root, undefined, utf8(`meldkluis/v1/${name}`), SEED_LENGTH);
