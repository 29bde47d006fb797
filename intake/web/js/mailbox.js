// SPDX-License-Identifier: EUPL-1.2
/**
 * The mailbox page: words in, thread out, answers sent, everything forgotten at the end. The words live in this
 * module and in the worker until the mailbox is closed.
 */
import { createAnswerBox } from "./thread/answer.js";
import { createEntry } from "./thread/entry.js";
import { createThread, newsOf, showMailbox } from "./thread/thread.js";
import { formatDay } from "./ui/clock.js";
import { DeskCheck } from "./ui/desk.js";
import { find, make, on, put } from "./ui/dom.js";
import { prepareExit } from "./ui/exit.js";
import { asClientError, showFailure } from "./ui/failures.js";
import { routeList } from "./ui/routes.js";
import { announce, language, text } from "./ui/texts.js";
import { Vault, whenIdle } from "./ui/vault.js";
import { guardLeaving, makeView, present, showFirst } from "./ui/view.js";

/** @typedef {import("./client.js").Mailbox} Mailbox */

const vault = new Vault();
const entry = createEntry(vault, () => check, openWith);
const check = new DeskCheck(vault, find('[data-slot="desk"]', entry));
const thread = createThread({ refresh: lookAgain, close: closeOrAsk });
const answer = createAnswerBox(send, afterFailure);
/** Empty when no mailbox is open. */
let words = "";

showFirst(entry);
guardLeaving(() => answer.hasText());
prepareExit();
whenIdle(() => check.run());

/**
 * @param {string} phrase
 * @param {import("./client.js").OnProgress} onProgress
 */
async function openWith(phrase, onProgress) {
  const mailbox = await vault.client.openMailbox({ words: phrase, language: language() }, onProgress);
  words = phrase;
  show(mailbox);
  entry.replaceChildren();
  present(thread);
}

/** @param {Mailbox} mailbox */
function show(mailbox) {
  const desk = check.desk;
  if (!desk) throw new TypeError("desk is not verified");
  showMailbox(thread, mailbox, desk);
  answer.address(mailbox);
  const impossible = make("answer-impossible");
  put(impossible, "routes", routeList(desk.elsewhere));
  // What was typed is never taken away, even when it cannot be sent today.
  const cannot = mailbox.canSend ? [] : [impossible];
  put(thread, "answer", ...cannot, ...(mailbox.canSend || answer.hasText() ? [answer.element] : []));
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

/**
 * @param {Parameters<import("./client.js").Client["sendMessage"]>[0]} args
 * @param {import("./client.js").OnProgress} onProgress
 */
async function send(args, onProgress) {
  const sent = await vault.client.sendMessage(args, onProgress);
  answer.clear();
  const sentence = text("message-sent", { day: formatDay(sent.day, language()) });
  await lookAgain();
  put(thread, "news", sentence);
  announce(sentence);
  present(thread);
}

/** Show what changed under the message that could not be sent. @param {import("./client.js").ClientError} error */
async function afterFailure(error) {
  if (error.code === "recipients" || error.code === "head") await lookAgain();
}

function closeOrAsk() {
  if (!answer.hasText()) {
    close();
    return;
  }
  put(thread, "leaving", make("unsent-warning"));
  on(thread, "stay", () => {
    put(thread, "leaving");
    answer.focus();
  });
  on(thread, "discard", close);
  find(".utrecht-alert", find('[data-slot="leaving"]', thread)).focus();
}

function close() {
  words = "";
  answer.clear();
  thread.replaceChildren();
  vault.stop();
  present(makeView("view-closed"));
}
