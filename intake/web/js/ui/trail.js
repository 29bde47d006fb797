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
  #at = placeNow();
  #listener = (/** @type {PopStateEvent} */ { state }) => this.#return(state);

  /** @param {() => void} first shows the first place again */
  constructor(first) {
    // A page that was loaded again half way stands where it stood: the places behind it are there yet.
    this.#places = Array.from({ length: this.#at + 1 }, () => first);
    history.scrollRestoration = "manual";
    history.replaceState(this.#at, "");
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

/** @returns {number} how many places of this site lie behind this one */
function placeNow() {
  const { state } = history;
  return typeof state === "number" ? state : 0;
}

/** Go back over all places of this site, so that what came before it is the next behind Back. @returns {Promise<void>} */
export function toFirstPlace() {
  const behind = placeNow();
  return behind === 0 ? Promise.resolve() : goBack(behind);
}

/**
 * Nothing can be taken out of a tab's history, but a new place makes the tab forget all that lay ahead.
 *
 * @param {string} ahead address of this site that Forward leads to from now on, loaded anew
 * @returns {Promise<void>} at the first place
 */
export async function leaveOnly(ahead) {
  await toFirstPlace();
  history.pushState(null, "", ahead);
  await goBack(1);
}

/** @param {number} count @returns {Promise<void>} */
function goBack(count) {
  return new Promise((resolve) => {
    // Firefox says so before it counts from the new place.
    window.addEventListener("popstate", () => setTimeout(resolve), { once: true });
    setTimeout(resolve, RETURNING_MS);
    history.go(-count);
  });
}
