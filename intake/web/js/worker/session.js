// SPDX-License-Identifier: EUPL-1.2
/**
 * What the worker remembers between calls: the desk that was shown, the keys of the words that were typed last, and what
 * was sealed but not yet answered. In memory only; `close` drops it.
 */
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { ClientError } from "../client.js";
import { amsterdamDay } from "./clock.js";
import { Derivation } from "./derivation.js";
import { fetchDesk, fetchHistory } from "./desk.js";
import { Uploads } from "./files/uploads.js";
import { Intake } from "./http.js";
import { WordLists } from "./words.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("./rpc.js").Report} Report */
/** @typedef {import("./derivation.js").Derive} Derive */
/** @typedef {{ fetch: import("./http.js").Fetch, now: () => Date, derive: Derive }} World */

export class Session {
  #world;
  #derivation;
  /** @type {Desk | null} */
  #desk = null;
  /** @type {Intake | null} */
  #intake = null;
  /** The desk under older documents, the newest first; null while nothing asked for them. @type {Desk[] | null} */
  #older = null;
  /** Ids of the live members that the page has shown. @type {string[]} */
  shown = [];
  /** At sending the report. @type {import("./report.js").Attempt[]} */
  attempts = [];
  /** @type {import("./mailbox.js").OpenMailbox | null} */
  mailbox = null;
  uploads = new Uploads();
  lists = new WordLists({}, () => Promise.reject(new ClientError("internal", "init comes first")));

  /** @param {World} world */
  constructor(world) {
    this.#world = world;
    this.#derivation = new Derivation(world.derive);
  }

  /** @returns {string} the day in Amsterdam */
  get today() {
    return amsterdamDay(this.#world.now());
  }

  /** @returns {Desk} as it was shown */
  get desk() {
    return this.#desk ?? notOpen();
  }

  /** @returns {Intake} */
  get intake() {
    return this.#intake ?? notOpen();
  }

  /** @returns {MailboxKeys} of the words that were typed or drawn last */
  get keys() {
    return this.#derivation.found ?? notOpen();
  }

  /** @param {Record<string, string>} addresses of the word lists */
  useLists(addresses) {
    const files = new Intake(this.#world.fetch, "");
    this.lists = new WordLists(addresses, (url) => files.file(url));
  }

  /**
   * @param {string} id
   * @param {string} origin
   * @returns {Promise<Desk>} fetched anew, and from now on the one that was shown
   */
  async openDesk(id, origin) {
    this.#intake = new Intake(this.#world.fetch, origin);
    const before = this.#desk?.document.desk === id ? this.#desk : null;
    const desk = await fetchDesk(this.#intake, id, this.today, before);
    this.#desk = desk;
    this.shown = liveMembers(desk.document, desk.epochs, this.today).map(({ member }) => member);
    return desk;
  }

  /** @returns {Promise<Desk>} the newest, from now on the one that counts; who reads the mailbox is shown with it */
  async reopenDesk() {
    const desk = await this.refetchDesk();
    if (desk.document.version !== this.desk.document.version) this.#older = null;
    this.#desk = desk;
    return desk;
  }

  /** @returns {Promise<Desk>} the newest, not shown yet */
  refetchDesk() {
    return fetchDesk(this.intake, this.desk.document.desk, this.today, this.desk);
  }

  /** @returns {readonly Desk[]} what was fetched of older documents */
  get older() {
    return this.#older ?? [];
  }

  /** Fetch the desk's older documents, once. @returns {Promise<boolean>} whether there is something new to try with */
  async learn() {
    if (this.#older !== null) return false;
    this.#older = await fetchHistory(this.intake, this.desk, this.today);
    return this.#older.length > 0;
  }

  /**
   * @param {string} text
   * @param {string} language
   * @param {Report} report
   * @returns {Promise<MailboxKeys>} derived once for the words typed last
   * @throws {ClientError} `words`
   */
  async keysFor(text, language, report) {
    const { words } = await this.lists.check(text, language);
    if (!words) throw new ClientError("words", "not eight words of one list");
    return this.#derivation.keysFor(words, this.desk.document.desk, report);
  }

  /**
   * Begin with the keys of words that stand there whole, and forget those of any other.
   *
   * @param {string} text
   * @param {string} language
   */
  async expectWords(text, language) {
    const words = await this.lists.known(text, language);
    if (words) this.#derivation.begin(words, this.desk.document.desk);
    else this.#derivation.end();
  }

  close() {
    this.#derivation.end();
    this.#desk = null;
    this.#older = null;
    this.#intake = null;
    this.shown = [];
    this.attempts = [];
    this.mailbox = null;
    this.uploads = new Uploads();
  }
}

/** @returns {never} */
function notOpen() {
  throw new ClientError("internal", "openDesk comes first");
}
