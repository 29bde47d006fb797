// SPDX-License-Identifier: EUPL-1.2
/** A form that becomes one entry of the mailbox. What was typed stays until the entry is known to have arrived. */
import { find } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { charactersOver } from "../ui/length.js";
import { showProblems } from "../ui/problems.js";
import { language, text } from "../ui/texts.js";
import { whileWorking } from "../ui/working.js";

/** @typedef {import("../client.js").ClientError} ClientError */
/** @typedef {Parameters<import("../client.js").Client["sendMessage"]>[0]} Args */
/** @typedef {import("../ui/problems.js").Problem} Problem */
/** @typedef {{ message: Omit<Args, "language">, sentence: string, problems: Problem[], ready?: () => Promise<boolean> }} Composed `sentence`: key of the sentence that says it arrived; `ready`: false when there is something to read first */
/** @typedef {import("../client.js").Sent} Sent */
/** @typedef {(message: Args, onProgress: import("../client.js").OnProgress) => Promise<Sent>} Send */
/**
 * @typedef {object} Post
 * @property {Send} send
 * @property {(sent: Sent, sentence: string) => Promise<void>} arrived once the form is empty again
 * @property {(error: ClientError) => Promise<void>} failed once the failure is shown
 */
/**
 * @typedef {object} Draft a form that may hold something unsent
 * @property {HTMLElement} element
 * @property {() => boolean} hasText
 * @property {() => void} focus
 * @property {() => void} clear
 */

/**
 * @param {HTMLElement} element with a form, and slots `problems` and `working`
 * @param {() => Composed} compose what the form says now
 * @param {Post} post
 * @param {() => void} clear empties the form
 */
export function onSend(element, compose, post, clear) {
  find("form", element).addEventListener("submit", (event) => {
    event.preventDefault();
    const { message, sentence, problems, ready } = compose();
    showProblems(element, problems);
    if (problems.length > 0) return;
    const args = { ...message, language: language() };
    whileWorking(element, async (onProgress) => {
      if (ready && !(await ready())) return;
      const sent = await trySend(element, () => post.send(args, onProgress), post.failed);
      if (!sent) return;
      clear();
      await post.arrived(sent, sentence);
    });
  });
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string | null} missing key of what to say when nothing stands in it; null when it may be empty
 * @returns {Problem[]}
 */
export function problemsIn(field, missing) {
  if (missing !== null && field.value.trim() === "") return [{ field, text: text(missing) }];
  const over = charactersOver({ text: field.value });
  return over > 0 ? [{ field, text: text("problem-long", { over }) }] : [];
}

/**
 * @param {HTMLElement} element
 * @returns {(HTMLInputElement | HTMLTextAreaElement)[]} its fields for text
 */
export function textFields(element) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll("textarea, input[type=text]"))];
}

/**
 * @param {HTMLElement} element
 * @returns {Draft}
 */
export function draftIn(element) {
  const fields = textFields(element);
  return {
    element,
    hasText: () => fields.some(({ value, defaultValue }) => value.trim() !== "" && value !== defaultValue),
    focus: () => fields.find(({ value }) => value !== "")?.focus(),
    clear: () => {
      for (const form of element.querySelectorAll("form")) form.reset();
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {() => Promise<Sent>} send
 * @param {Post["failed"]} failed
 * @returns {Promise<Sent | null>} null when it is not known to have arrived
 */
async function trySend(element, send, failed) {
  try {
    return await send();
  } catch (failure) {
    const error = asClientError(failure);
    const title = error.code === "network" ? "title-unsure" : "title-unsent";
    showFailure(element, "problems", error, { title, kept: "kept" });
    await failed(error);
    return null;
  }
}
