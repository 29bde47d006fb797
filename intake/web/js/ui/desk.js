// SPDX-License-Identifier: EUPL-1.2
/**
 * Whose desk this is. Nothing about it is shown before the worker has verified the desk document against the id in
 * the address; what fails the check is said plainly, and nothing can be sent then.
 */
import { formatDay } from "./clock.js";
import { find, listItems, make, on, put } from "./dom.js";
import { asClientError, reason } from "./failures.js";
import { liveMembers, peopleItems } from "./people.js";
import { routeList } from "./routes.js";
import { announce, language, text } from "./texts.js";

/** @typedef {import("../client.js").Desk} Desk */
/** @typedef {"checking" | "verified" | "refused" | "unknown" | "unreached"} Verdict */

export class DeskCheck {
  /** @type {Verdict} */
  verdict = "checking";
  /** @type {Desk | null} */
  desk = null;
  /** @type {import("../client.js").ClientError | null} */
  #error = null;

  /**
   * @param {import("./vault.js").Vault} vault
   * @param {HTMLElement} place where the verdict stands
   * @param {(desk: Desk) => void} [onVerified]
   * @param {() => void} [onUnknown] there is no desk at this address
   */
  constructor(vault, place, onVerified, onUnknown) {
    this.vault = vault;
    this.place = place;
    this.onVerified = onVerified;
    this.onUnknown = onUnknown;
    this.place.replaceChildren(make("desk-checking"));
  }

  /** Check, or check again; what was verified before counts no more if this fails. */
  async run() {
    try {
      this.desk = await this.vault.openDesk();
      this.verdict = "verified";
      announce(text("desk-verified"));
    } catch (error) {
      this.#error = asClientError(error);
      this.desk = null;
      this.verdict = verdictOf(this.#error.code);
    }
    this.#render();
  }

  /** A call that was made later found that the server shows another desk. */
  refuse() {
    this.desk = null;
    this.verdict = "refused";
    this.#render();
  }

  #render() {
    if (this.desk) this.place.replaceChildren(identity(this.desk));
    else this.place.replaceChildren(make(`desk-${this.verdict}`));
    if (this.verdict === "unreached" && this.#error) this.#offerRetry(reason(this.#error));
    put(/** @type {HTMLElement} */ (this.place.parentElement), "shut", ...(this.desk ? shutNotice(this.desk) : []));
    // Bad news is read aloud at once; good news is announced, not read out whole.
    if (this.desk) this.place.removeAttribute("role");
    else this.place.setAttribute("role", "alert");
    if (this.verdict === "unknown") this.onUnknown?.();
    if (!this.desk) return;
    find("#desk-name").textContent = this.desk.name;
    this.onVerified?.(this.desk);
  }

  /** @param {string} why */
  #offerRetry(why) {
    put(this.place, "why", why);
    on(this.place, "check-again", () => {
      announce(text("desk-recheck"));
      this.run();
    });
  }
}

/** @param {import("../client.js").Code} code @returns {Verdict} */
function verdictOf(code) {
  if (code === "desk") return "refused";
  return code === "unknown" ? "unknown" : "unreached";
}

/** @param {Desk} desk */
function identity(desk) {
  const part = make("desk-verified", { name: desk.name, id: (desk.id.match(/.{1,4}/g) ?? []).join(" ") });
  put(part, "words", ...listItems(desk.words));
  put(part, "readers", ...peopleItems(liveMembers(desk), desk));
  if (desk.policy.recovery) put(part, "recovery", make("desk-recovery", desk.policy.recovery));
  put(part, "routes", routeList(desk.elsewhere));
  return part;
}

/** @param {Desk} desk @returns {DocumentFragment[]} empty when the desk takes reports */
function shutNotice(desk) {
  if (desk.state === "open") return [];
  const notice = make("desk-shut", { title: text(`state-${desk.state}`), text: shutReason(desk) });
  put(notice, "routes", routeList(desk.elsewhere));
  return [notice];
}

/** @param {Desk} desk */
function shutReason({ state, opens, closes }) {
  if (state === "too-few") return text("state-too-few-why");
  if (state === "not-yet") return text("state-not-yet-on", { day: formatDay(opens ?? "", language()) });
  return closes ? text("state-closed-on", { day: formatDay(closes, language()) }) : text("state-closed-now");
}
