// SPDX-License-Identifier: EUPL-1.2
/** The mailbox as the reporter sees it: messages in order, clocks, and who reads now. */
import { b64encode } from "../../../../crypto/js/encoding.js";
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { ClientError } from "../client.js";
import { settle } from "./attempts.js";
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
 * @property {Uint8Array} [deletion] a frame of which it is not known whether it arrived
 * @property {import("./message.js").Attempt[]} attempts of which the page does not know whether they arrived
 */

/**
 * @param {import("./session.js").Session} session
 * @param {{ words: string, language: string }} args
 * @param {import("./rpc.js").Report} report
 * @returns {Promise<Mailbox>}
 */
export async function openMailbox(session, { words, language }, report) {
  // The desk is on its way while the keys are derived: through Tor that is a second less.
  const [keys, newest] = await Promise.all([session.keysFor(words, language, report), session.reopenDesk()]);
  report("fetch", 0);
  const { desk, opened } = await readMailbox(session, keys, newest);
  report("open", 1);
  const last = /** @type {Opened} */ (opened.at(-1));
  const readers = readersNow(opened, desk, session.today);
  const attempts = session.mailbox?.keys === keys ? session.mailbox.attempts : [];
  settle(attempts, opened);
  const seen = { seq: last.seq, head: b64encode(last.head) };
  session.mailbox = { keys, opened, seen, shown: readers.map(({ member }) => member), attempts };
  return describe(opened, { desk, older: session.older }, keys, session.today, language);
}

/**
 * @param {import("./session.js").Session} session
 * @param {MailboxKeys} keys
 * @param {Desk} desk
 */
export async function readMailbox(session, keys, desk) {
  const links = await fetchLog(session.intake, keys, session.today);
  const opened = await openLog(links, keys, desk, olderThan(desk, session));
  if (!lacksMembers(opened, desk) || !(await learned(session))) return { desk, opened };
  return { desk, opened: await openLog(links, keys, desk, olderThan(desk, session)) };
}

/** @param {Desk} desk @param {import("./session.js").Session} session */
function olderThan({ document }, session) {
  return [session.desk, ...session.older].filter((one) => one.document.version < document.version);
}

/** @param {readonly Opened[]} opened @param {Desk} desk whether somebody is named or writes whom this document lacks */
function lacksMembers(opened, { document }) {
  const known = (/** @type {string} */ id) => document.members.some((member) => member.id === id);
  return opened.some((entry) => (entry.what === "unreadable" ? entry.lacking : !entry.readers.every(known)));
}

/** What the server does not tell of earlier documents keeps no message away that opens without them. @param {import("./session.js").Session} session */
async function learned(session) {
  try {
    return await session.learn();
  } catch (error) {
    if (error instanceof ClientError && error.code !== "desk") return false;
    throw error;
  }
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
 * @param {{ desk: Desk, older: readonly Desk[] }} known
 * @param {MailboxKeys} keys
 * @param {string} today
 * @param {string} language
 * @returns {Mailbox}
 */
function describe(opened, { desk, older }, keys, today, language) {
  const documents = [desk, ...older].map(({ document }) => document);
  const people = (/** @type {readonly string[]} */ ids) => describeMembers(documents, ids, language);
  const readers = readersNow(opened, desk, today).map(({ member }) => member);
  return {
    log: keys.log,
    number: shortNumber(keys.log),
    today,
    received: String(opened[0]?.day),
    ...clocks(opened),
    ...deeds(opened),
    entries: opened.flatMap((entry) => describeEntry(entry, opened, people)),
    readersNow: people(readers),
    excluded: people(newestState(opened).excluded),
    changed: describeChange(newestState(opened), readers, desk, people),
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

/** @param {readonly Opened[]} opened what holds of what the reporter did */
function deeds(opened) {
  const own = opened.flatMap((entry) => (entry.what === "own" ? [{ did: entry.state.did, day: entry.day }] : []));
  const contact = own.filter(({ did }) => did.startsWith("contact")).at(-1);
  return {
    withdrawn: own.find(({ did }) => did === "withdrawal")?.day ?? null,
    contact: contact?.did === "contact" ? contact.day : null,
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
  const hash = b64encode(entry.frame.hash);
  const seqOf = (/** @type {string | null} */ about) => 
    about === null ? null : (opened.find(({ head }) => b64encode(head) === about)?.seq ?? null);
  const empty = { seq, day, hash, author: null, text: null, content: {}, files: [], about: null, isNew: false };
  if (entry.what === "other") return [];
  if (entry.what === "own") {
    const { did, about } = entry.state;
    return [{ ...empty, by: "reporter", kind: did, about: seqOf(about), readable: true }];
  }
  const isNew = seq > newestState(opened).seen.seq;
  if (entry.what === "unreadable") return [{ ...empty, by: "committee", kind: "unreadable", readable: false, isNew }];
  const { reply } = entry;
  const { text = "", ...content } = reply.content;
  const [author = null] = people([reply.author]);
  const files = reply.attachments.map(({ name, size }) => ({ name, size }));
  return [{ ...empty, by: "committee", kind: reply.kind, author, text, content, files, about: seqOf(reply.about), readable: true, isNew }];
}

/**
 * Who could open the reporter's last entry, and who can open the next one: also who left the desk, or has no key today.
 *
 * @param {import("../../../../crypto/js/statements.js").State} state
 * @param {readonly string[]} readers
 * @param {Desk} desk
 * @param {(ids: readonly string[]) => import("../client.js").Author[]} people
 * @returns {import("../client.js").Changed}
 */
function describeChange(state, readers, { document }, people) {
  return {
    joined: people(readers.filter((id) => !state.sealed_to.includes(id))),
    left: people(state.sealed_to.filter((id) => !readers.includes(id))),
    version: document.version > state.desk_version ? { from: state.desk_version, to: document.version } : null,
  };
}
