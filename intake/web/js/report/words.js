// SPDX-License-Identifier: EUPL-1.2
/** The eight words, shown once, and the honest way on for who cannot keep them. */
import { formatDay } from "../ui/clock.js";
import { listItems, make, on, put } from "../ui/dom.js";
import { announce, language, text } from "../ui/texts.js";
import { makeView } from "../ui/view.js";

/**
 * @param {string[]} words
 * @param {import("../client.js").Sent} sent
 * @param {{ question: string, answer: string }[]} unsent what was changed after an earlier attempt had arrived unseen; else empty
 * @param {{ count: number, confirm: () => void, lose: () => void }} steps `count` of steps, of which this is the last
 * @returns {HTMLElement}
 */
export function createWords(words, sent, unsent, steps) {
  const view = makeView("view-words", { day: formatDay(sent.day, language()), number: steps.count, count: steps.count });
  if (unsent.length > 0) put(view, "earlier", earlierNotice(unsent));
  put(view, "words", ...listItems(words));
  on(view, "print", () => window.print());
  on(view, "copy", () => copy(view, words.join(" ")));
  on(view, "confirm", steps.confirm);
  on(view, "lose", steps.lose);
  return view;
}

/**
 * @param {{ back: () => void, goOn: () => void }} steps
 * @returns {HTMLElement}
 */
export function createLose(steps) {
  const view = makeView("view-lose");
  on(view, "back", steps.back);
  on(view, "go-on", steps.goOn);
  return view;
}

/** @param {{ question: string, answer: string }[]} unsent */
function earlierNotice(unsent) {
  const notice = make("earlier");
  const terms = unsent.map(({ question, answer }) => make("earlier-answer", { question, answer }));
  put(notice, "answers", ...terms);
  return notice;
}

/**
 * @param {HTMLElement} view
 * @param {string} phrase
 */
async function copy(view, phrase) {
  const done = await navigator.clipboard.writeText(phrase).then(
    () => text("copied"),
    () => text("copy-failed"),
  );
  put(view, "copied", done);
  announce(done);
}
