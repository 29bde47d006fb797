// SPDX-License-Identifier: EUPL-1.2
/**
 * Hidden data out of one file: the worker for its kind is fetched only now, gets this file alone, and ends.
 *
 * Whatever goes wrong there means that the file could not be cleaned, never that it was.
 */
import { startWorker } from "../ui/workers.js";
import { kindOf } from "./metadata/kinds.js";

/** @typedef {import("./metadata/attempt.js").Clean} Clean */
/** @typedef {import("./metadata/kinds.js").Kind} Kind */
/** @typedef {{ kind: Kind | null, clean: Clean | null }} Looked `clean`: null for what could not be cleaned */

/** An old telephone may need it for a large document. */
const PATIENCE_MS = 120_000;
/** @type {Record<Kind, import("../ui/workers.js").Name>} */
const WORKERS = {
  jpeg: "pictures",
  png: "pictures",
  webp: "pictures",
  heic: "pictures",
  film: "pictures",
  office: "office",
  pdf: "pdf",
};

/** @param {Blob} file @returns {Promise<Looked>} */
export async function clean(file) {
  const kind = await kindOf(file).catch(() => null);
  return { kind, clean: kind && (await cleanAs(kind, file)) };
}

/** @param {Kind} kind @param {Blob} file @returns {Promise<Clean | null>} */
async function cleanAs(kind, file) {
  const worker = startWorker(WORKERS[kind]);
  try {
    return await new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => resolve(data));
      worker.addEventListener("error", () => resolve(null));
      setTimeout(() => resolve(null), PATIENCE_MS);
      worker.postMessage({ kind, file });
    });
  } finally {
    worker.terminate();
  }
}
