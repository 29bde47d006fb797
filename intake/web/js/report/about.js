// SPDX-License-Identifier: EUPL-1.2
/** What the desk itself wants reporters to be able to read, below the questions. */
import { make, put } from "../ui/dom.js";
import { findText } from "../ui/texts.js";

/**
 * @param {HTMLElement} view with a slot `about-desk`
 * @param {import("../client.js").Desk} desk
 */
export function showAboutDesk(view, desk) {
  const parts = Object.entries(desk.texts).flatMap(([name, words]) => {
    // A text that this page has no heading for is meant for another place.
    const title = findText(`desk-text-${name}`);
    return title === null ? [] : [make("desk-text", { title, text: words })];
  });
  if (parts.length > 0) put(view, "about-desk", make("about-desk"), ...parts);
}
