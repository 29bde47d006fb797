// SPDX-License-Identifier: EUPL-1.2
/**
 * The reporter's crypto worker: words, keys, sealing and the network, away from the page.
 *
 * Everything lives in this worker's memory and nowhere else; ending the worker forgets it.
 */
import { keysFromWords } from "../../../../crypto/js/mailbox.js";
import { ASIDE } from "./methods.js";
import { serve } from "./rpc.js";
import { Session } from "./session.js";

/** @typedef {import("./derivation.js").Derive} Derive */
/** @typedef {{ postTask<T>(task: () => Promise<T>, options: { priority: "background" }): Promise<T> }} Scheduler which the checker's library does not know */

const { scheduler } = /** @type {{ scheduler?: Scheduler }} */ (/** @type {unknown} */ (globalThis));

/** Where it pauses, its next piece would else come before every message of the page. @type {Derive} */
function deriveBehind(words, desk, onProgress) {
  const derive = () => keysFromWords(words, desk, onProgress);
  return scheduler ? scheduler.postTask(derive, { priority: "background" }) : derive();
}

const world = {
  /** @type {import("./http.js").Fetch} */
  fetch: (url, options) => fetch(url, options),
  now: () => new Date(),
  derive: deriveBehind,
};

/** @param {(session: Session) => import("./rpc.js").Methods} methods that the page may call */
export function start(methods) {
  serve(globalThis, methods(new Session(world)), ASIDE);
}
