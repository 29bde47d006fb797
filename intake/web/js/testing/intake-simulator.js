// SPDX-License-Identifier: EUPL-1.2
/**
 * An intake in memory that answers `fetch` as API.md says, and that can misbehave in one way at a time.
 *
 * It checks what the real one checks of a request: signature, precondition, frame, number of stanzas.
 */
import { readFileSync } from "node:fs";

import { b64decode, b64encode, concat, dumpJson, u32 } from "../../../../crypto/js/encoding.js";
import { countStanzas } from "../../../../crypto/js/envelope.js";
import { liveMembers } from "../../../../crypto/js/epochs.js";
import { FormatError, SignatureError } from "../../../../crypto/js/errors.js";
import { contentDigest, verifyRequest } from "../../../../crypto/js/httpsig.js";
import { ZERO_HEAD, head, parseFrame } from "../../../../crypto/js/logs.js";
import { BlobShelf } from "./blob-shelf.js";
import { TODAY } from "./desk-world.js";

/** @typedef {{ seq: number, day: string, by: string, head: Uint8Array, frame: Uint8Array }} Stored */
/** @typedef {{ login: string, entries: Stored[], deleted?: boolean }} Log */

export const ORIGIN = "https://meldpunt.example";
export const WORD_LISTS = { nl: `${ORIGIN}/static/words.nl.txt`, en: `${ORIGIN}/static/words.en.txt` };
const STATUS = new Map(
  Object.entries({ signature: 401, unknown: 404, closed: 409, head: 412, slow_down: 429, busy: 503 }),
);

export class IntakeSimulator {
  /** @type {Map<string, Log>} */
  logs = new Map();
  /** @type {{ url: string, options: RequestInit }[]} */
  requests = [];
  /** @type {string | null} a code that the next write gets, whatever it is */
  refuseNext = null;
  /** The next write is stored, and its answer gets lost. */
  loseNextAnswer = false;
  offline = false;
  blobs = new BlobShelf();
  /** So many parts arrive, then the connection is gone. */
  partsUntilCut = Infinity;
  /** What a proxy says instead of the intake. @type {Response | null} */
  insteadOfNext = null;
  /** @type {(entries: Stored[]) => Stored[]} what the server shows of a log */
  show = (entries) => entries;
  /** @type {(file: Uint8Array) => Uint8Array} what the server hands out as a word list */
  showList = (file) => file;
  /** Entries in one answer. */
  pageSize = 3;
  today = TODAY;

  /** @param {{ id: string, bundle: () => Uint8Array, history: () => Uint8Array, desk: () => Promise<import("../../../../crypto/js/desk.js").Desk> }} world */
  constructor(world) {
    this.world = world;
  }

  /** @type {import("../worker/http.js").Fetch} */
  fetch = async (url, options) => {
    this.requests.push({ url, options });
    if (this.offline) throw new TypeError("no connection");
    if (this.insteadOfNext) return this.#takeInstead(this.insteadOfNext);
    try {
      return await this.#route(new URL(url), options);
    } catch (error) {
      if (error instanceof Refusal) return error.response();
      if (error instanceof SignatureError) return new Refusal("signature").response();
      if (error instanceof FormatError) return new Refusal("malformed").response();
      throw error;
    }
  };

  /** @param {string} log @param {Uint8Array} frame @param {string} [by] @returns {Stored} */
  append(log, frame, by = "committee") {
    const { entries } = this.#log(log);
    const seq = entries.length + 1;
    const stored = { seq, day: this.today, by, frame, head: head(log, seq, this.headOf(log), parseFrame(frame, log).hash) };
    entries.push(stored);
    return stored;
  }

  /** @param {string} log @returns {Uint8Array} */
  headOf = (log) => this.logs.get(log)?.entries.at(-1)?.head ?? ZERO_HEAD;

  /** @param {string} log @returns {{ seq: number, prev: Uint8Array }} where the next entry will stand */
  nextPlace(log) {
    return { seq: this.#log(log).entries.length + 1, prev: this.headOf(log) };
  }

  /** @param {Response} response */
  #takeInstead(response) {
    this.insteadOfNext = null;
    return response;
  }

