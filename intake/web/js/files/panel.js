// SPDX-License-Identifier: EUPL-1.2
/**
 * The files on their way, below whatever view is shown: how far, pause, give up, and going on by itself after a lost
 * connection. The text of the entry has arrived before any of this begins.
 */
import { find, make, on, put } from "../ui/dom.js";
import { asClientError, reason } from "../ui/failures.js";
import { announce, language, text } from "../ui/texts.js";
import { sizeOf } from "./field.js";

/** @typedef {import("../client.js").Client} Client */
/** @typedef {import("../client.js").FileState} FileState */

/** What passes by itself, so that it is tried again without being asked. */
const PASSING = ["network", "busy", "slow_down", "head"];
const WAITS_SECONDS = [2, 5, 10, 20, 30];

export class UploadPanel {
  #element = document.createElement("section");
  #moved;
  /** @type {Client | null} */
  #client = null;
  #paused = false;
  #failures = 0;
  /** Of all files, from 0 to 1. */
  #sent = 0;
  /** Ends the wait before the next attempt. */
  #again = () => undefined;
  /** @type {Promise<void> | null} */
  #running = null;
  /** What was announced last: not every step is worth a sentence. */
  #told = 0;

  /** @param {() => void} [moved] called whenever something has arrived */
  constructor(moved = () => undefined) {
    this.#moved = moved;
    this.#element.className = "panel uploads no-print";
    this.#element.setAttribute("aria-labelledby", "uploads-title");
    window.addEventListener("online", () => this.#again());
  }

  /** @returns {boolean} whether leaving now would lose a file */
  get busy() {
    return this.#running !== null;
  }

  /** Begin with the files that an entry has just announced, or go on with them beside those before. @param {Client} client */
  start(client) {
    this.#client = client;
    if (this.#running) return;
    this.#show();
    const running = this.#run(client).finally(() => {
      if (this.#running === running) this.#rest();
    });
    this.#running = running;
  }

  #rest() {
    this.#running = null;
    this.#element.removeAttribute("aria-busy");
  }

  /** @returns {Promise<void>} when no file is on its way any more */
  async whenDone() {
    await this.#running;
  }

  focus() {
    find("h2", this.#element).focus();
  }

  /** What has arrived need not be told beside the next deed. */
  dismiss() {
    if (!this.busy) this.#element.remove();
  }

  /** The page forgets everything, and ends the worker, which never answers then. */
  remove() {
    this.#element.remove();
    this.#client = null;
    this.#again();
    this.#rest();
  }

  #show() {
    this.#element.replaceChildren(make("uploads"));
    this.#element.setAttribute("aria-busy", "true");
    on(this.#element, "pause", () => this.#pause(!this.#paused));
    on(this.#element, "again", () => this.#again());
    find("#view").after(this.#element);
    this.#paused = false;
    this.#told = 0;
    this.#sent = 0;
    this.#failures = 0;
    this.#say(text("uploads-going"));
  }

  /** @param {Client} client */
  async #run(client) {
    while (this.#client === client) {
      try {
        const files = await client.uploadFiles({ language: language() }, ({ fraction, files: states }) => this.#progress(fraction, states ?? []));
        this.#finish(files);
        return;
      } catch (failure) {
        await this.#waitAfter(asClientError(failure));
      }
    }
  }

  /** @param {number} fraction @param {FileState[]} files */
  #progress(fraction, files) {
    if (fraction > this.#sent && this.#failures > 0) this.#goOn();
    this.#sent = fraction;
    /** @type {HTMLProgressElement} */ (find("progress", this.#element)).value = fraction;
    this.#list(files);
    this.#moved();
    const quarter = Math.floor(fraction * 4);
    if (quarter > this.#told && quarter < 4) announce(text("uploads-percent", { percent: quarter * 25 }));
    this.#told = Math.max(this.#told, quarter);
  }

  /** Something has arrived again. */
  #goOn() {
    this.#failures = 0;
    find('[data-action="again"]', this.#element).hidden = true;
    this.#say(text("uploads-going"));
  }

  /** @param {FileState[]} files */
  #list(files) {
    const list = find('[data-slot="list"]', this.#element);
    for (const [index, file] of files.entries()) {
      const row = list.children[index] ?? this.#addRow(list, index, file);
      const sent = text(`file-${file.state}`, { percent: Math.floor(file.sent * 100) });
      find('[data-slot="sent"]', /** @type {HTMLElement} */ (row)).textContent = sent;
      if (file.state !== "waiting" && file.state !== "sending") find('[data-action="cancel"]', /** @type {HTMLElement} */ (row)).hidden = true;
    }
  }

  /** @param {HTMLElement} list @param {number} index @param {FileState} file */
  #addRow(list, index, { name, size }) {
    const row = make("upload", { name, size: sizeOf(size) });
    on(row, "cancel", () => this.#cancel(index));
    list.append(row);
    return /** @type {HTMLElement} */ (list.lastElementChild);
  }

  /** @param {number} index */
  async #cancel(index) {
    await this.#client?.cancelFile({ index });
    find('[data-slot="sent"]', /** @type {HTMLElement} */ (find('[data-slot="list"]', this.#element).children[index])).textContent = text("file-cancelled");
    announce(text("file-cancelled"));
    await this.#pause(false);
  }

  /** @param {boolean} pause */
  async #pause(pause) {
    this.#paused = pause;
    await this.#client?.pauseFiles({ pause });
    put(this.#element, "pause", text(pause ? "uploads-resume" : "uploads-pause"));
    this.#say(text(pause ? "uploads-paused" : "uploads-going"));
  }

  /** @param {import("../client.js").ClientError} error */
  async #waitAfter(error) {
    const seconds = WAITS_SECONDS[Math.min(this.#failures, WAITS_SECONDS.length - 1)] ?? 0;
    this.#failures += 1;
    const passes = PASSING.includes(error.code);
    this.#say(passes ? text("uploads-waiting") : text("uploads-stopped", { why: reason(error) }));
    find('[data-action="again"]', this.#element).hidden = false;
    /** @type {Promise<void>} */
    const asked = new Promise((resolve) => {
      this.#again = () => void resolve();
    });
    const wait = passes ? new Promise((resolve) => setTimeout(resolve, Math.max(seconds, error.retryAfter ?? 0) * 1000)) : asked;
    await Promise.race([asked, wait]);
  }

  /** @param {FileState[]} files */
  #finish(files) {
    if (files.length === 0) {
      this.#element.remove();
      return;
    }
    this.#progress(1, files);
    find('[data-part="controls"]', this.#element).hidden = true;
    const count = files.filter(({ state }) => state === "sent").length;
    if (files.some(({ state }) => state === "unreadable")) this.#say(text("uploads-some"));
    else if (count === 0) this.#say(text("uploads-none"));
    else this.#fold(text("uploads-done", { count }));
  }

  /** @param {string} sentence above the list, which is there for who wants to see it */
  #fold(sentence) {
    const list = find('[data-slot="list"]', this.#element);
    put(this.#element, "state", make("uploads-arrived", { sentence }));
    find("details", this.#element).append(list);
    find("progress", this.#element).remove();
    announce(sentence);
  }

  /** @param {string} sentence */
  #say(sentence) {
    put(this.#element, "state", sentence);
    announce(sentence);
  }
}
