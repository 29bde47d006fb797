// SPDX-License-Identifier: EUPL-1.2
/**
 * The intake over HTTP (API.md): requests that carry nothing but what they must, and its refusals as codes.
 *
 * What comes back is checked for its form only; whether it is true, the callers check.
 */
import { b64decode, b64encode, parseJson } from "../../../../crypto/js/encoding.js";
import { EncodingError } from "../../../../crypto/js/errors.js";
import { day, fields, key, listOf, oneOf, positive, text } from "../../../../crypto/js/fields.js";
import { signRequest } from "../../../../crypto/js/httpsig.js";
import { ClientError } from "../client.js";

/** @typedef {(url: string, options: RequestInit) => Promise<Response>} Fetch */
/** @typedef {{ seq: number, head: string, day: string }} Appended */
/** @typedef {{ seq: number, day: string, by: "reporter" | "committee" | "member", head: string, frame: Uint8Array }} EntryRecord */
/** @typedef {{ records: EntryRecord[], head: string, length: number }} Page */
/** @typedef {{ seed: Uint8Array, day: string }} Signer */

const APPENDED = { seq: positive, head: key, day };
const INFO = { seq: positive, day, by: oneOf("reporter", "committee", "member"), head: key };
const BLOB = { size: positive, parts: positive, missing: listOf(range) };
const REFUSAL = { error: text, message: text };
const ETAG = /^(?:W\/)?"([A-Za-z0-9_-]{43})"$/;
const WHOLE = /^[0-9]{1,15}$/;
const DEFAULT_WAIT_SECONDS = 30;
const TIMEOUT_MILLISECONDS = 120_000;
/** @type {Record<string, import("../client.js").Code>} the intake's codes that mean something to a reporter */
const CODES = {
  recipients: "recipients",
  desk: "desk",
  signature: "signature",
  unknown: "unknown",
  closed: "closed",
  too_large: "too_large",
  head: "head",
  busy: "busy",
  quota: "quota",
};
/** @type {RequestInit} nothing stored, nothing that identifies, no way elsewhere */
const PRIVATE = { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", redirect: "error" };

/** One intake, at one origin. */
export class Intake {
  #fetch;
  #origin;

  /**
   * @param {Fetch} fetch
   * @param {string} origin
   */
  constructor(fetch, origin) {
    this.#fetch = fetch;
    this.#origin = origin;
  }

  /** @param {string} desk @returns {Promise<Uint8Array>} the bundle, unverified */
  async bundle(desk) {
    const answer = await this.#send(`${this.#origin}/desks/${desk}`, {});
    return bytesOf(answer);
  }

  /** @param {string} desk @returns {Promise<Uint8Array>} the history, unverified */
  async history(desk) {
    return bytesOf(await this.#send(`${this.#origin}/desks/${desk}/history`, {}));
  }

  /**
   * @param {string} log
   * @param {Uint8Array} frame
   * @param {{ ifMatch: string } | { ifNoneMatch: string }} precondition
   * @param {Signer} signer
   * @returns {Promise<Appended>}
   */
  async append(log, frame, precondition, { seed, day: today }) {
    const target = `${this.#origin}/logs/${log}/entries`;
    const signed = signRequest({ method: "POST", target, day: today, body: frame, ...precondition }, seed);
    const headers = { ...signed, "Content-Type": "application/octet-stream" };
    // Chromium sends a Blob several times faster than bytes from a worker.
    const body = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (frame)]);
    const answer = await bytesOf(await this.#send(target, { method: "POST", headers, body }));
    return inForm(() => fields(parseJson(answer), APPENDED));
  }

  /**
   * @param {string} log
   * @param {number} after
   * @param {Signer} signer
   * @returns {Promise<Page>}
   */
  async entries(log, after, { seed, day: today }) {
    const target = `${this.#origin}/logs/${log}/entries?after=${after}`;
    const answer = await this.#send(target, { headers: signRequest({ method: "GET", target, day: today }, seed) });
    const bytes = await bytesOf(answer);
    return inForm(() => ({ records: readRecords(bytes), head: headOf(answer), length: lengthOf(answer) }));
  }

  /**
   * @param {string} blob
   * @param {number} number of the part, from 1
   * @param {Uint8Array<ArrayBuffer>} part
   * @param {Uint8Array} hash SHA-256 of the part
   * @param {Signer} signer
   */
  async putPart(blob, number, part, hash, { seed, day: today }) {
    const target = `${this.#origin}/blobs/${blob}/parts/${number}`;
    const signed = signRequest({ method: "PUT", target, day: today, digest: hash }, seed);
    const headers = { ...signed, "Content-Type": "application/octet-stream" };
    await bytesOf(await this.#send(target, { method: "PUT", headers, body: new Blob([part]) }));
  }

  /** @param {string} blob @param {number} number from 1 @param {Signer} signer @returns {Promise<Uint8Array<ArrayBuffer>>} the part */
  async part(blob, number, { seed, day: today }) {
    const target = `${this.#origin}/blobs/${blob}/parts/${number}`;
    return bytesOf(await this.#send(target, { headers: signRequest({ method: "GET", target, day: today }, seed) }));
  }

  /** @param {string} blob @param {Signer} signer @returns {Promise<[number, number][]>} ranges of parts that are not there */
  async missingParts(blob, { seed, day: today }) {
    const target = `${this.#origin}/blobs/${blob}`;
    const answer = await this.#send(target, { headers: signRequest({ method: "GET", target, day: today }, seed) });
    const bytes = await bytesOf(answer);
    return inForm(() => fields(parseJson(bytes), BLOB).missing);
  }

  /** @param {string} url @returns {Promise<Uint8Array>} a static file; cacheable, as its name says what is in it */
  async file(url) {
    return bytesOf(await this.#send(url, { cache: "default" }));
  }

  /** @param {string} url @param {RequestInit} options */
  async #send(url, options) {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const answer = await overNetwork(() => this.#fetch(url, { ...PRIVATE, signal, ...options }));
    if (!answer.ok) throw await refusalOf(answer);
    return answer;
  }
}

/** @param {Response} answer */
async function bytesOf(answer) {
  return new Uint8Array(await overNetwork(() => answer.arrayBuffer()));
}

/**
 * @template T
 * @param {() => Promise<T>} request
 * @returns {Promise<T>}
 */
async function overNetwork(request) {
  try {
    return await request();
  } catch {
    throw new ClientError("network", "the intake did not answer");
  }
}

/** @param {Response} answer */
async function refusalOf(answer) {
  const refusal = readRefusal(await bytesOf(answer));
  // Without the intake's own words it was something on the way, which may have passed the request on.
  if (!refusal) return new ClientError("network", `an answer with status ${answer.status}, not from the intake`);
  const { error, message } = refusal;
  if (error === "slow_down") return new ClientError("slow_down", message, waitOf(answer));
  return new ClientError(CODES[error] ?? "malformed", message);
}

/** @param {Uint8Array} bytes */
function readRefusal(bytes) {
  try {
    return fields(parseJson(bytes), REFUSAL);
  } catch (error) {
    if (error instanceof EncodingError) return null;
    throw error;
  }
}

/** @param {Response} answer */
function waitOf(answer) {
  const seconds = answer.headers.get("Retry-After") ?? "";
  return WHOLE.test(seconds) ? Number(seconds) : DEFAULT_WAIT_SECONDS;
}

/** @param {Response} answer */
function headOf(answer) {
  const [, head] = ETAG.exec(answer.headers.get("ETag") ?? "") ?? [];
  return b64encode(b64decode(head ?? "", 32));
}

/** @param {Response} answer */
function lengthOf(answer) {
  const length = answer.headers.get("Meldkluis-Length") ?? "";
  if (!WHOLE.test(length)) throw new EncodingError("the log's length is missing");
  return Number(length);
}

/** @param {Uint8Array} bytes @returns {EntryRecord[]} */
function readRecords(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let place = 0;
  const piece = () => {
    const start = place + 4;
    if (start > bytes.length) throw new EncodingError("the entries end inside a record");
    place = start + view.getUint32(place);
    if (place > bytes.length) throw new EncodingError("the entries end inside a record");
    return bytes.subarray(start, place);
  };
  const records = [];
  while (place < bytes.length) records.push({ ...fields(parseJson(piece()), INFO), frame: piece() });
  return records;
}

/** @param {unknown} value @returns {[number, number]} */
function range(value) {
  const [from = 0, to = 0, ...more] = listOf(positive)(value);
  if (from < 1 || to < from || more.length > 0) throw new EncodingError("a range is not two numbers in order");
  return [from, to];
}

/**
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
function inForm(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof EncodingError) throw new ClientError("malformed", `the intake's answer: ${error.message}`);
    throw error;
  }
}
