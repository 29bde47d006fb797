// SPDX-License-Identifier: EUPL-1.2
/**
 * The mailbox page: words in, thread out, answers sent, everything forgotten at the end. The words live in this
 * module and in the worker until the mailbox is closed, or closes itself; what was typed outlives the latter.
 */
import { UploadPanel } from "./files/panel.js";
import { createAnswerBox } from "./thread/answer.js";
import { createContact } from "./thread/contact.js";
import { createDeletion } from "./thread/deletion.js";
import { createEntry } from "./thread/entry.js";
import { showFiles } from "./thread/files.js";
import { showOwn } from "./thread/own.js";
import { SessionWatch, watchLife } from "./thread/session.js";
import { createThread, newsOf, showMailbox } from "./thread/thread.js";
import { createTranscripts } from "./thread/transcript.js";
import { createWithdrawal } from "./thread/withdrawal.js";
import { formatDay } from "./ui/clock.js";
import { DeskCheck } from "./ui/desk.js";
import { find, make, on, put } from "./ui/dom.js";
import { prepareExit } from "./ui/exit.js";
import { asClientError, showFailure } from "./ui/failures.js";
import { peopleSentence } from "./ui/people.js";
import { routeList } from "./ui/routes.js";
import { announce, language, text } from "./ui/texts.js";
import { Vault, whenIdle } from "./ui/vault.js";
import { guardLeaving, makeView, present, showFirst } from "./ui/view.js";

/** @typedef {import("./client.js").Mailbox} Mailbox */
/** @typedef {import("./client.js").Desk} Desk */

const vault = new Vault();
const uploads = new UploadPanel(() => watch.touch());
const post = { send, arrived, failed: afterFailure };
const answer = createAnswerBox(post);
const contact = createContact(post);
const withdrawal = createWithdrawal(post);
const transcripts = createTranscripts(post);
const deletion = createDeletion({ remove, gone, failed: afterFailure });
const drafts = [answer, contact, withdrawal, transcripts];
const watch = new SessionWatch({ warn: announceEnd, goOn: takeBackEnd, end: endUnlessBusy });
/** Where the reporter was when the end was announced. @type {Element | null} */
let interrupted = null;
let { entry, check } = newEntry();
let thread = newThread();
/** Empty when no mailbox is open. */
let words = "";
/** The mailbox for which the drafts were typed; they come back to no other. */
let draftsOf = "";

showFirst(entry);
guardLeaving(() => uploads.busy || drafts.some((draft) => draft.hasText()));
prepareExit();
watchLife(document, watch);
whenIdle(() => check.run());

function newEntry() {
  const view = createEntry(vault, () => check, openWith);
  return { entry: view, check: new DeskCheck(vault, find('[data-slot="desk"]', view)) };
}

function newThread() {
  return createThread({ refresh: lookAgain, close: closeOrAsk });
}

/**
 * @param {string} phrase
 * @param {import("./client.js").OnProgress} onProgress
 */
async function openWith(phrase, onProgress) {
  const mailbox = await vault.client.openMailbox({ words: phrase, language: language() }, onProgress);
  if (mailbox.log !== draftsOf) clearDrafts();
  words = phrase;
  draftsOf = mailbox.log;
  thread = newThread();
  show(mailbox);
  entry.replaceChildren();
  present(thread);
  watch.start();
}

/** @param {Mailbox} mailbox */
function show(mailbox) {
  const desk = check.desk;
  if (!desk) throw new TypeError("desk is not verified");
  for (const part of [answer, contact, transcripts]) part.address(mailbox);
  showMailbox(thread, mailbox, desk, { account: transcripts.placeIn, files: (item, one) => showFiles(item, one, receive) });
  showOwn(thread, mailbox, desk);
  showForms(mailbox, desk);
}

/** @param {Mailbox} mailbox @param {Desk} desk */
function showForms(mailbox, desk) {
  const impossible = make("answer-impossible");
  put(impossible, "routes", routeList(desk.elsewhere));
  const { canSend, withdrawn } = mailbox;
  // What was typed is never taken away, even when it cannot be sent today.
  put(thread, "answer", ...(canSend ? [] : [impossible]), ...(canSend || answer.hasText() ? [answer.element] : []));
  put(thread, "contact", contact.element);
  put(thread, "withdrawal", withdrawal.element);
  put(thread, "deletion", deletion.element);
  find('[data-part="contact"]', thread).hidden = !canSend && !contact.hasText();
  find('[data-part="withdrawal"]', thread).hidden = withdrawn !== null || (!canSend && !withdrawal.hasText());
  const readers = text("read-by", { names: peopleSentence(mailbox.readersNow, desk) });
  for (const { element } of drafts) {
    for (const slot of element.querySelectorAll('[data-slot="read-by"]')) slot.textContent = readers;
  }
}

