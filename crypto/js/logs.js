// SPDX-License-Identifier: EUPL-1.2
/**
 * Logs from outside: their ids, frames and heads (FORMAT.md sections 2 and 4).
 *
 * What the intake can see of an entry, and all that it can check. The parts of a frame stay bytes here.
 */
import { sha256 } from "@noble/hashes/sha2.js";

import { b32decode, b32encode, b64decode, concat, dumpJson, labelledHash, parseJson, u32, u64, utf8 } from "./encoding.js";
import { BindingError, EncodingError } from "./errors.js";
import { deskId, fields, key, listOf, logId as readLogId, oneOf, optional, positive, version1 } from "./fields.js";

/** @typedef {"mailbox" | "case" | "desk"} LogKind */
/** @typedef {import("./fields.js").Fields<typeof OPENING>} Opening what the first entry of a log says about its keys, b64 */
/** @typedef {import("./fields.js").Fields<typeof META>} Meta the part of a frame that is outside every seal */
/** @typedef {import("./fields.js").Fields<typeof CLAIM>} Claim an attachment that an entry announces; `size` is that of the sealed blob */
/** @typedef {{ meta: Meta, parts: Uint8Array[], hash: Uint8Array }} Frame `hash`: SHA-256 of all its bytes */

export const MAX_FRAME = 524_288;
export const MAX_PARTS = 4;
export const MAX_CLAIMS = 16;
/** The longest sealed blob, in bytes (FORMAT.md 1.4). */
export const MAX_BLOB = 4_294_967_296;
/** Bytes of each part of a sealed blob, the last one apart (FORMAT.md 7.5). */
export const BLOB_PART_LENGTH = 1_048_576;
export const ZERO = new Uint8Array(32);
/** head(0). */
export const ZERO_HEAD = ZERO;
const DESK_ID_LENGTH = 16;
const LOG_ID_LENGTH = 20;
const PREFIX = 4;
const CLAIM = { blob: readLogId, size: positive };
const OPENING = {
  kind: oneOf("mailbox", "case", "desk"),
  desk: deskId,
  login: key,
  commitment: key,
  committee_login: optional(key),
};
const META = {
  v: version1,
  log: readLogId,
  claims: listOf((value) => fields(value, CLAIM), MAX_CLAIMS),
  open: optional((value) => fields(value, OPENING)),
  committee_login: optional(key),
};

/**
 * @param {Uint8Array} signKey
 * @param {Uint8Array} replyTo the 1,216 raw bytes of a reply-to key
 * @returns {Uint8Array} 32 bytes
 */
export const mailboxCommitment = (signKey, replyTo) => labelledHash("mailbox-keys", signKey, replyTo);

/**
 * @param {LogKind} kind
 * @param {string} desk
 * @param {Uint8Array} [login] of a mailbox or case log
 * @param {Uint8Array} [commitment] of a mailbox
 * @returns {string} the id of a log
 */
export function logId(kind, desk, login = ZERO, commitment = ZERO) {
  const hash = labelledHash("log-id", utf8(kind), b32decode(desk, DESK_ID_LENGTH), login, commitment);
  return b32encode(hash.subarray(0, LOG_ID_LENGTH));
}

/**
 * @param {string} log
 * @param {number} seq
 * @param {Uint8Array} prev the log's head before this frame
 * @param {Uint8Array} frameHash
 * @returns {Uint8Array} the head, 32 bytes, after frame number `seq`
 */
export function head(log, seq, prev, frameHash) {
  return labelledHash("head", b32decode(log, LOG_ID_LENGTH), u64(seq), prev, frameHash);
}

/**
 * @param {Meta} meta its keys in the order of the format
 * @param {readonly Uint8Array[]} parts
 * @returns {Uint8Array} the bytes of a frame
 * @throws {RangeError} none or more than 4 parts, more than 16 claims, a claim above 4 GiB, or a frame above 524,288 bytes
 */
export function encodeFrame(meta, parts) {
  const frame = concat(...[dumpJson(meta), ...parts].flatMap((piece) => [u32(piece.length), piece]));
  if (parts.length < 1 || parts.length > MAX_PARTS || frame.length > MAX_FRAME) {
    throw new RangeError(`a frame must have 1 to ${MAX_PARTS} parts and ${MAX_FRAME} bytes at most`);
  }
  if (meta.claims.length > MAX_CLAIMS || meta.claims.some(({ size }) => size > MAX_BLOB)) {
    throw new RangeError(`a frame must have ${MAX_CLAIMS} claims at most, of ${MAX_BLOB} bytes at most`);
  }
  return frame;
}

/**
 * @param {Uint8Array} data an entry that was sent to, or read from, `log`
 * @param {string} log
 * @param {Uint8Array} [hash] SHA-256 of `data`, where the caller has it already
 * @returns {Frame}
 * @throws {EncodingError} not a frame of FORMAT.md section 4.1
 * @throws {BindingError} it names another log, or opens one whose id does not follow from its keys
 */
export function parseFrame(data, log, hash = sha256(data)) {
  if (data.length > MAX_FRAME) throw new EncodingError(`a frame is longer than ${MAX_FRAME} bytes`);
  const [rawMeta = ZERO, ...parts] = split(data);
  if (parts.length < 1 || parts.length > MAX_PARTS) {
    throw new EncodingError(`a frame does not have 1 to ${MAX_PARTS} parts`);
  }
  const meta = readMeta(parseJson(rawMeta));
  if (meta.log !== log) throw new BindingError("a frame names another log");
  checkOpening(meta);
  return { meta, parts, hash };
}

/** @param {Uint8Array} data */
function split(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const pieces = [];
  let place = 0;
  while (place < data.length || pieces.length === 0) {
    const start = place + PREFIX;
    if (start > data.length) throw new EncodingError("a frame ends inside a part");
    place = start + view.getUint32(place);
    if (place > data.length) throw new EncodingError("a frame ends inside a part");
    pieces.push(data.subarray(start, place));
  }
  return pieces;
}

/** @param {unknown} value */
function readMeta(value) {
  const meta = fields(value, META);
  if (meta.open === null) return meta;
  if ((meta.open.kind === "mailbox") !== (meta.open.committee_login !== null)) {
    throw new EncodingError("open: a mailbox has a committee login, another log has none");
  }
  if (meta.committee_login !== null) {
    throw new EncodingError("committee_login: the first entry of a log names it under open only");
  }
  return meta;
}

/** @param {Meta} meta */
function checkOpening({ log, open }) {
  if (open === null) return;
  const [login, commitment] = [b64decode(open.login), b64decode(open.commitment)];
  if ((open.kind === "desk" && !isZero(login)) || (open.kind !== "mailbox" && !isZero(commitment))) {
    throw new BindingError("open: only a mailbox has a commitment, and a desk log has no login");
  }
  if (logId(open.kind, open.desk, login, commitment) !== log) {
    throw new BindingError("the log's id does not follow from its keys");
  }
}

/** @param {Uint8Array} bytes */
const isZero = (bytes) => bytes.every((byte) => byte === 0);
