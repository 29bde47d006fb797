// SPDX-License-Identifier: EUPL-1.2
/** Calls over postMessage: `{id, method, args}` in, `{id, result}`, `{id, error}` or `{id, progress, stage}` out. */
import { ClientError } from "../client.js";

/** @typedef {import("../client.js").Progress["stage"]} Stage */
/** @typedef {(stage: Stage, fraction: number, files?: import("../client.js").FileState[]) => void} Report */
/** @typedef {Record<string, (args: any, report: Report) => Promise<unknown>>} Methods */
/** @typedef {(event: MessageEvent) => void} Listener */
/** @typedef {{ postMessage(message: unknown): void, addEventListener(type: "message", listener: Listener): void }} Port */

/**
 * Answer calls one after the other, in the order in which they came; those of `aside` at once, beside the others.
 *
 * @param {Port} port
 * @param {Methods} methods
 * @param {readonly string[]} [aside] names of methods
 */
export function serve(port, methods, aside = []) {
  let last = Promise.resolve();
  port.addEventListener("message", ({ data }) => {
    if (aside.includes(data.method)) answer(port, methods, data);
    else last = last.then(() => answer(port, methods, data));
  });
}

/**
 * @param {Port} port
 * @param {Methods} methods
 * @param {{ id: number, method: string, args: unknown }} call
 */
async function answer(port, methods, { id, method, args }) {
  /** @type {Report} */
  const report = (stage, fraction, files) => port.postMessage({ id, progress: fraction, stage, ...(files ? { files } : {}) });
  try {
    const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!call) throw new ClientError("internal", "the worker has no such method");
    port.postMessage({ id, result: await call(args, report) });
  } catch (error) {
    port.postMessage({ id, error: describe(error) });
  }
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof ClientError) return { code: error.code, detail: error.detail, retryAfter: error.retryAfter };
  // Messages of unforeseen errors may quote what was typed, so only their kind leaves the worker.
  return { code: "internal", detail: error instanceof Error ? error.name : "unknown", retryAfter: null };
}
