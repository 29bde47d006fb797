// SPDX-License-Identifier: EUPL-1.2
/**
 * The reporter's own log: fetched whole, its chain computed, its entries opened (FORMAT.md sections 4.2 and 7).
 *
 * What the reporter signed must verify, or the whole log is refused: only they can write it. A committee's entry that does
 * not verify is kept as unreadable: one bad entry must not hide the others.
 */
import { b64encode, platformHash } from "../../../../crypto/js/encoding.js";
import { countStanzas } from "../../../../crypto/js/envelope.js";
import { DeskError, FormatError } from "../../../../crypto/js/errors.js";
import { ZERO_HEAD, head, parseFrame } from "../../../../crypto/js/logs.js";
import { openReply, openState } from "../../../../crypto/js/unseal.js";
import { ClientError } from "../client.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/logs.js").Frame} Frame */
/** @typedef {import("../../../../crypto/js/mailbox.js").MailboxKeys} MailboxKeys */
/** @typedef {import("../../../../crypto/js/statements.js").Reply} Reply */
/** @typedef {import("../../../../crypto/js/statements.js").State} State */
/** @typedef {{ seq: number, day: string, frame: Frame, prev: Uint8Array, head: Uint8Array }} Link an entry in its chain */
/** @typedef {{ what: "own", state: State } | { what: "reply", reply: Reply } | { what: "unreadable", lacking: boolean } | { what: "other" }} Content */
/** @typedef {Link & Content & { readers: string[] }} Opened `readers`: who reads the mailbox after this entry; `lacking`: an older document may help */

/**
 * @param {import("./http.js").Intake} intake
 * @param {MailboxKeys} keys
 * @param {string} today
 * @returns {Promise<Link[]>} all entries, each following from the one before
 * @throws {ClientError} `history` when something is missing, moved or changed
 */
export async function fetchLog(intake, keys, today) {
  /** @type {Link[]} */
  const links = [];
  for (;;) {
    const page = await intake.entries(keys.log, links.length, { seed: keys.loginSeed, day: today });
    for (const record of page.records) links.push(await follow(keys.log, links.at(-1), record));
    if (links.length >= page.length) return complete(links, page);
    if (page.records.length === 0) throw new ClientError("history", "the server keeps back the newest entries");
  }
}

/**
 * @param {string} log
 * @param {Link | undefined} before
 * @param {import("./http.js").EntryRecord} record
 * @returns {Promise<Link>}
 */
async function follow(log, before, { seq, day, head: claimed, frame: bytes }) {
  const prev = before?.head ?? ZERO_HEAD;
  if (seq !== (before?.seq ?? 0) + 1) throw new ClientError("history", "the server leaves out an entry, or changes the order");
  const hash = await platformHash(bytes);
  const frame = await inHistory(() => parseFrame(bytes, log, hash));
  const link = { seq, day, frame, prev, head: head(log, seq, prev, frame.hash) };
  if (b64encode(link.head) !== claimed) throw new ClientError("history", "an entry does not follow from the one before it");
  return link;
}

/** @param {Link[]} links @param {import("./http.js").Page} page */
function complete(links, page) {
  const last = links.at(-1);
  if (!last || links.length !== page.length || b64encode(last.head) !== page.head) {
    throw new ClientError("history", "the log does not end where the server says it does");
  }
  return links;
}

/**
 * @param {Link[]} links
 * @param {MailboxKeys} keys
 * @param {Desk} desk
 * @param {readonly Desk[]} [older] the desk under older documents: who has left may have signed
 * @returns {Promise<Opened[]>}
 * @throws {ClientError} `history` when an entry of the reporter is not theirs; `desk` when the server shows an older desk
 *   document than the reporter has signed for
 */
export async function openLog(links, keys, desk, older = []) {
  /** @type {Opened[]} */
  const opened = [];
  let seenVersion = 1;
  for (const link of links) {
    const before = opened.at(-1)?.readers ?? [];
    const content = await openEntry(link, links, keys, [desk, ...older], before, seenVersion);
    const readers = readersAfter(content, before, link.seq);
    if (content.what === "own") seenVersion = Math.max(seenVersion, content.state.desk_version);
    if (content.what === "reply") seenVersion = Math.max(seenVersion, content.reply.desk_version);
    opened.push({ ...link, ...content, readers });
  }
  if (opened[0]?.what !== "own") throw new ClientError("history", "the mailbox does not start with the report");
  if (seenVersion > desk.document.version) throw new ClientError("desk", "the server shows an older desk document than before");
  return opened;
}

/**
 * @param {Link} link
 * @param {readonly Link[]} links
 * @param {MailboxKeys} keys
 * @param {readonly Desk[]} desks
 * @param {readonly string[]} readers
 * @param {number} seenVersion
 * @returns {Promise<Content>}
 */
async function openEntry({ seq, prev, frame }, links, keys, desks, readers, seenVersion) {
  const place = { log: keys.log, seq, prev };
  if (frame.parts.length > 1) return { what: "own", state: await openOwn(frame, links, keys, place) };
  if (countStanzas(frame.parts[0] ?? new Uint8Array()) > 1) return { what: "other" };
  try {
    return { what: "reply", reply: await openReply(frame, desks, keys, place, readers, seenVersion) };
  } catch (error) {
    if (error instanceof FormatError) return { what: "unreadable", lacking: error instanceof DeskError };
    throw error;
  }
}

/**
 * @param {Frame} frame
 * @param {readonly Link[]} links
 * @param {MailboxKeys} keys
 * @param {import("../../../../crypto/js/place.js").Place} place
 */
async function openOwn(frame, links, keys, place) {
  const state = await inHistory(() => openState(frame, keys, place));
  const seen = links[state.seen.seq - 1];
  if (state.seen.seq > 0 && (!seen || b64encode(seen.head) !== state.seen.head)) {
    throw new ClientError("history", "an entry that was read before is not there any more, or was changed");
  }
  return state;
}

/**
 * @param {Content} content
 * @param {string[]} before
 * @param {number} seq
 * @returns {string[]}
 */
function readersAfter(content, before, seq) {
  if (content.what === "reply") return content.reply.readers;
  return content.what === "own" && seq === 1 ? content.state.sealed_to : before;
}

/**
 * @template T
 * @param {() => T | Promise<T>} read
 * @returns {Promise<T>}
 */
async function inHistory(read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FormatError) throw new ClientError("history", `an entry is not as it was signed: ${error.message}`);
    throw error;
  }
}
