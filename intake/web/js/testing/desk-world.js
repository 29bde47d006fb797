// SPDX-License-Identifier: EUPL-1.2
/** A desk with members and keys, for tests: signs documents, epochs and replies, and opens what reporters send. */
import { sha256 } from "@noble/hashes/sha2.js";

import { Identity } from "../../../../crypto/js/age.js";
import { deskId, readBundle } from "../../../../crypto/js/desk.js";
import { DESK_TYPE } from "../../../../crypto/js/document.js";
import { b64decode, b64encode, dumpJson, parseJson, utf8 } from "../../../../crypto/js/encoding.js";
import { EPOCH_TYPE, liveMembers } from "../../../../crypto/js/epochs.js";
import { encodeFrame, parseFrame } from "../../../../crypto/js/logs.js";
import { sealToMembers, sealToReporter } from "../../../../crypto/js/seal.js";
import { publicKey, signStatement } from "../../../../crypto/js/signing.js";
import { GRANT_TYPE, REPLY_TYPE } from "../../../../crypto/js/statements.js";
import { openMessage, openReport } from "../../../../crypto/js/unseal.js";

/** @typedef {{ id: string, seed: Uint8Array, identity: Identity, recipient: string }} Person */
/** @typedef {import("../../../../crypto/js/statements.js").Report} SentReport */
/** @typedef {{ seq: number, prev: Uint8Array }} Place */

export const TODAY = "2026-11-22";
const NOBODY = { names_shown: true, exclusion: true, receipt_is_ack: false, recovery: null };

/** @param {number} number @returns {Uint8Array} a key for tests only */
const seedOf = (number) => new Uint8Array(32).fill(number);

/** @param {string} id @param {number} number @returns {Promise<Person>} */
async function person(id, number) {
  const identity = Identity.fromSeed(seedOf(number + 100));
  return { id, seed: seedOf(number), identity, recipient: await identity.recipient() };
}

/** What can be changed about a desk, from one document to the next. */
export class DeskWorld {
  rootSeed = seedOf(1);
  version = 1;
  /** @type {Record<string, unknown>} fields of the document that differ */
  changes = {};
  /** @param {string} id @returns {Record<string, string>} */
  role = (id) => ({ nl: `lid ${id}`, en: `member ${id}` });
  /** @type {string[]} ids of members who have no epoch */
  dormant = [];
  /** @type {Person[]} */
  members = [];

  #previous = b64encode(seedOf(0));
  /** Signed documents of the versions before this one, oldest first. @type {Uint8Array[]} */
  #older = [];

  /** @returns {Promise<DeskWorld>} with three members */
  static async create() {
    const world = new DeskWorld();
    world.members = await Promise.all(["anna", "bram", "chris"].map((id, place) => person(id, 10 + place)));
    return world;
  }

  /** The id of its first root key. */
  id = deskId(publicKey(this.rootSeed));

  /** @param {string} id @returns {Person} */
  member(id) {
    const found = this.members.find((member) => member.id === id);
    if (!found) throw new RangeError(`no member ${id}`);
    return found;
  }

  /** @param {string} id */
  async addMember(id) {
    this.#goOn();
    this.members.push(await person(id, 10 + this.members.length));
  }

  /** @param {string} id */
  removeMember(id) {
    this.#goOn();
    this.members = this.members.filter((member) => member.id !== id);
  }

  /** The next document follows from this one. */
  #goOn() {
    const payload = dumpJson(this.#document());
    this.#older.push(signStatement(DESK_TYPE, payload, this.rootSeed));
    this.#previous = b64encode(sha256(payload));
    this.version += 1;
  }

