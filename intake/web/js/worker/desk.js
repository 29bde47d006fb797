// SPDX-License-Identifier: EUPL-1.2
/** The desk of the page's address: fetched, verified from its id on, and told in the page's language. */
import { deskWords, readBundle, readHistory } from "../../../../crypto/js/desk.js";
import { MIN_MEMBERS, takesReports } from "../../../../crypto/js/document.js";
import { equal } from "../../../../crypto/js/encoding.js";
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { EncodingError, FormatError } from "../../../../crypto/js/errors.js";
import { ClientError } from "../client.js";

/** @typedef {import("../../../../crypto/js/desk.js").Desk} Desk */
/** @typedef {import("../../../../crypto/js/document.js").DeskDocument} DeskDocument */
/** @typedef {import("../client.js").Author} Author */
/** @typedef {Record<string, string>} Texts */

/** What a desk was read from, and when: the same bytes say the same on that day. @type {WeakMap<Desk, { raw: Uint8Array, today: string }>} */
const readFrom = new WeakMap();

/**
 * @param {import("./http.js").Intake} intake
 * @param {string} desk the id in the address
 * @param {string} today
 * @param {Desk | null} before what this page has seen of it; the same again where nothing changed
 * @returns {Promise<Desk>}
 * @throws {ClientError} `desk` when the server shows something else than the address promises
 */
export async function fetchDesk(intake, desk, today, before) {
  const raw = await intake.bundle(desk);
  const known = before && readFrom.get(before);
  if (known?.today === today && equal(known.raw, raw)) return /** @type {Desk} */ (before);
  const found = await verified(() => readBundle(desk, raw, today, before ? before.document : undefined));
  readFrom.set(found, { raw, today });
  return found;
}

/**
 * @param {import("./http.js").Intake} intake
 * @param {Desk} newest as the bundle gave it
 * @param {string} today
 * @returns {Promise<Desk[]>} the desk under its older documents, the newest of them first (FORMAT.md section 6.6)
 * @throws {ClientError} `desk` when the history does not lead to the document that was shown
 */
export async function fetchHistory(intake, { document }, today) {
  const raw = await intake.history(document.desk);
  const history = await verified(() => readHistory(document.desk, raw, today));
  const same = history.find(({ document: { version } }) => version === document.version);
  if (same && same.document.hash !== document.hash) throw new ClientError("desk", "the history has another document of this version");
  return history.filter(({ document: { version } }) => version < document.version).reverse();
}

/**
 * @template T
 * @param {() => Promise<T>} read
 * @returns {Promise<T>}
 */
async function verified(read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof EncodingError) throw new ClientError("malformed", `the desk: ${error.message}`);
    if (error instanceof FormatError) throw new ClientError("desk", error.message);
    throw error;
  }
}

/**
 * @param {Desk} desk
 * @param {string} today
 * @param {string} language
 * @param {readonly string[]} list the word list of that language
 * @returns {import("../client.js").Desk}
 */
export function describeDesk(desk, today, language, list) {
  const { document } = desk;
  const live = new Set(liveMembers(document, desk.epochs, today).map(({ member }) => member));
  const say = speaker(document, language);
  return {
    id: document.desk,
    words: deskWords(document.desk, list),
    language,
    languages: document.languages,
    name: say(document.name),
    texts: Object.fromEntries(Object.entries(document.texts).map(([name, texts]) => [name, say(texts)])),
    elsewhere: document.elsewhere.map((route) => ({ ...route, name: say(route.name), note: route.note && say(route.note) })),
    members: document.members.map((one) => ({ id: one.id, name: one.name, role: roleOf(one, document, say), live: live.has(one.id) })),
    policy: describePolicy(document.policy, say),
    version: document.version,
    state: stateOf(document, live.size, today),
    opens: document.opens,
    closes: document.closes,
  };
}

/**
 * @param {DeskDocument} document
 * @param {string} language
 * @returns {(texts: Texts) => string} a text in that language, or in the desk's first one that it has
 */
export function speaker({ languages }, language) {
  return (texts) => {
    const found = [language, ...languages, ...Object.keys(texts)].find((code) => code in texts);
    return found === undefined ? "" : String(texts[found]);
  };
}

/**
 * @param {readonly DeskDocument[]} documents the newest first
 * @param {readonly string[]} ids
 * @param {string} language
 * @returns {Author[]} as the newest document that has them says; somebody whom none names keeps their id
 */
export function describeMembers(documents, ids, language) {
  return ids.map((id) => {
    for (const document of documents) {
      const member = document.members.find((one) => one.id === id);
      if (!member) continue;
      // A number of an older document could be somebody else's by now.
      const say = speaker(document, language);
      const role = document === documents[0] ? roleOf(member, document, say) : say(member.role);
      return { id, name: member.name, role };
    }
    return { id, name: id, role: "" };
  });
}

/**
 * @param {DeskDocument["members"][number]} member
 * @param {DeskDocument} document
 * @param {(texts: Texts) => string} say
 * @returns {string} with a number, in the document's order, where nothing else would tell members of one role apart
 */
function roleOf(member, { members, policy }, say) {
  const role = say(member.role);
  const same = members.filter((one) => say(one.role) === role);
  return policy.names_shown || !role || same.length === 1 ? role : `${role} ${same.indexOf(member) + 1}`;
}

/**
 * @param {DeskDocument["policy"]} policy
 * @param {(texts: Texts) => string} say
 * @returns {import("../client.js").Policy}
 */
function describePolicy({ names_shown, exclusion, receipt_is_ack, recovery }, say) {
  return {
    namesShown: names_shown,
    exclusion,
    receiptIsAck: receipt_is_ack,
    recovery: recovery && { holders: say(recovery.holders), threshold: recovery.threshold, shares: recovery.shares },
  };
}

/**
 * @param {DeskDocument} document
 * @param {number} live
 * @param {string} today
 * @returns {import("../client.js").Desk["state"]}
 */
function stateOf(document, live, today) {
  if (!takesReports(document, today)) return today < (document.opens ?? today) ? "not-yet" : "closed";
  return live < MIN_MEMBERS ? "too-few" : "open";
}
