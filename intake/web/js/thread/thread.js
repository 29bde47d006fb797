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
 */
export function showMailbox(view, mailbox, desk) {
  put(view, "news", newsOf(mailbox));
  put(view, "number", mailbox.number);
  put(view, "received", day(mailbox.received));
  showTerm(view, "acknowledgement", acknowledgementTerm(mailbox, desk.policy.receiptIsAck));
  showTerm(view, "feedback", feedbackTerm(mailbox, desk.policy.receiptIsAck));
  put(view, "entries", ...mailbox.entries.map((entry) => entryItem(entry, desk)));
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
 * @param {Desk} desk
 */
function entryItem(entry, desk) {
  if (!entry.readable) return make("entry-unreadable", { day: day(entry.day) });
  if (entry.by === "reporter") {
    return make("entry-own", { kind: text(entry.kind === "report" ? "kind-report" : "kind-own"), day: day(entry.day) });
  }
  const name = entry.author ? nameBeforeRole(entry.author, desk) : "";
  const values = { kind: kindOf(entry), name, role: entry.author?.role ?? "", day: day(entry.day), text: entry.text ?? "" };
  const item = make("entry-committee", values);
  if (entry.isNew) put(item, "new", make("new"));
  put(item, "facts", ...factsOf(entry));
  return item;
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
