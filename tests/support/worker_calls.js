// SPDX-License-Identifier: EUPL-1.2
/** The reporter's worker, without its thread, over the network: makes the calls that it is given, in one session. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

import { keysFromWords } from "../../crypto/js/mailbox.js";
import { mailboxMethods } from "../../intake/web/js/worker/mailbox_methods.js";
import { Session } from "../../intake/web/js/worker/session.js";

const { desk, origin, day, calls } = JSON.parse(await text(process.stdin));
const lists = new URL("../../crypto/words/", import.meta.url);

/** @type {import("../../intake/web/js/worker/http.js").Fetch} Node has no cache, referrer or mode to switch off. */
async function overNetwork(url, { method, headers, body, redirect }) {
  if (url.startsWith(lists.href)) return new Response(await readFile(new URL(url)));
  return fetch(url, { ...(method && { method }), ...(headers && { headers }), ...(body && { body }), ...(redirect && { redirect }) });
}

const methods = mailboxMethods(new Session({ fetch: overNetwork, now: () => new Date(`${day}T12:00:00Z`), derive: keysFromWords }));

/** @param {string} name @param {object} args @returns {Promise<any>} */
const call = (name, args) => methods[name]?.(args, () => undefined) ?? Promise.reject(new RangeError(name));

await call("init", { wordLists: { nl: new URL("nl.txt", lists).href, en: new URL("en.txt", lists).href } });
await call("openDesk", { desk, origin, language: "nl" });
const results = [];
for (const [name, args] of calls) results.push(await call(name, args));
process.stdout.write(JSON.stringify(results));
