// SPDX-License-Identifier: EUPL-1.2
/** Sentences that scripts choose between; the page carries them in its language, in `<template id="texts">`. */
import { expand, find } from "./dom.js";

/** @typedef {import("./dom.js").Values} Values */

/**
 * @param {string} key
 * @param {Values} [values]
 * @returns {string}
 * @throws {RangeError} for a key that the page does not have
 */
export function text(key, values = {}) {
  const found = findText(key);
  if (found === null) throw new RangeError(`no text "${key}" in this page`);
  return expand(found, values);
}

/**
 * @param {string} key
 * @returns {string | null} null when the page has no such text
 */
export function findText(key) {
  const texts = find("#texts");
  if (!(texts instanceof HTMLTemplateElement)) return null;
  return texts.content.querySelector(`[data-text="${CSS.escape(key)}"]`)?.textContent ?? null;
}

/** Tell a screen reader what has happened; what is seen must say it too. @param {string} message */
export function announce(message) {
  find("#status").textContent = message;
}

/** @returns {string} the language code of this page */
export function language() {
  return document.documentElement.lang;
}
