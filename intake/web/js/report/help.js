// SPDX-License-Identifier: EUPL-1.2
/** The texts below every step: what the desk itself says comes first, or in place of the general text. */
import { find, put } from "../ui/dom.js";
import { routeList } from "../ui/routes.js";

/** @param {import("../client.js").Desk} desk */
export function showHelp(desk) {
  const help = find("#help");
  for (const topic of /** @type {NodeListOf<HTMLElement>} */ (help.querySelectorAll("[data-topic]"))) {
    const words = desk.texts[topic.dataset["topic"] ?? ""];
    if (words === undefined) continue;
    put(topic, "own", words);
    topic.hidden = false;
    for (const general of topic.querySelectorAll("[data-unless-own]")) general.remove();
  }
  put(help, "routes", routeList(desk.elsewhere));
}

/** What could take somebody away from the words that must be kept. */
export function hideHelp() {
  find("#help").hidden = true;
}
