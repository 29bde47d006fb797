// SPDX-License-Identifier: EUPL-1.2
/**
 * A dated proof that a reporter may keep: one page without scripts or links, made in the browser and sent
 * nowhere. It helps who has to show later what they reported, and it tells whoever finds it.
 */
import { formatDay } from "./clock.js";
import { make, put } from "./dom.js";
import { saveFile } from "./save.js";
import { language, text } from "./texts.js";

/** @typedef {{ label: string, value: string }} Fact */

/** Long ids and hashes break, and the page fits a telephone and paper. */
const STYLE = "body{max-inline-size:42rem;margin:1rem auto;padding-inline:1rem;font:1rem/1.5 sans-serif;overflow-wrap:anywhere}dd{white-space:pre-wrap}";

/**
 * @param {{ desk: import("../client.js").Desk, log: string, number: string, day: string }} about `day` on which it was made
 * @param {Fact[]} facts in the order in which they stand there
 * @returns {string} a whole HTML page
 */
export function proofPage({ desk, log, number, day }, facts) {
  const page = document.implementation.createHTMLDocument(text("proof-title"));
  page.documentElement.lang = language();
  page.head.prepend(meta(page, { charset: "utf-8" }), meta(page, { name: "viewport", content: "width=device-width" }));
  const content = make("proof-page", { day: formatDay(day, language()), name: desk.name, id: desk.id, words: desk.words.join(" "), log, number });
  put(content, "facts", ...facts.map(({ label, value }) => make("proof-fact", { label, value })));
  const main = page.createElement("main");
  main.append(content);
  page.body.append(main);
  // As text: in a document of this page, its policy against inline styles would speak up.
  return `<!doctype html>\n${page.documentElement.outerHTML.replace("</head>", `<style>${STYLE}</style></head>`)}\n`;
}

/**
 * @param {Document} page
 * @param {Record<string, string>} attributes
 */
function meta(page, attributes) {
  const made = page.createElement("meta");
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/**
 * Hand a page to the browser to save, under a name that tells nothing.
 * @param {string} html
 */
export function savePage(html) {
  saveFile(new Blob([html], { type: "text/html" }), text("proof-file"));
}
