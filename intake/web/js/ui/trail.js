// SPDX-License-Identifier: EUPL-1.2
/**
 * The browser's Back and Forward inside the page. Every place has the same address and a bare number; what each place
 * shows, and what was typed there, is in memory alone, so the history tells nothing.
 */

/** How long a browser may take to go back. */
const RETURNING_MS = 500;

export class Trail {
  /** @type {(() => void)[]} */
  #places;
  #at = 0;
  #listener = (/** @type {PopStateEvent} */ { state }) => this.#return(state);

  /** @param {() => void} first shows the first place again */
  constructor(first) {
    this.#places = [first];
    history.scrollRestoration = "manual";
    history.replaceState(0, "");
    window.addEventListener("popstate", this.#listener);
  }

  /** Go to a new place; those that lay ahead are forgotten. @param {() => void} show shows it, now and whenever the person comes back */
  go(show) {
    this.#at += 1;
    this.#places.splice(this.#at, Infinity, show);
    history.pushState(this.#at, "");
    show();
  }

  /** As the browser's own button does. */
  back() {
    history.back();
  }

  /** From now on Back and Forward change nothing that is shown. */
  stop() {
    window.removeEventListener("popstate", this.#listener);
  }

  /** @param {unknown} state a place from before the page was loaded again is not known any more: it leads to the first */
  #return(state) {
    this.#at = typeof state === "number" && state in this.#places ? state : 0;
    this.#places[this.#at]?.();
  }
}

/** Go back over all places of this page, so that the one before it is the next behind Back. @returns {Promise<void>} */
export function toFirstPlace() {
  const { state } = history;
  if (typeof state !== "number" || state === 0) return Promise.resolve();
  return new Promise((resolve) => {
    window.addEventListener("popstate", () => resolve(), { once: true });
    setTimeout(resolve, RETURNING_MS);
    history.go(-state);
  });
}
