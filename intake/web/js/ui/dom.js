// SPDX-License-Identifier: EUPL-1.2
/**
 * Makes parts of the page from its `<template>` elements. All that people read stands there, in the page's language;
 * what is put in is text or elements, never markup.
 */

/** @typedef {Record<string, string | number>} Values */

/**
 * @param {string} text with `{name}` where a value goes
 * @param {Values} values
 * @returns {string} with each known name replaced, once: a value that looks like a name stays as it is
 */
export function expand(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 * @throws {RangeError} when the page has no such element
 */
export function find(selector, root = document) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new RangeError(`no ${selector} in this page`);
  return element;
}

/**
 * @param {string} id of a template
 * @param {Values} [values] for the `{name}` places in its texts and labels
 * @returns {DocumentFragment}
 */
export function make(id, values = {}) {
  const template = find(`#${id}`);
  if (!(template instanceof HTMLTemplateElement)) throw new RangeError(`#${id} is no template`);
  const copy = document.importNode(template.content, true);
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeValue?.includes("{")) node.nodeValue = expand(node.nodeValue, values);
  }
  for (const element of copy.querySelectorAll("[aria-label]")) {
    element.setAttribute("aria-label", expand(element.getAttribute("aria-label") ?? "", values));
  }
  return copy;
}

/**
 * @param {ParentNode} root
 * @param {string} name of a `data-slot`
 * @param {...(Node | string)} content replaces what is there
 * @returns {HTMLElement} the slot
 */
export function put(root, name, ...content) {
  const slot = find(`[data-slot="${name}"]`, root);
  slot.replaceChildren(...content);
  return slot;
}

/**
 * @param {ParentNode} root
 * @param {string} action of a `data-action`
 * @param {() => void} run
 */
export function on(root, action, run) {
  find(`[data-action="${action}"]`, root).addEventListener("click", run);
}

/**
 * @param {string[]} items
 * @returns {HTMLLIElement[]}
 */
export function listItems(items) {
  return items.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  });
}