  /** @returns {Uint8Array} the history as the server hands it out, without epochs, which reporters do not need */
  history() {
    const documents = [...this.#older, signStatement(DESK_TYPE, dumpJson(this.#document()), this.rootSeed)];
    return dumpJson({ v: 1, day: TODAY, successions: [], documents: documents.map((one) => parseJson(one)), epochs: [] });
  }

  /** @returns {Uint8Array} the bundle as the server hands it out */
  bundle() {
    const payload = dumpJson(this.#document());
    const hash = b64encode(sha256(payload));
    const awake = this.members.filter(({ id }) => !this.dormant.includes(id));
    return this.#write(
      signStatement(DESK_TYPE, payload, this.rootSeed),
      awake.map((member) => signStatement(EPOCH_TYPE, dumpJson(this.#epoch(member, hash)), member.seed)),
    );
  }

  /** @returns {Promise<import("../../../../crypto/js/desk.js").Desk>} verified */
  desk() {
    return readBundle(this.id, this.bundle(), TODAY);
  }

  #document() {
    const members = this.members.map(({ id, seed }) => ({
      id,
      name: id.toUpperCase(),
      role: this.role(id),
      identity: b64encode(publicKey(seed)),
    }));
    return {
      v: 1,
      desk: this.id,
      version: this.version,
      previous: this.version === 1 ? null : this.#previous,
      root: b64encode(publicKey(this.rootSeed)),
      issued: "2026-11-01",
      expires: "2027-11-01",
      opens: null,
      closes: null,
      languages: ["nl", "en"],
      name: { nl: "Meldpunt", en: "Desk" },
      texts: { who_reads: { nl: "Drie mensen" } },
      elsewhere: [{ kind: "phone", name: { nl: "Bellen" }, value: "14 0123", note: null }],
      members,
      custodians: [],
      policy: NOBODY,
      contact: "beheer@voorbeeld.example",
      ...this.changes,
    };
  }

  /** @param {Person} member @param {string} hash */
  #epoch({ id, recipient }, hash) {
    const days = { seal_from: "2026-11-16", seal_until: "2026-12-14", destroy_at: "2027-01-11" };
    return { v: 1, desk: this.id, member: id, desk_version: this.version, desk_hash: hash, recipient, ...days };
  }

  /** @param {Uint8Array} document @param {Uint8Array[]} epochs */
  #write(document, epochs) {
    const statements = { document: parseJson(document), epochs: epochs.map((epoch) => parseJson(epoch)) };
    return dumpJson({ v: 1, day: TODAY, successions: [], ...statements });
  }

  /** @param {string} id @param {string} log @param {Uint8Array} frame */
  async openReport(id, log, frame) {
    return openReport(parseFrame(frame, log), [await this.desk()], { member: id, identities: [this.member(id).identity] });
  }

  /** @param {string} id @param {SentReport} report @param {Uint8Array} frame @param {Place} place */
  async openMessage(id, report, frame, place) {
    const reader = { member: id, identities: [this.member(id).identity] };
    const signKey = b64decode(report.keys.sign);
    return openMessage(parseFrame(frame, report.log), [await this.desk()], reader, signKey, { log: report.log, ...place });
  }

  /**
   * @param {SentReport} report
   * @param {Place} place
   * @param {Record<string, unknown>} changes of the reply's payload
   * @param {Uint8Array} [seed] of the key that signs, instead of the author's
   * @returns {Promise<Uint8Array>} the frame
   */
  async reply(report, place, changes, seed) {
    const payload = { ...(await this.#entry(report, place)), ...replyFields(report.sealed_to), ...changes };
    const signer = seed ?? this.member(String(payload.author)).seed;
    const statement = signStatement(REPLY_TYPE, dumpJson(payload), signer);
    return frameOf(report.log, await sealToReporter(statement, report.keys.reply_to));
  }

  /** @param {SentReport} report @returns {Promise<Uint8Array>} an entry that is not for the reporter */
  async grant(report) {
    const { document, epochs } = await this.desk();
    const live = liveMembers(document, epochs, TODAY);
    const statement = signStatement(GRANT_TYPE, utf8("{}"), this.member("anna").seed);
    return frameOf(report.log, await sealToMembers(statement, live, report.sealed_to));
  }

  /** @param {SentReport} report @param {Place} place */
  async #entry({ log }, { seq, prev }) {
    const { document } = await this.desk();
    const shown = { desk_version: document.version, desk_hash: document.hash, day: TODAY };
    return { v: 1, desk: this.id, log, seq, prev: b64encode(prev), ...shown };
  }
}

/** @param {string[]} readers */
function replyFields(readers) {
  return {
    author: "anna",
    language: "nl",
    kind: "message",
    about: null,
    readers,
    attachments: [],
    content: /** @type {Record<string, string>} */ ({ text: "Dank voor uw melding." }),
  };
}

/** @param {string} log @param {Uint8Array} part */
const frameOf = (log, part) => encodeFrame({ v: 1, log, claims: [], open: null, committee_login: null }, [part]);
