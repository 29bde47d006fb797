// SPDX-License-Identifier: EUPL-1.2
/** What went wrong outside the person's reach: what happened, what was kept, what to do next. */
import { ClientError } from "../client.js";
import { find, make, put } from "./dom.js";
import { text } from "./texts.js";

/** @typedef {{ title: string, kept: string }} Context what did not happen, and what is still there; keys of texts */

/**
 * @param {unknown} error
 * @returns {ClientError} itself, or what stands for a fault of this page
 */
export function asClientError(error) {
  if (error instanceof ClientError) return error;
  return new ClientError("internal", error instanceof Error ? error.name : "unknown");
}

/**
 * @param {ClientError} error
 * @returns {string} why, and what to do next
 */
export function reason(error) {
  return text(`why-${error.code}`, { seconds: error.retryAfter ?? 60 });
}

/**
 * @param {HTMLElement} view
 * @param {string} slot
 * @param {ClientError} error
 * @param {Context} context
 */
export function showFailure(view, slot, error, { title, kept }) {
  const { code, detail } = error;
  const panel = make("failure", { title: text(title), why: reason(error), kept: text(kept), code, detail });
  find(".utrecht-alert", put(view, slot, panel)).focus();
}
