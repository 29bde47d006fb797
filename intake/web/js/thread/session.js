// SPDX-License-Identifier: EUPL-1.2
/**
 * A mailbox that nobody touches closes itself: a reporter may have to leave a shared computer at once. It is announced
 * and can be put off for as long as the reporter likes (WCAG 2.2, 2.2.1 and 2.2.6).
 */

export const LIMIT_MINUTES = 15;
export const WARNING_MINUTES = 2;
const MINUTE = 60_000;
const LOOK_EVERY = 1000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "input", "wheel", "touchmove"];

/** Watches for signs of life while a mailbox is open. */
export class SessionWatch {
  #steps;
  #last = 0;
  #warned = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /** @param {{ warn: () => void, goOn: () => void, end: () => void }} steps `goOn`: the warning is over */
  constructor(steps) {
    this.#steps = steps;
  }

  start() {
    this.stop();
    this.#last = Date.now();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#warned = false;
  }

  /** The reporter is there, or something that they asked for goes on. */
  touch() {
    if (this.#timer === undefined) return;
    this.#last = Date.now();
    if (!this.#warned) return;
    this.#warned = false;
    this.#steps.goOn();
  }

  /** A device that slept looks at its clock when it wakes. */
  #look() {
    const idle = Date.now() - this.#last;
    if (idle >= LIMIT_MINUTES * MINUTE) {
      this.stop();
      this.#steps.end();
    } else if (!this.#warned && idle >= (LIMIT_MINUTES - WARNING_MINUTES) * MINUTE) {
      this.#warned = true;
      this.#steps.warn();
    }
  }
}

/** @param {EventTarget} target @param {SessionWatch} watch */
export function watchLife(target, watch) {
  for (const sign of SIGNS_OF_LIFE) target.addEventListener(sign, () => watch.touch(), { passive: true });
}
