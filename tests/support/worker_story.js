// SPDX-License-Identifier: EUPL-1.2
/** The reporter's worker, without its thread, over the network: tells, sends, comes back and writes again. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

import { keysFromWords } from "../../crypto/js/mailbox.js";
import { mailboxMethods } from "../../intake/web/js/worker/mailbox_methods.js";
import { Session } from "../../intake/web/js/worker/session.js";

const { desk, origin, day, words, answers } = JSON.parse(await text(process.stdin));
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
const opened = await call("openDesk", { desk, origin, language: "nl" });
const unknown = await call("openMailbox", { words, language: "nl" }).catch(({ code }) => code);
const sent = await call("sendReport", { answers, excluded: [], language: "nl", words });
const again = await call("sendReport", { answers, excluded: [], language: "nl", words });
await call("openMailbox", { words, language: "nl" });
const message = await call("sendMessage", { answers: { text: "Nog iets." }, kind: "message", about: null, language: "nl" });
const mailbox = await call("openMailbox", { words, language: "nl" });
process.stdout.write(JSON.stringify({ opened, unknown, sent, again, message, mailbox }));
