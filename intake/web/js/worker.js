// SPDX-License-Identifier: EUPL-1.2
/**
 * The reporter's crypto worker: words, keys, sealing and the network, away from the page.
 *
 * Everything lives in this worker's memory and nowhere else; ending the worker forgets it.
 */
import { keysFromWords } from "../../../crypto/js/mailbox.js";
import { ASIDE, createMethods } from "./worker/methods.js";
import { serve } from "./worker/rpc.js";

const world = {
  /** @type {import("./worker/http.js").Fetch} */
  fetch: (url, options) => fetch(url, options),
  now: () => new Date(),
  derive: keysFromWords,
};
serve(globalThis, createMethods(world), ASIDE);
