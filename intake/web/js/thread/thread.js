// SPDX-License-Identifier: EUPL-1.2
/** The mailbox: what may be expected, the messages, and who reads what is sent next. */
import { formatDay } from "../ui/clock.js";
import { make, on, put } from "../ui/dom.js";
import { nameBeforeRole, peopleItems, peopleSentence } from "../ui/people.js";
import { findText, language, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";
import { acknowledgementTerm, feedbackTerm } from "./dates.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {import("../client.js").Entry} Entry */
/** @typedef {import("../client.js").Desk} Desk */

/** @typedef {(item: ParentNode, entry: Entry) => void} PlaceIn puts into an entry's item what belongs beside its text */
/** @typedef {{ account: PlaceIn, files: PlaceIn }} Beside */

/** What feedback says beside its text, in the order in which it is shown. */
const FACTS = ["assessment", "follow_up", "grounds"];

/**
 * @param {{ refresh: () => void, close: () => void }} steps
 * @returns {HTMLElement} a view for `showMailbox`
 */
export function createThread({ refresh, close }) {
  const view = makeView("view-thread");
  on(view, "refresh", refresh);
  on(view, "close", close);
  return view;
}

/**
 * @param {HTMLElement} view
 * @param {Mailbox} mailbox
 * @param {Desk} desk
 * @param {Beside} beside
 */
export function showMailbox(view, mailbox, desk, beside) {
  put(view, "news", newsOf(mailbox));
  put(view, "number", mailbox.number);
  put(view, "received", day(mailbox.received));
  showTerm(view, "acknowledgement", acknowledgementTerm(mailbox, desk.policy.receiptIsAck));
  showTerm(view, "feedback", feedbackTerm(mailbox, desk.policy.receiptIsAck));
  const { withdrawn } = mailbox;
  put(view, "withdrawn", ...(withdrawn === null ? [] : [make("withdrawn", { day: day(withdrawn) })]));
  put(view, "entries", ...mailbox.entries.map((entry) => entryItem(entry, mailbox, desk, beside)));
  put(view, "readers", ...peopleItems(mailbox.readersNow, desk));
  put(view, "changes", ...changesOf(mailbox, desk).map((sentence) => make("change", { text: sentence })));
}

/** @param {Mailbox} mailbox */
export function newsOf({ entries }) {
  const count = entries.filter((entry) => entry.isNew).length;
  if (count === 0) return text("news-none");
  return count === 1 ? text("news-one") : text("news-more", { count });
}

/** @param {string} value */
function day(value) {
  return formatDay(value, language());
}

/**
 * @param {HTMLElement} view
 * @param {string} slot
 * @param {import("./dates.js").Term} term
 */
function showTerm(view, slot, term) {
  const sentence = text(term.key, { day: day(term.day), due: day(term.due) });
  put(view, slot, sentence).classList.toggle("late", term.late);
}

/**
 * @param {Entry} entry
 * @param {Mailbox} mailbox
 * @param {Desk} desk
 * @param {Beside} beside
 */
function entryItem(entry, mailbox, desk, beside) {
  if (!entry.readable) return make("entry-unreadable", { day: day(entry.day) });
  if (entry.by === "reporter") return make("entry-own", { kind: deedOf(entry, mailbox), day: day(entry.day) });
  const name = entry.author ? nameBeforeRole(entry.author, desk) : "";
  const values = { kind: kindOf(entry), name, role: entry.author?.role ?? "", day: day(entry.day), text: entry.text ?? "" };
  const item = make("entry-committee", values);
  if (entry.isNew) put(item, "new", make("new"));
  put(item, "facts", ...factsOf(entry));
  beside.files(item, entry);
  if (entry.kind === "transcript") beside.account(put(item, "account", make("account")), entry);
  return item;
}

/**
 * @param {Entry} entry
 * @param {Mailbox} mailbox
 * @returns {string} what the reporter did; a newer page may have done what this one has no name for
 */
export function deedOf({ kind, about }, { entries }) {
  const subject = entries.find(({ seq }) => seq === about);
  const key = findText(`deed-${kind}`) === null ? "deed-message" : `deed-${kind}`;
  return text(key, { day: subject ? day(subject.day) : "" });
}

/** @param {Entry} entry */
function kindOf({ kind, content }) {
  if (kind === "feedback" && content["stage"] === "interim") return text("kind-feedback-interim");
  return findText(`kind-${kind}`) ?? text("kind-message");
}

/** @param {Entry} entry */
function factsOf({ content }) {
  return FACTS.flatMap((name) => {
    const value = content[name];
    return value ? [make("entry-fact", { label: text(`fact-${name}`), value })] : [];
  });
}

/**
 * What the reporter must know before the next message is sealed.
 *
 * @param {Mailbox} mailbox
 * @param {Desk} desk
 */
function changesOf({ changed, excluded, readersNow }, desk) {
  const sentences = [];
  if (changed.joined.length > 0) sentences.push(text("joined", { names: peopleSentence(changed.joined, desk) }));
  if (changed.left.length > 0) sentences.push(text("left", { names: peopleSentence(changed.left, desk) }));
  if (changed.version) sentences.push(text("version"));
  if (excluded.length > 0) sentences.push(text("excluded", { names: peopleSentence(excluded, desk) }));
  if (readersNow.length === 0) sentences.push(text("nobody"));
  return sentences;
}
