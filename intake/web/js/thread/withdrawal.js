// SPDX-License-Identifier: EUPL-1.2
/** Withdrawing the report: it is kept, and the committee decides with reasons what becomes of it. */
import { find, make } from "../ui/dom.js";
import { text } from "../ui/texts.js";
import { draftIn, onSend, problemsIn } from "./sending.js";

/**
 * @param {import("./sending.js").Post} post
 * @returns {import("./sending.js").Draft}
 */
export function createWithdrawal(post) {
  const element = document.createElement("div");
  element.append(make("withdrawal-form"));
  const reason = /** @type {HTMLTextAreaElement} */ (find("textarea", element));
  const sure = /** @type {HTMLInputElement} */ (find("input", element));
  const draft = draftIn(element);
  const compose = () => {
    const unsure = sure.checked ? [] : [{ field: sure, text: text("problem-withdrawal") }];
    /** @type {Record<string, string>} */
    const answers = reason.value.trim() === "" ? {} : { reason: reason.value };
    const problems = [...problemsIn(reason, null), ...unsure];
    return { message: { kind: /** @type {const} */ ("withdrawal"), about: null, answers }, sentence: "withdrawal-sent", problems };
  };
  onSend(element, compose, post, draft.clear);
  return draft;
}