/** @type {import("./thread/files.js").Receive} */
function receive(args, onProgress) {
  return vault.client.receiveFile(args, (progress) => {
    watch.touch();
    onProgress(progress);
  });
}

async function lookAgain() {
  put(thread, "failure");
  try {
    const mailbox = await vault.client.openMailbox({ words, language: language() });
    show(mailbox);
    announce(newsOf(mailbox));
  } catch (failure) {
    showFailure(thread, "failure", asClientError(failure), { title: "title-unrefreshed", kept: "kept-thread" });
  }
}

/** @type {import("./thread/sending.js").Send} */
async function send(message, onProgress) {
  uploads.dismiss();
  const sent = await vault.client.sendMessage(message, (progress) => {
    watch.touch();
    onProgress(progress);
  });
  if (sent.files.length > 0) uploads.start(vault.client);
  return sent;
}

/** @type {import("./thread/sending.js").Post["arrived"]} */
async function arrived(sent, sentence) {
  for (const part of thread.querySelectorAll("details")) part.open = false;
  const told = [text(sentence, { day: formatDay(sent.day, language()) }), ...(sent.earlier ? [text("message-earlier")] : [])].join(" ");
  await lookAgain();
  put(thread, "news", told);
  announce(told);
  present(thread);
}

/** @type {import("./thread/deletion.js").Steps["remove"]} */
function remove(onProgress) {
  return vault.client.deleteMailbox((progress) => {
    watch.touch();
    onProgress(progress);
  });
}

/** @param {string} day */
function gone(day) {
  clearDrafts();
  forget();
  const view = makeView("view-deleted");
  put(view, "deleted", text("deleted", { day: formatDay(day, language()) }));
  present(view);
  announce(text("deleted-title"));
}

/** Show what changed under the message that could not be sent. @param {import("./client.js").ClientError} error */
async function afterFailure(error) {
  if (error.code === "recipients" || error.code === "head") await lookAgain();
}

function closeOrAsk() {
  const unsent = drafts.find((draft) => draft.hasText());
  if (!unsent && !uploads.busy) {
    close();
    return;
  }
  put(thread, "leaving", make(unsent ? "unsent-warning" : "uploads-warning"));
  on(thread, "stay", () => {
    put(thread, "leaving");
    unsent?.element.closest("details")?.setAttribute("open", "");
    (unsent ?? uploads).focus();
  });
  on(thread, "discard", close);
  find(".utrecht-alert", find('[data-slot="leaving"]', thread)).focus();
}

function close() {
  clearDrafts();
  forget();
  present(makeView("view-closed"));
}

function announceEnd() {
  interrupted = document.activeElement;
  put(thread, "session", make("session-ends"));
  on(thread, "still-here", () => watch.touch());
  find(".utrecht-alert", find('[data-slot="session"]', thread)).focus();
}

function takeBackEnd() {
  const slot = find('[data-slot="session"]', thread);
  const inside = slot.contains(document.activeElement);
  slot.replaceChildren();
  if (inside && interrupted instanceof HTMLElement) interrupted.focus();
}

function endUnlessBusy() {
  if (document.querySelector('[aria-busy="true"]')) watch.start();
  else lock();
}

/** Close the mailbox and keep what was typed, unseen, for the same words. */
function lock() {
  forget();
  ({ entry, check } = newEntry());
  const kept = text(drafts.some((draft) => draft.hasText()) ? "locked-kept" : "locked-nothing");
  put(entry, "locked", make("locked", { kept }));
  present(entry);
  announce(text("locked-title"));
  check.run();
}

function clearDrafts() {
  for (const draft of [...drafts, deletion]) draft.clear();
}

function forget() {
  words = "";
  watch.stop();
  uploads.remove();
  thread.replaceChildren();
  vault.stop();
}
