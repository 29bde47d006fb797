// SPDX-License-Identifier: EUPL-1.2
/** Choosing files: what goes along, how large it is, and what hidden data goes with it. Nothing leaves the page here. */
import { find, listItems, make, on, put } from "../ui/dom.js";
import { announce, language, text } from "../ui/texts.js";
import { clean } from "./cleaner.js";

/** @typedef {import("../client.js").Chosen} Chosen */
/** @typedef {import("./cleaner.js").Clean} Clean */
/** @typedef {import("./cleaner.js").Looked} Looked */
/** @typedef {{ id: number, file: File, looked: Looked | null, bare: boolean }} Item `looked`: null while it is looked at; `bare`: the cleaned file goes, not the one that was chosen */
/**
 * @typedef {object} FilesField
 * @property {HTMLElement} element
 * @property {() => Chosen[]} chosen what goes along now
 * @property {() => Promise<boolean>} ready false when a file was still being looked at: what was found is shown only
 *   now, and the reporter has not decided about it
 * @property {() => void} clear
 */

/** FORMAT.md section 1.4; an entry can announce no more. */
const MAX_FILES = 16;
/** Bytes of all files together: below the quota of a mailbox, padding included. */
const MAX_TOTAL = 4_000_000_000;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** Of the file that was chosen last; none ever gets the id of another. */
let lastId = 0;

/** @returns {FilesField} */
export function createFilesField() {
  const element = document.createElement("div");
  element.append(make("files-field"));
  const input = /** @type {HTMLInputElement} */ (find('input[type="file"]', element));
  /** @type {Item[]} */
  const items = [];
  let looking = Promise.resolve();
  const show = () => put(element, "list", ...items.map((item) => row(item, () => remove(item))));
  const remove = (/** @type {Item} */ item) => {
    items.splice(items.indexOf(item), 1);
    show();
    announce(text("file-removed", { name: item.file.name }));
    find('[data-action="choose"]', element).focus();
  };
  on(element, "choose", () => input.click());
  input.addEventListener("change", () => {
    const over = add(items, [...(input.files ?? [])]);
    input.value = "";
    put(element, "over", over);
    show();
    announce(over || text("files-chosen", { count: items.length }));
    looking = looking.then(() => lookAt(items, show));
  });
  return {
    element,
    chosen: () => items.map(({ id, file, looked, bare }) => ({ file: (bare && looked?.clean?.file) || file, name: file.name, id: `${id} ${bare}` })),
    ready: async () => {
      if (items.every(({ looked }) => looked)) return true;
      await looking;
      put(element, "over", text("files-looked"));
      announce(text("files-looked"));
      return false;
    },
    clear: () => {
      items.length = 0;
      show();
    },
  };
}

/**
 * @param {Item[]} items
 * @param {File[]} files
 * @returns {string} why some were not taken; empty when all were
 */
function add(items, files) {
  for (const file of files) {
    const total = items.reduce((sum, item) => sum + item.file.size, file.size);
    if (items.length === MAX_FILES) return text("files-too-many", { count: MAX_FILES });
    if (total > MAX_TOTAL) return text("files-too-large", { size: sizeOf(MAX_TOTAL), name: file.name });
    lastId += 1;
    items.push({ id: lastId, file, looked: null, bare: true });
  }
  return "";
}

/** One after the other: a telephone has memory for one. @param {Item[]} items @param {() => void} show */
async function lookAt(items, show) {
  for (let item = items.find(({ looked }) => !looked); item; item = items.find(({ looked }) => !looked)) {
    item.looked = await clean(item.file);
    show();
  }
}

/** @param {Item} item @param {() => void} remove */
function row(item, remove) {
  const { file, looked } = item;
  const element = make("file", { name: file.name, size: sizeOf(file.size) });
  on(element, "remove", remove);
  const about = find('[data-slot="hidden"]', /** @type {HTMLElement} */ (element.firstElementChild));
  const family = familyOf(item);
  const stays = text(`stays-${family}`);
  if (!looked) about.append(make("file-looking"));
  else if (!looked.clean) about.append(make("file-kept", { why: text(`kept-${family}`) }));
  else if (looked.clean.removed.length === 0) about.append(make("file-nothing", { stays }));
  else about.append(choice(item, looked.clean, stays));
  return element;
}

/** @param {Item} item @param {Clean} cleaned @param {string} stays */
function choice(item, { removed }, stays) {
  const element = make("file-cleaned", { stays });
  put(element, "found", ...listItems(removed.map((kind) => text(`hidden-${kind}`))));
  const box = /** @type {HTMLInputElement} */ (element.querySelector("input"));
  const told = find('[data-slot="told"]', /** @type {HTMLElement} */ (element.firstElementChild));
  const show = () => {
    told.textContent = text(item.bare ? "hidden-removed" : "hidden-goes");
  };
  box.checked = item.bare;
  box.addEventListener("change", () => {
    item.bare = box.checked;
    show();
    announce(told.textContent ?? "");
  });
  show();
  return element;
}

/** @param {Item} item @returns {"picture" | "film" | "document"} by what its kind can tell of people */
function familyOf({ file, looked }) {
  if (looked?.kind === "film" || /^(video|audio)\//.test(file.type)) return "film";
  return looked?.kind === "pdf" || looked?.kind === "office" || !file.type.startsWith("image/") ? "document" : "picture";
}

/** @param {number} bytes @returns {string} in the largest unit that leaves a number above 1 */
export function sizeOf(bytes) {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const options = /** @type {Intl.NumberFormatOptions} */ ({ style: "unit", unit: UNITS[step], maximumFractionDigits: step > 1 ? 1 : 0 });
  return new Intl.NumberFormat(language(), options).format(bytes / 1000 ** step);
}
