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

const world = {
  /** @type {import("./http.js").Fetch} */
  fetch: (url, options) => fetch(url, options),
  now: () => new Date(),
  derive: keysFromWords,
};

/** @param {(session: Session) => import("./rpc.js").Methods} methods that the page may call */
export function start(methods) {
  serve(globalThis, methods(new Session(world)), ASIDE);
}
