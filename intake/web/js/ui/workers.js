// SPDX-License-Identifier: EUPL-1.2
/** Starts the page's workers. Which files they are stands in the page; Trusted Types let no other file become one. */

/** @typedef {"worker" | "pictures" | "office" | "pdf"} Name of a data attribute of the page */
/** @typedef {{ createScriptURL(url: string): string }} Policy of Trusted Types, which the checker's library does not know */

const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }} */ (globalThis);
const NAMES = ["worker", "pictures", "office", "pdf"];
const policy = trustedTypes?.createPolicy("meldkluis", { createScriptURL: onlyOurs });

/** @param {Name} name @returns {Worker} */
export function startWorker(name) {
  const address = addressOf(name);
  return new Worker(policy?.createScriptURL(address) ?? address, { type: "module" });
}

/** @param {string} name of a data attribute that holds the address of a file @returns {string} absolute */
export function addressOf(name) {
  return new URL(document.body.dataset[name] ?? "", location.href).href;
}

/** @param {string} url */
function onlyOurs(url) {
  if (!NAMES.map(addressOf).includes(url)) throw new TypeError("not a worker of this page");
  return url;
}
