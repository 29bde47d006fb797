// SPDX-License-Identifier: EUPL-1.2
/** What the reporter sent, by day, kind and hash: their words are not sealed to them, so this is all that can be shown. */
import { formatDay } from "../ui/clock.js";
import { make, on, put } from "../ui/dom.js";
import { proofPage, savePage } from "../ui/proof.js";
import { language, text } from "../ui/texts.js";
import { deedOf } from "./thread.js";

/** @typedef {import("../client.js").Mailbox} Mailbox */

/**
 * @param {HTMLElement} view with a slot `own`
 * @param {Mailbox} mailbox
 * @param {import("../client.js").Desk} desk
 */
export function showOwn(view, mailbox, desk) {
  const own = mailbox.entries.filter(({ by }) => by === "reporter");
  const rows = own.map((entry) => ({ what: deedOf(entry, mailbox), day: formatDay(entry.day, language()), hash: entry.hash }));
  const part = make("own");
  put(part, "rows", ...rows.map((row) => make("own-row", row)));
  put(view, "own", part);
  on(view, "save-own", () => {
    const facts = rows.map(({ what, day, hash }) => ({ label: `${what}, ${day}`, value: text("proof-hash", { hash }) }));
    savePage(proofPage({ ...mailbox, desk, day: mailbox.today }, facts));
  });
}
