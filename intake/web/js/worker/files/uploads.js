// SPDX-License-Identifier: EUPL-1.2
/** All files of this session, one after the other; each entry's files are completed when the last of them has come. */
import { Transfer } from "./transfer.js";

/** @typedef {import("./announce.js").Announced} Announced */
/** @typedef {import("../rpc.js").Report} Report */
/** @typedef {(about: string, records: import("./transfer.js").Attachment[]) => Promise<void>} Complete */

export class Uploads {
  /** @type {Transfer[]} */
  #transfers = [];
  /** Heads of the entries whose files were completed. @type {Set<string>} */
  #completed = new Set();
  /** @type {{ wait: Promise<void>, end: () => void } | null} */
  #pause = null;
  /** @type {Promise<void> | null} */
  #running = null;

  /** @param {readonly Announced[]} announced @param {string} about head after the entry that announced them, which has arrived */
  add(announced, about) {
    this.#transfers.push(...announced.map((one) => new Transfer(one, about)));
  }

  pause() {
    if (this.#pause) return;
    let end = () => undefined;
    /** @type {Promise<void>} */
    const wait = new Promise((resolve) => {
      end = () => void resolve();
    });
    this.#pause = { wait, end };
  }

  resume() {
    this.#pause?.end();
    this.#pause = null;
  }

  /** @param {number} index in the order in which they were added */
  cancel(index) {
    const transfer = this.#transfers[index];
    if (transfer?.open) transfer.state = "cancelled";
  }

  /**
   * Send all that is not there yet, and complete it. A second call while one runs waits for that one.
   *
   * @param {{ intake: import("../http.js").Intake, signer: () => import("../http.js").Signer }} to
   * @param {Complete} complete
   * @param {Report} report
   * @throws {import("../../client.js").ClientError} call again to go on
   */
  run(to, complete, report) {
    this.#running ??= this.#run(to, complete, report).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** @returns {import("../../client.js").FileState[]} */
  describe() {
    return this.#transfers.map((transfer) => transfer.describe());
  }

  /**
   * @param {{ intake: import("../http.js").Intake, signer: () => import("../http.js").Signer }} to
   * @param {Complete} complete
   * @param {Report} report
   */
  async #run(to, complete, report) {
    const moved = () => report("files", this.#fraction(), this.describe());
    const line = { ...to, gate: () => this.#pause?.wait ?? Promise.resolve(), moved };
    moved();
    // While the last files are completed, another entry may announce more.
    do {
      for (let transfer = this.#next(); transfer; transfer = this.#next()) {
        await transfer.send(line);
        moved();
      }
      await this.#completeAll(complete);
    } while (this.#next());
  }

  #next() {
    return this.#transfers.find(({ open }) => open);
  }

  /** @param {Complete} complete */
  async #completeAll(complete) {
    const entries = new Set(this.#transfers.map(({ about }) => about));
    for (const about of [...entries].filter((one) => !this.#completed.has(one))) {
      const files = this.#transfers.filter((transfer) => transfer.about === about);
      if (files.some(({ open }) => open)) continue;
      const whole = files.filter(({ state }) => state === "sent");
      if (whole.length > 0) await complete(about, whole.map(({ rooted }) => rooted));
      this.#completed.add(about);
    }
  }

  #fraction() {
    const files = this.describe().filter(({ state }) => state !== "cancelled" && state !== "unreadable");
    const total = files.reduce((sum, { size }) => sum + size + 1, 0);
    return files.reduce((sum, { size, sent }) => sum + (size + 1) * sent, 0) / Math.max(1, total);
  }
}