  /** @param {URL} url @param {RequestInit} options */
  async #route(url, options) {
    const [, kind, id = "", what] = url.pathname.split("/");
    if (kind === "static") return answer(this.showList(readList(id)));
    if (kind === "desks") return this.#desk(id, what === "history");
    if (kind === "blobs") return this.#blob(url, id, options);
    if (options.method === "POST") return this.#post(url.href, id, options);
    return this.#entries(url, id, options);
  }

  /** @param {string} desk @param {boolean} history */
  #desk(desk, history) {
    if (desk !== this.world.id) throw new Refusal("unknown");
    return answer(history ? this.world.history() : this.world.bundle());
  }

  /** @param {string} target @param {string} log @param {RequestInit} options */
  async #post(target, log, options) {
    const frame = (await bodyOf(options)) ?? new Uint8Array();
    const headers = headersOf(options);
    const key = b64encode(await verifyRequest("POST", target, headers, contentDigest(frame), this.today));
    this.#refuseIfAsked();
    const stored = await this.#accept(log, frame, key, headers);
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      throw new TypeError("the connection was lost");
    }
    return answer(dumpJson({ seq: stored.seq, head: b64encode(stored.head), day: stored.day }), { status: 201 });
  }

  /** @param {URL} url @param {string} blob @param {RequestInit} options */
  async #blob({ href, pathname }, blob, options) {
    const [body, { method = "GET" }] = [await bodyOf(options), options];
    const digest = body && contentDigest(body);
    const key = b64encode(await verifyRequest(method, href, headersOf(options), digest, this.today));
    if (this.blobs.login(blob) !== key) throw new Refusal("unknown");
    if (!body) return answer(dumpJson(this.blobs.describe(blob)));
    if (this.partsUntilCut-- === 0) this.offline = true;
    if (this.offline) throw new TypeError("the connection was lost");
    this.#refuseIfAsked();
    const status = this.blobs.put(blob, Number(pathname.split("/")[4]), body);
    if (status >= 400) throw new Refusal(status === 409 ? "conflict" : "malformed");
    return answer(dumpJson({}), { status });
  }

  #refuseIfAsked() {
    const code = this.refuseNext;
    this.refuseNext = null;
    if (code) throw new Refusal(code);
  }

  /**
   * @param {string} log
   * @param {Uint8Array} frame
   * @param {string} key
   * @param {Record<string, string>} headers
   * @returns {Promise<Stored>}
   */
  async #accept(log, frame, key, headers) {
    const { meta, parts, hash } = parseFrame(frame, log);
    const { document, epochs } = await this.world.desk();
    const live = liveMembers(document, epochs, this.today);
    const isDeletion = parts.length === 1;
    if (!isDeletion && countStanzas(parts[0] ?? frame) !== live.length) throw new Refusal("recipients");
    const known = this.logs.get(log);
    const before = headers["If-None-Match"] === "*" ? ZERO_HEAD : b64decode(String(headers["If-Match"]).slice(1, -1));
    const same = known?.entries.find(({ seq, head: found }) => b64encode(found) === b64encode(head(log, seq, before, hash)));
    if (same) return same;
    if (b64encode(before) !== b64encode(this.headOf(log))) throw new Refusal("head");
    const login = known?.login ?? String(meta.open?.login);
    if (login !== key) throw new Refusal("unknown");
    if (!this.blobs.claim(meta.claims, login)) throw new Refusal("conflict");
    this.logs.set(log, known ?? { login, entries: [] });
    if (known && isDeletion) known.deleted = true;
    return this.append(log, frame, "reporter");
  }

  /** @param {URL} url @param {string} log @param {RequestInit} options */
  async #entries(url, log, options) {
    const key = b64encode(await verifyRequest("GET", url.href, headersOf(options), null, this.today));
    const known = this.logs.get(log);
    if (known?.login !== key || known.deleted) throw new Refusal("unknown");
    const shown = this.show(this.#log(log).entries);
    const after = Number(url.searchParams.get("after"));
    const records = shown.slice(after, after + this.pageSize).map(({ frame, head: at, ...info }) => {
      const bytes = dumpJson({ ...info, head: b64encode(at) });
      return concat(u32(bytes.length), bytes, u32(frame.length), frame);
    });
    const last = shown.at(-1)?.head ?? ZERO_HEAD;
    const headers = { ETag: `"${b64encode(last)}"`, "Meldkluis-Length": String(shown.length) };
    return answer(concat(...records), { headers });
  }

  /** @param {string} log @returns {Log} */
  #log(log) {
    const found = this.logs.get(log);
    if (!found) throw new Refusal("unknown");
    return found;
  }
}

/** An answer of API.md with an error in it. */
class Refusal extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }

  response() {
    const body = JSON.stringify({ error: this.code, message: `refused as ${this.code}` });
    const headers = this.code === "slow_down" ? { "Retry-After": "7" } : undefined;
    return new Response(body, { status: STATUS.get(this.code) ?? 400, ...(headers ? { headers } : {}) });
  }
}

/** @param {RequestInit} options @returns {Promise<Uint8Array | null>} */
async function bodyOf({ body }) {
  if (!body) return null;
  if (!(body instanceof Blob)) throw new TypeError("a body must be a Blob");
  return new Uint8Array(await body.arrayBuffer());
}

/** @param {RequestInit} options */
const headersOf = ({ headers }) => /** @type {Record<string, string>} */ (headers);

/** @param {Uint8Array} bytes @param {ResponseInit} [init] */
const answer = (bytes, init = {}) => new Response(new Uint8Array(bytes), init);

/** @param {string} name @returns {Uint8Array} */
function readList(name) {
  const file = name.replace("words.", "");
  return new Uint8Array(readFileSync(new URL(`../../../../crypto/words/${file}`, import.meta.url)));
}

/**
 * @param {string} log
 * @param {readonly Stored[]} entries
 * @returns {Stored[]} with numbers and heads as a server would make them anew to hide what it did
 */
export function renumbered(log, entries) {
  /** @type {Uint8Array} */
  let prev = ZERO_HEAD;
  return entries.map((entry, place) => {
    prev = head(log, place + 1, prev, parseFrame(entry.frame, log).hash);
    return { ...entry, seq: place + 1, head: prev };
  });
}
