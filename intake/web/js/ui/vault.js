// SPDX-License-Identifier: EUPL-1.2
/**
 * The crypto worker's life: started when the page is idle or the person begins to type, replaced when it failed
 * to start, ended when everything must be forgotten. Which file it is stands in the page.
 */
import { createClient } from "../client.js";
import { asClientError } from "./failures.js";
import { language } from "./texts.js";
import { addressOf, startWorker } from "./workers.js";

/** @typedef {import("../client.js").Client} Client */

export class Vault {
  /** @type {{ worker: Worker, client: Client } | null} */
  #running = null;

  /** @returns {Client} of the running worker, which starts if there is none */
  get client() {
    this.#running ??= this.#start();
    return this.#running.client;
  }

  /**
   * Fetch and verify the desk of the page's own address.
   * @returns {Promise<import("../client.js").Desk>}
   */
  async openDesk() {
    const desk = location.pathname.split("/")[1] ?? "";
    try {
      return await this.client.openDesk({ desk, origin: location.origin, language: language() });
    } catch (error) {
      // A worker whose script did not load never answers again: the next try needs a new one. A running one is kept,
      // for it knows what was sealed and perhaps sent.
      if (asClientError(error).code === "internal") this.stop();
      throw error;
    }
  }

  /** End the worker, and with it all that it knew. */
  stop() {
    this.#running?.worker.terminate();
    this.#running = null;
  }

  #start() {
    const worker = startWorker("worker");
    const client = createClient(worker);
    const wordLists = { nl: addressOf("wordsNl"), en: addressOf("wordsEn") };
    // A failure here comes back from every later call too, where it is shown.
    client.init({ wordLists }).catch(() => undefined);
    return { worker, client };
  }
}

/**
 * Run once: when the browser has painted and is idle, or at the first key or touch.
 * @param {() => void} run
 */
export function whenIdle(run) {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    document.removeEventListener("input", once);
    run();
  };
  document.addEventListener("input", once);
  if ("requestIdleCallback" in globalThis) requestIdleCallback(once, { timeout: 2000 });
  else setTimeout(once, 500);
}
