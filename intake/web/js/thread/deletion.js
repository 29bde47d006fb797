// SPDX-License-Identifier: EUPL-1.2
/** Deleting the mailbox: asked for once more with a tick, and never undone. */
import { find, make } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { showProblems } from "../ui/problems.js";
import { text } from "../ui/texts.js";
import { whileWorking } from "../ui/working.js";

/**
 * @typedef {object} Steps
 * @property {(onProgress: import("../client.js").OnProgress) => Promise<{ day: string }>} remove
 * @property {(day: string) => void} gone
 * @property {import("./sending.js").Post["failed"]} failed once the failure is shown
 */

/**
 * @param {Steps} steps
 * @returns {{ element: HTMLElement, clear: () => void }}
 */
export function createDeletion({ remove, gone, failed }) {
  const element = document.createElement("div");
  element.append(make("deletion-form"));
  const form = /** @type {HTMLFormElement} */ (find("form", element));
  const sure = /** @type {HTMLInputElement} */ (find("input", element));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problems = sure.checked ? [] : [{ field: sure, text: text("problem-deletion") }];
    showProblems(element, problems);
    if (problems.length === 0) whileWorking(element, work);
  });
  /** @param {import("../client.js").OnProgress} onProgress */
  async function work(onProgress) {
    try {
      gone((await remove(onProgress)).day);
    } catch (failure) {
      const error = asClientError(failure);
      const title = error.code === "network" ? "title-deletion-unsure" : "title-undeleted";
      showFailure(element, "problems", error, { title, kept: error.code === "network" ? "kept-deletion" : "kept-thread" });
      await failed(error);
    }
  }
  return { element, clear: () => form.reset() };
}
