// SPDX-License-Identifier: EUPL-1.2
/** In which language the reporter wants the answer: one of the desk's, the page's own unless they say otherwise. */
import { find } from "../ui/dom.js";

/**
 * @param {HTMLFormElement} form with the choice `reply_language`, which has the page's language already
 * @param {import("../client.js").Desk} desk
 */
export function offerLanguages(form, desk) {
  const choice = /** @type {HTMLSelectElement} */ (find("#reply_language", form));
  const offered = new Set([...choice.options].map(({ value }) => value));
  for (const code of desk.languages.filter((code) => !offered.has(code))) {
    const option = new Option(new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code, code);
    option.lang = code;
    choice.add(option);
  }
}
