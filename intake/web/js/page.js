// SPDX-License-Identifier: EUPL-1.2
/**
 * The report, from the first question to the proof of sending. The order is fixed: nothing is sent before the desk is
 * verified and the reporter has seen who reads; the words are shown only for a report that has arrived.
 */
import { showAboutDesk } from "./report/about.js";
import { createConfirm } from "./report/confirm.js";
import { createDone } from "./report/done.js";
import { createForm } from "./report/form.js";
import { createReview } from "./report/review.js";
import { createLose, createWords } from "./report/words.js";
import { DeskCheck } from "./ui/desk.js";
import { find } from "./ui/dom.js";
import { language } from "./ui/texts.js";
import { Vault, whenIdle } from "./ui/vault.js";
import { guardLeaving, present, showFirst } from "./ui/view.js";
import { lookupIn } from "./ui/wordfield.js";

/** @typedef {import("./client.js").Sent} Sent */
/** @typedef {import("./client.js").Desk} Desk */

/** "writing" until a report has arrived, "keeping" while the words must be kept, then "done". @type {"writing" | "keeping" | "done"} */
let phase = "writing";
/** The phrase of the report that is being sent; every attempt uses the same one, so that only one report can come of it. @type {string[] | null} */
let phrase = null;

const vault = new Vault();
const form = createForm(review);
const check = new DeskCheck(vault, find('[data-slot="desk"]', form.view), showDesk);
showFirst(form.view);
guardLeaving(() => phase === "keeping" || (phase === "writing" && Object.keys(form.answers()).length > 0));
whenIdle(() => check.run());

/** @param {Desk} desk */
function showDesk(desk) {
  showAboutDesk(form.view, desk);
  form.offer(desk.state === "open");
}

function review() {
  const back = () => present(form.view);
  const view = createReview(form.answered(), check, {
    back,
    change: (question) => {
      back();
      form.focus(question);
    },
    send,
  });
  present(view);
}

/** @param {import("./client.js").OnProgress} onProgress */
async function send(onProgress) {
  const desk = check.desk;
  if (!desk) throw new TypeError("desk is not verified");
  phrase ??= await vault.client.newWords({ language: language() });
  const args = { answers: form.answers(), excluded: [], language: language(), words: phrase.join(" ") };
  const sent = await vault.client.sendReport(args, onProgress);
  phase = "keeping";
  keepWords(phrase, sent, desk);
}

/**
 * @param {string[]} words
 * @param {Sent} sent
 * @param {Desk} desk
 */
function keepWords(words, sent, desk) {
  const show = () => present(view);
  const done = (/** @type {boolean} */ kept) => finish(sent, desk, kept);
  const confirm = () => present(createConfirm(words, lookupIn(vault, language()), { back: show, done: () => done(true) }));
  const lose = () => present(createLose({ back: show, goOn: () => done(false) }));
  const view = createWords(words, sent, sent.earlier ? form.answered() : [], { confirm, lose });
  show();
}

/**
 * @param {Sent} sent
 * @param {Desk} desk
 * @param {boolean} keptWords
 */
function finish(sent, desk, keptWords) {
  phase = "done";
  phrase = null;
  present(createDone(sent, desk, keptWords));
  form.view.replaceChildren();
  vault.stop();
}
