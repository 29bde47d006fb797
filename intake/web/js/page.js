// SPDX-License-Identifier: EUPL-1.2
/**
 * The report, from the first question to the proof of sending. The order is fixed: nothing is sent before the desk is
 * verified and the reporter has seen who reads; the words are shown only for a report that has arrived.
 */
import { createFilesField, sizeOf } from "./files/field.js";
import { UploadPanel } from "./files/panel.js";
import { createConfirm } from "./report/confirm.js";
import { createDone } from "./report/done.js";
import { Form } from "./report/form.js";
import { hideHelp, showHelp } from "./report/help.js";
import { offerLanguages } from "./report/languages.js";
import { offerExclusion } from "./report/recipients.js";
import { createReview } from "./report/review.js";
import { createLose, createWords } from "./report/words.js";
import { DeskCheck } from "./ui/desk.js";
import { find, put } from "./ui/dom.js";
import { prepareExit } from "./ui/exit.js";
import { language, text } from "./ui/texts.js";
import { Trail } from "./ui/trail.js";
import { Vault, whenIdle } from "./ui/vault.js";
import { guardLeaving, present, showFirst } from "./ui/view.js";
import { lookupIn } from "./ui/wordfield.js";

/** @typedef {import("./client.js").Sent} Sent */
/** @typedef {import("./client.js").Desk} Desk */

/** "writing" until a report has arrived, "keeping" while the words must be kept, then "done". @type {"writing" | "keeping" | "done"} */
let phase = "writing";
/** The phrase of the report that is being sent; every attempt uses the same one, so that only one report can come of it. @type {string[] | null} */
let phrase = null;
/** Files that the report announced, for the proof. @type {string[]} */
let announced = [];

const vault = new Vault();
const files = createFilesField();
const uploads = new UploadPanel();
const trail = new Trail(() => form.show(0));
const form = new Form({ back: () => trail.back(), next: (step) => trail.go(() => form.show(step)), check: () => trail.go(review) });
const check = new DeskCheck(vault, find('[data-slot="desk"]', form.view), showDesk, () => form.offer(false));
showFirst(form.view);
guardLeaving(() => uploads.busy || phase === "keeping" || (phase === "writing" && Object.keys(form.answers()).length > 0));
prepareExit();
whenIdle(() => check.run());

/** @param {Desk} desk */
function showDesk(desk) {
  offerExclusion(form.form, desk);
  offerLanguages(form.form, desk);
  showHelp(desk);
  form.offer(desk.state === "open");
}

function review() {
  const change = (/** @type {string} */ name) => trail.go(() => form.focus(name));
  const view = createReview(form, check, { back: () => trail.back(), change, send });
  put(view, "files", files.element);
  present(view);
}

/** @param {import("./client.js").OnProgress} onProgress */
async function send(onProgress) {
  const desk = check.desk;
  if (!desk) throw new TypeError("desk is not verified");
  if (!(await files.ready())) return;
  phrase ??= await vault.client.newWords({ language: language() });
  const choices = { answers: form.answers(), excluded: form.excluded(), files: files.chosen() };
  const sent = await vault.client.sendReport({ ...choices, language: language(), words: phrase.join(" ") }, onProgress);
  if (sent.files.length > 0) uploads.start(vault.client);
  announced = sent.files.map(listed);
  const unsent = choices.files.filter(({ id }) => sent.files.every((one) => one.id !== id));
  files.clear();
  phase = "keeping";
  trail.stop();
  hideHelp();
  keepWords(phrase, sent, desk, unsent.map(({ name, file }) => listed({ name, size: file.size })));
}

/**
 * @param {string[]} words
 * @param {Sent} sent
 * @param {Desk} desk
 * @param {string[]} unsent files that do not go along, because an earlier version counts
 */
function keepWords(words, sent, desk, unsent) {
  const show = () => present(view);
  const done = (/** @type {boolean} */ kept) => finish(sent, desk, kept);
  const confirm = () => {
    const steps = { count: form.count, back: show, done: () => done(true) };
    present(createConfirm(words, lookupIn(vault, language()), steps));
  };
  const lose = () => present(createLose({ back: show, goOn: () => done(false) }));
  const steps = { count: form.count, confirm, lose };
  const view = createWords(words, sent, sent.earlier ? [...answers(), ...rows("unsent-file", unsent)] : [], steps);
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
  present(createDone(sent, desk, keptWords, sent.earlier ? [] : [...answers(), ...rows("proof-announced", announced)]));
  form.view.replaceChildren();
  uploads.whenDone().then(() => vault.stop());
}

/** @param {{ name: string, size: number }} file */
const listed = ({ name, size }) => `${name} (${sizeOf(size)})`;

/** @returns {{ question: string, answer: string }[]} what was answered */
const answers = () => form.answered().filter(({ answer }) => answer !== "");

/** @param {string} label key of a text @param {string[]} files */
const rows = (label, files) => files.map((answer) => ({ question: text(label), answer }));
