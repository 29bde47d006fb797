// SPDX-License-Identifier: EUPL-1.2
/** Files that the committee sent: fetched when the reporter asks for one, and saved only when it is whole. */
import { sizeOf } from "../files/field.js";
import { make, on, put } from "../ui/dom.js";
import { asClientError, showFailure } from "../ui/failures.js";
import { saveFile } from "../ui/save.js";
import { announce, text } from "../ui/texts.js";
import { whileWorking } from "../ui/working.js";

/** @typedef {import("../client.js").Entry} Entry */
/** @typedef {(args: { seq: number, index: number }, onProgress: import("../client.js").OnProgress) => Promise<Blob>} Receive */

/**
 * @param {ParentNode} item with a slot `received`
 * @param {Entry} entry
 * @param {Receive} receive
 */
export function showFiles(item, { seq, files }, receive) {
  if (files.length === 0) return;
  const rows = files.map(({ name, size }, index) => {
    const row = document.createElement("li");
    row.append(make("received-file", { name, size: sizeOf(size) }));
    on(row, "save-file", () => {
      whileWorking(row, (onProgress) => trySave(row, name, () => receive({ seq, index }, onProgress)));
    });
    return row;
  });
  put(item, "received", make("received"));
  put(item, "received-files", ...rows);
}

/**
 * @param {HTMLElement} row
 * @param {string} name
 * @param {() => Promise<Blob>} receive
 */
async function trySave(row, name, receive) {
  put(row, "problems");
  try {
    saveFile(await receive(), name);
    announce(text("file-saved", { name }));
  } catch (failure) {
    showFailure(row, "problems", asClientError(failure), { title: "title-unsaved", kept: "kept-file" });
  }
}
