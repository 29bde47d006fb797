// SPDX-License-Identifier: EUPL-1.2
/**
 * One file on its way to the intake: sealed part by part while it is read, a few parts at a time.
 *
 * After a lost connection the intake says which parts are missing; only those are made again, with the same bytes.
 */
import { BlobSealer, rootOf } from "../../../../../crypto/js/blob.js";
import { b64encode, platformHash } from "../../../../../crypto/js/encoding.js";

/** @typedef {import("../../../../../crypto/js/statements.js").Attachment} Attachment */
/** @typedef {import("../../client.js").FileState} FileState */
/** @typedef {{ intake: import("../http.js").Intake, signer: () => import("../http.js").Signer, gate: () => Promise<void>, moved: () => void }} Line `gate` waits while there is a pause */

const IN_FLIGHT = 3;

export class Transfer {
  #sealer;
  /** SHA-256 of each part that was made. @type {Uint8Array[]} */
  #hashes = [];
  /** @type {Set<number>} */
  #there = new Set();
  /** @type {FileState["state"]} */
  state = "waiting";

  /** @param {import("./announce.js").Announced} announced @param {string} about head after the announcing entry, b64 */
  constructor({ record, start, file }, about) {
    this.record = record;
    this.about = about;
    this.#sealer = new BlobSealer(file, start);
  }

  /** @returns {Attachment} the record with its root, once all is there */
  get rooted() {
    return { ...this.record, root: b64encode(rootOf(this.#hashes)) };
  }

  /** @returns {FileState} */
  describe() {
    const { name, size } = this.record;
    return { name, size, sent: this.#there.size / this.#sealer.parts, state: this.state };
  }

  /** @returns {boolean} whether there is anything left to do */
  get open() {
    return this.state === "waiting" || this.state === "sending";
  }

  /**
   * @param {Line} line
   * @throws {import("../../client.js").ClientError} what the network or the intake refuses; call again to go on
   */
  async send(line) {
    if (this.state === "sending") await this.#askWhatIsThere(line);
    this.state = "sending";
    const wanted = Array.from({ length: this.#sealer.parts }, (_, place) => place + 1).filter((number) => !this.#there.has(number));
    const lanes = Array.from({ length: IN_FLIGHT }, () => this.#sendSome(wanted, line));
    // All have to come to rest, or two of them would be on the same part after the next call.
    const ends = await Promise.allSettled(lanes);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    if (this.state === "sending") this.state = "sent";
  }

  /** @param {number[]} wanted emptied while going on @param {Line} line */
  async #sendSome(wanted, line) {
    for (let number = wanted.shift(); number !== undefined; number = wanted.shift()) {
      try {
        await line.gate();
        const part = this.state === "sending" ? await this.#make(number) : null;
        if (!part) return;
        await line.intake.putPart(this.record.blob, number, part, /** @type {Uint8Array} */ (this.#hashes[number - 1]), line.signer());
        this.#there.add(number);
        line.moved();
      } catch (error) {
        wanted.length = 0;
        throw error;
      }
    }
  }

  /** @param {number} number @returns {Promise<Uint8Array<ArrayBuffer> | null>} null when the file cannot be read any more */
  async #make(number) {
    try {
      const part = await this.#sealer.part(number);
      this.#hashes[number - 1] = await platformHash(part);
      return part;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.state = "unreadable";
      return null;
    }
  }

  /** @param {Line} line */
  async #askWhatIsThere({ intake, signer }) {
    const missing = await intake.missingParts(this.record.blob, signer());
    const lost = (/** @type {number} */ number) => missing.some(([from, to]) => from <= number && number <= to);
    const made = [...this.#hashes.keys()].filter((place) => this.#hashes[place]).map((place) => place + 1);
    this.#there = new Set(made.filter((number) => !lost(number)));
  }
}
