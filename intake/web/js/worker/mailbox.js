// SPDX-License-Identifier: EUPL-1.2
/** The mailbox as the reporter sees it: messages in order, clocks, and who reads now. */
import { b64encode } from "../../../../crypto/js/encoding.js";
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { describeMembers } from "./desk.js";
import { fetchLog, openLog } from "./log.js";
import { shortNumber } from "./report.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/epochs.js").Epoch} Epoch */
/** @typedef {import("../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("../client.js").Entry} Entry */
/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {import("./log.js").Opened} Opened */
/**
 * @typedef {object} OpenMailbox
 * @property {MailboxKeys} keys
 * @property {Opened[]} opened the log as far as it is known
 * @property {{ seq: number, head: string }} seen the newest entry that the page has shown
 * @property {string[]} shown ids of the readers that the page has shown
 * @property {{ fingerprint: string, frame: Uint8Array, head: string } | null} prepared a message that is not answered yet
 */

/**
 * @param {import("./session.js").Session} session
 * @param {{ words: string, language: string }} args
 * @param {import("./rpc.js").Report} report
 * @returns {Promise<Mailbox>}
 */
export async function openMailbox(session, { words, language }, report) {
  const keys = await session.keysFor(words, language, report);
  report("fetch", 0);
  const { desk, opened } = await readMailbox(session, keys, await session.reopenDesk());
  report("open", 1);
  const last = /** @type {Opened} */ (opened.at(-1));
  const readers = readersNow(opened, desk, session.today);
  const prepared = session.mailbox?.keys === keys ? session.mailbox.prepared : null;
  const seen = { seq: last.seq, head: b64encode(last.head) };
  session.mailbox = { keys, opened, seen, shown: readers.map(({ member }) => member), prepared };
  return describe(opened, desk, keys, session.today, language);
}

/**
 * @param {import("./session.js").Session} session
 * @param {MailboxKeys} keys
 * @param {Desk} desk
 */
export async function readMailbox(session, keys, desk) {
  const links = await fetchLog(session.intake, keys, session.today);
  return { desk, opened: await openLog(links, keys, desk) };
}

/**
 * @param {readonly Opened[]} opened
 * @returns {import("../../../../crypto/js/statements.js").State} of the reporter's newest entry
 */
export function newestState(opened) {
  const own = opened.filter((entry) => entry.what === "own").at(-1);
  if (!own) throw new TypeError("a mailbox starts with a report");
  return own.state;
}

/**
 * @param {readonly Opened[]} opened
 * @param {Desk} desk
 * @param {string} today
 * @returns {Epoch[]} of those who read what the reporter sends next (FORMAT.md section 7.2)
 */
export function readersNow(opened, { document, epochs }, today) {
  const { excluded } = newestState(opened);
  const readers = opened.at(-1)?.readers ?? [];
  return liveMembers(document, epochs, today).filter(({ member }) => readers.includes(member) && !excluded.includes(member));
}

/**
 * @param {readonly Opened[]} opened
 * @param {Desk} desk
 * @param {MailboxKeys} keys
 * @param {string} today
 * @param {string} language
 * @returns {Mailbox}
 */
function describe(opened, desk, keys, today, language) {
  const people = (/** @type {readonly string[]} */ ids) => describeMembers(desk.document, ids, language);
  const readers = readersNow(opened, desk, today).map(({ member }) => member);
  return {
    log: keys.log,
    number: shortNumber(keys.log),
    today,
    received: String(opened[0]?.day),
    ...clocks(opened),
    entries: opened.flatMap((entry) => describeEntry(entry, opened, people)),
    readersNow: people(readers),
    excluded: people(newestState(opened).excluded),
    changed: describeChange(opened, desk, people),
    canSend: readers.length > 0,
  };
}

/** @param {readonly Opened[]} opened */
function clocks(opened) {
  const replies = opened.flatMap((entry) => (entry.what === "reply" ? [entry] : []));
  const acknowledgement = replies.find(({ reply }) => reply.kind === "acknowledgement");
  const feedback = replies.find(({ reply }) => reply.kind === "feedback" && reply.content["stage"] === "final");
  return {
    acknowledged: acknowledgement?.day ?? null,
    feedbackDue: acknowledgement?.reply.content["feedback_due"] ?? null,
    feedback: feedback?.day ?? null,
  };
}

/**
 * @param {Opened} entry
 * @param {readonly Opened[]} opened
 * @param {(ids: readonly string[]) => import("../client.js").Author[]} people
 * @returns {Entry[]} none for what is no message
 */
function describeEntry(entry, opened, people) {
  const { seq, day } = entry;
  const empty = { seq, day, author: null, text: null, content: {}, about: null, isNew: false };
  if (entry.what === "other") return [];
  if (entry.what === "own") return [{ ...empty, by: "reporter", kind: seq === 1 ? "report" : "message", readable: true }];
  const isNew = seq > newestState(opened).seen.seq;
  if (entry.what === "unreadable") return [{ ...empty, by: "committee", kind: "unreadable", readable: false, isNew }];
  const { reply } = entry;
  const { text = "", ...content } = reply.content;
  const about = opened.find(({ head }) => b64encode(head) === reply.about)?.seq ?? null;
  const [author = null] = people([reply.author]);
  return [{ ...empty, by: "committee", kind: reply.kind, author, text, content, about, readable: true, isNew }];
}

/**
 * @param {readonly Opened[]} opened
 * @param {Desk} desk
 * @param {(ids: readonly string[]) => import("../client.js").Author[]} people
 * @returns {import("../client.js").Changed}
 */
function describeChange(opened, { document }, people) {
  const state = newestState(opened);
  const before = (opened[state.seen.seq - 1] ?? opened[0])?.readers ?? [];
  const now = opened.at(-1)?.readers ?? [];
  return {
    joined: people(now.filter((id) => !before.includes(id))),
    left: people(before.filter((id) => !now.includes(id))),
    version: document.version > state.desk_version ? { from: state.desk_version, to: document.version } : null,
  };
}
