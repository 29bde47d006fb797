// SPDX-License-Identifier: EUPL-1.2
/** Contact details: given later, changed, or taken back. Each time is an entry of its own (FORMAT.md section 7.2). */
import { formatDay } from "../ui/clock.js";
import { make, put } from "../ui/dom.js";
import { language, text } from "../ui/texts.js";
import { draftIn, onSend, problemsIn, textFields } from "./sending.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */
/** @typedef {import("./sending.js").Draft & { address: (mailbox: Mailbox) => void }} ContactForms */

/**
 * @param {import("./sending.js").Post} post
 * @returns {ContactForms}
 */
export function createContact(post) {
  const element = document.createElement("div");
  const giving = part(element, "contact-form");
  const takingBack = part(element, "contact-withdrawal");
  const [name, reach] = /** @type {[HTMLInputElement, HTMLTextAreaElement]} */ (textFields(giving));
  const draft = draftIn(giving);
  const give = () => {
    const problems = [...problemsIn(name, null), ...problemsIn(reach, "problem-reach")];
    return { message: contact(name.value, reach.value), sentence: "contact-sent", problems };
  };
  onSend(giving, give, post, draft.clear);
  onSend(takingBack, () => ({ message: contact("", ""), sentence: "contact-withdrawn", problems: [] }), post, draft.clear);
  return {
    ...draft,
    element,
    address: ({ contact }) => {
      const given = contact === null ? text("contact-none") : text("contact-given", { day: formatDay(contact, language()) });
      put(giving, "given", given);
      takingBack.hidden = contact === null;
    },
  };
}

/** @param {string} name @param {string} reach */
function contact(name, reach) {
  return { kind: /** @type {const} */ ("contact"), about: null, answers: { name, reach } };
}

/** @param {HTMLElement} element @param {string} template */
function part(element, template) {
  const made = document.createElement("div");
  made.append(make(template));
  element.append(made);
  return made;
}
