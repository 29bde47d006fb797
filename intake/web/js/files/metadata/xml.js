// SPDX-License-Identifier: EUPL-1.2
/** XML with some elements and attributes left out; everything else stays letter for letter (XML 1.0, UTF-8). */
import { UnreadableError } from "./pieces.js";

/** @typedef {import("./pieces.js").Removed} Removed */
/** @typedef {{ name: string, attributes: Record<string, string> }} Tag names with their prefix; values as they are written */
/** @typedef {{ how: "drop" | "empty", why: Removed }} Cut `empty`: the tags stay, what is between them goes */
/** @typedef {{ value: string | null, why: Removed }} Change null: the attribute goes */
/**
 * @typedef {object} Rules
 * @property {(tag: Tag) => Cut | null} element
 * @property {(tag: Tag, attribute: string) => Change | null} attribute
 */

const TOKEN = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([^\s<>\/!?"'=]+)((?:\s+[^\s<>\/"'=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;
const ATTRIBUTE = /(\s+)([^\s<>\/"'=]+)(\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')/g;
const OTHER_LETTERS = /^<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])/i;

/** @param {string} name @returns {string} without its prefix */
export const localName = (name) => name.slice(name.indexOf(":") + 1);

/**
 * @param {Uint8Array} bytes
 * @param {Rules} rules
 * @param {Set<Removed>} removed gets what was
 * @returns {Uint8Array}
 * @throws {UnreadableError} it is no XML, or of a kind that hides what it says
 */
export function rewriteXml(bytes, rules, removed) {
  const xml = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  if (OTHER_LETTERS.test(xml) || xml.includes("\0")) throw new UnreadableError("a part is not in UTF-8");
  const writer = new Writer(rules, removed);
  let place = 0;
  for (const match of xml.matchAll(TOKEN)) {
    writer.text(xml.slice(place, match.index));
    writer.token(match);
    place = match.index + match[0].length;
  }
  writer.text(xml.slice(place));
  return new TextEncoder().encode(writer.end());
}

class Writer {
  #rules;
  #removed;
  /** @type {string[]} */
  #written = [];
  /** Elements that are open. @type {string[]} */
  #open = [];
  /** How many are open when nothing is left out any more. @type {number | null} */
  #until = null;
  /** @type {Cut | null} */
  #cut = null;

  /** @param {Rules} rules @param {Set<Removed>} removed */
  constructor(rules, removed) {
    this.#rules = rules;
    this.#removed = removed;
  }

  /** @param {string} text */
  text(text) {
    if (text === "") return;
    if (this.#cut) this.#removed.add(this.#cut.why);
    else this.#written.push(text);
  }

  /** @param {RegExpExecArray} match of `TOKEN` */
  token([whole, closing, name, attributes, single]) {
    if (whole === "<") throw new UnreadableError("a part is not XML, or declares entities");
    if (whole.startsWith("<!--")) this.#removed.add("maker");
    else if (name === undefined) this.text(whole);
    else if (closing) this.#close(whole, name);
    else this.#start({ name, attributes: read(attributes ?? "") }, whole, single === "/");
  }

  /** @returns {string} @throws {UnreadableError} elements are still open */
  end() {
    if (this.#open.length > 0) throw new UnreadableError("a part ends inside an element");
    return this.#written.join("");
  }

  /** @param {string} whole @param {string} name */
  #close(whole, name) {
    if (this.#open.pop() !== name) throw new UnreadableError("elements of a part do not fit together");
    if (!this.#cut || this.#open.length > (this.#until ?? 0)) return this.text(whole);
    const { how } = this.#cut;
    this.#cut = null;
    if (how === "empty") this.text(whole);
  }

  /** @param {Tag} tag @param {string} whole @param {boolean} single */
  #start(tag, whole, single) {
    const cut = this.#cut ? null : this.#rules.element(tag);
    if (cut?.how === "drop") this.#removed.add(cut.why);
    else this.text(this.#cut ? whole : this.#changed(tag, whole));
    if (single) return;
    if (cut) [this.#cut, this.#until] = [cut, this.#open.length];
    this.#open.push(tag.name);
  }

  /** @param {Tag} tag @param {string} whole @returns {string} with the attributes that stay */
  #changed(tag, whole) {
    return whole.replaceAll(ATTRIBUTE, (written, space, name, equals, double, plain) => {
      const change = this.#rules.attribute(tag, name);
      if (!change || change.value === (double ?? plain)) return written;
      this.#removed.add(change.why);
      return change.value === null ? "" : `${space}${name}${equals}"${change.value}"`;
    });
  }
}

/** @param {string} attributes */
function read(attributes) {
  return Object.fromEntries([...attributes.matchAll(ATTRIBUTE)].map(([, , name, , double, plain]) => [name, double ?? plain ?? ""]));
}
