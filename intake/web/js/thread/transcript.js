// SPDX-License-Identifier: EUPL-1.2
/**
 * A written account of a conversation that the committee offers: to check, to correct, to agree to or not (Directive
 * (EU) 2019/1937, art. 18). The account stays as it is; a correction is an entry beside it.
 */
import { formatDay } from "../ui/clock.js";
import { find, make, on, put } from "../ui/dom.js";
import { language, text } from "../ui/texts.js";
import { draftIn, onSend, problemsIn } from "./sending.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {import("../client.js").Entry} Entry */
/**
 * @typedef {import("./sending.js").Draft & {
 *   address: (mailbox: Mailbox) => void,
 *   placeIn: (item: ParentNode, entry: Entry) => void,
 * }} Transcripts `placeIn`: show beside an account what the reporter said of it, and the form while it is open there
 */

/**
 * @param {Mailbox} mailbox
 * @param {Entry} account
 * @returns {Entry | null} the newest that the reporter said of this account
 */
export function verdictOn({ entries }, account) {
  return entries.filter(({ kind, about }) => about === account.seq && kind.startsWith("transcript_")).at(-1) ?? null;
}

/**
 * @param {import("./sending.js").Post} post
 * @returns {Transcripts}
 */
export function createTranscripts(post) {
  const form = createForm();
  const draft = draftIn(form.element);
  /** @type {{ mailbox: Mailbox | null, openAt: number | null }} */
  const state = { mailbox: null, openAt: null };
  const clear = () => {
    form.take("");
    state.openAt = null;
  };
  onSend(form.element, () => form.compose(state.openAt), post, clear);
  return {
    ...draft,
    clear,
    address: (mailbox) => {
      state.mailbox = mailbox;
    },
    placeIn: (item, entry) => {
      const verdict = state.mailbox && verdictOn(state.mailbox, entry);
      put(item, "verdict", verdictSentence(verdict, entry));
      find('[data-action="react"]', item).textContent = text(verdict ? "react-again" : "react-first");
      if (state.openAt === entry.seq) put(item, "reaction", form.element);
      on(item, "react", () => {
        if (state.openAt !== entry.seq) form.take(entry.text ?? "");
        state.openAt = entry.seq;
        put(item, "reaction", form.element);
        form.focus();
      });
    },
  };
}

/** @param {Entry | null} verdict @param {Entry} account */
function verdictSentence(verdict, account) {
  const day = formatDay((verdict ?? account).day, language());
  return text(verdict ? `verdict-${verdict.kind}` : "verdict-open", { day });
}

function createForm() {
  const element = document.createElement("div");
  element.append(make("transcript-form"));
  const form = /** @type {HTMLFormElement} */ (find("form", element));
  const choices = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=radio]")]);
  const correction = /** @type {HTMLTextAreaElement} */ (find("#correction", form));
  const remark = /** @type {HTMLTextAreaElement} */ (find("#remark", form));
  const chosen = () => choices.find(({ checked }) => checked)?.value ?? null;
  const show = () => {
    find('[data-part="correction"]', form).hidden = chosen() !== "correct";
    find('[data-part="remark"]', form).hidden = chosen() === "correct" || chosen() === null;
  };
  form.addEventListener("change", show);
  show();
  return {
    element,
    focus: () => choices[0]?.focus(),
    /** @param {string} account the text to correct: what differs from it is a draft */
    take: (account) => {
      correction.defaultValue = account;
      form.reset();
      show();
    },
    /** @param {number | null} about */
    compose: (about) => {
      const verdict = chosen();
      const field = verdict === "correct" ? correction : remark;
      const problems = verdict === null ? unchosen(choices) : problemsIn(field, verdict === "correct" ? "problem-correction" : null);
      /** @type {Record<string, string>} */
      const answers = { verdict: verdict ?? "", text: field.value };
      return { message: { kind: /** @type {const} */ ("transcript"), about, answers }, sentence: "transcript-sent", problems };
    },
  };
}

/** @param {HTMLInputElement[]} choices */
function unchosen([field]) {
  return [{ field: field ?? null, text: text("problem-verdict") }];
}
