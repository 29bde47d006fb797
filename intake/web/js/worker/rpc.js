// SPDX-License-Identifier: EUPL-1.2
/** Calls over postMessage: `{id, method, args}` in, `{id, result}`, `{id, error}` or `{id, progress, stage}` out. */
import { ClientError } from "../client.js";

/** @typedef {import("../client.js").Progress["stage"]} Stage */
/** @typedef {(stage: Stage, fraction: number, files?: import("../client.js").FileState[]) => void} Report */
/** @typedef {Record<string, (args: any, report: Report) => Promise<unknown>>} Methods */
/** @typedef {(event: MessageEvent) => void} Listener */
/** @typedef {{ postMessage(message: unknown): void, addEventListener(type: "message", listener: Listener): void }} Port */

/** Painting each step of a long work would cost a slow device more than the work. */
const PROGRESS_MILLISECONDS = 100;

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
  const report = seldom((stage, fraction, files) => {
    port.postMessage({ id, progress: fraction, stage, ...(files ? { files } : {}) });
  });
  try {
    const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!call) throw new ClientError("internal", "the worker has no such method");
    port.postMessage({ id, result: await call(args, report) });
  } catch (error) {
    port.postMessage({ id, error: describe(error) });
  }
}

/**
 * @param {Report} report
 * @returns {Report} the same, for the first step of each stage and then a few a second
 */
function seldom(report) {
  /** @type {Stage | null} */
  let last = null;
  let told = 0;
  return (stage, fraction, files) => {
    const now = performance.now();
    if (stage === last && now - told < PROGRESS_MILLISECONDS) return;
    [last, told] = [stage, now];
    report(stage, fraction, files);
  };
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof ClientError) return { code: error.code, detail: error.detail, retryAfter: error.retryAfter };
  // Messages of unforeseen errors may quote what was typed, so only their kind leaves the worker.
  return { code: "internal", detail: error instanceof Error ? error.name : "unknown", retryAfter: null };
}
