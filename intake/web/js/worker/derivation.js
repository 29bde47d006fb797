// SPDX-License-Identifier: EUPL-1.2
/**
 * The slow way from eight words to the keys of a mailbox: once for the words that were typed last, and begun before they
 * are used. Other words end it and what came of it is dropped; nothing is kept but in memory.
 */

/** @typedef {import("../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {typeof import("../../../../crypto/js/mailbox.js").keysFromWords} Derive it ends when `onProgress` throws */
/** @typedef {import("./rpc.js").Report} Report */
/** @typedef {{ name: string, report: Report, keys: Promise<MailboxKeys>, found: MailboxKeys | null }} Run */

export class Derivation {
  #derive;
  /** @type {Run | null} */
  #run = null;

  /** @param {Derive} derive */
  constructor(derive) {
    this.#derive = derive;
  }

  /** @returns {MailboxKeys | null} of the words that were typed last, once they are there */
  get found() {
    return this.#run?.found ?? null;
  }

  /**
   * Begin, unless it has begun for these words.
   *
   * @param {readonly string[]} words checked
   * @param {string} desk
   * @returns {Run}
   */
  begin(words, desk) {
    const name = [desk, ...words].join(" ");
    if (this.#run?.name !== name) this.#run = this.#start(name, words, desk);
    return this.#run;
  }

  /**
   * @param {readonly string[]} words checked
   * @param {string} desk
   * @param {Report} report
   * @returns {Promise<MailboxKeys>}
   */
  keysFor(words, desk, report) {
    const run = this.begin(words, desk);
    run.report = report;
    return run.keys;
  }

  /** End what goes on, and forget what came of it. */
  end() {
    this.#run = null;
  }

  /** @param {string} name @param {readonly string[]} words @param {string} desk @returns {Run} */
  #start(name, words, desk) {
    const onProgress = (/** @type {number} */ fraction) => {
      if (this.#run !== run) throw new DOMException("other words were typed", "AbortError");
      run.report("keys", fraction);
    };
    /** @type {Run} */
    const run = { name, report: () => undefined, found: null, keys: Promise.resolve().then(() => this.#derive(words, desk, onProgress)) };
    run.keys.then(
      (keys) => {
        run.found = keys;
      },
      () => {
        if (this.#run === run) this.end();
      },
    );
    return run;
  }
}
