// SPDX-License-Identifier: EUPL-1.2
/**
 * The payloads of a mailbox's entries, field by field (FORMAT.md section 7).
 *
 * A payload object has the names, the order and the spelling of the format, so that what is written can be read back.
 * Shapes only: whether a statement fits its desk, log and place is checked in `unseal.js`.
 */
import { parseJson } from "./encoding.js";
import { EncodingError } from "./errors.js";
import {
  base64Of,
  day,
  deskId,
  fields,
  integer,
  key,
  language,
  listOf,
  logId,
  memberId,
  memberIds,
  name,
  oneOf,
  openMap,
  optional,
  positive,
  recipient,
  text,
  version1,
} from "./fields.js";
import { MAX_CLAIMS } from "./logs.js";

/** @typedef {import("./fields.js").Fields<typeof ATTACHMENT>} Attachment a sealed file (FORMAT.md 7.5) */
/** @typedef {import("./fields.js").Fields<typeof REPORT>} Report */
/** @typedef {import("./fields.js").Fields<typeof MESSAGE>} Message */
/** @typedef {import("./fields.js").Fields<typeof STATE>} State */
/** @typedef {import("./fields.js").Fields<typeof REPLY>} Reply */
/** @typedef {import("./fields.js").Fields<typeof GRANT>} Grant */

export const REPORT_TYPE = "meldkluis/report/v1";
export const MESSAGE_TYPE = "meldkluis/message/v1";
export const STATE_TYPE = "meldkluis/state/v1";
export const REPLY_TYPE = "meldkluis/reply/v1";
export const GRANT_TYPE = "meldkluis/grant/v1";
const VERDICTS = ["agree", "disagree", "correct"];
const NOT_BLANK = /[^\t\n\r ]/;

const FILE_KEY_LENGTH = 16;
const ATTACHMENT = { blob: logId, name: text, type: text, size: integer, key: base64Of(FILE_KEY_LENGTH), root: optional(key) };
const IDENTITY = { sealed: base64Of(), header_hash: key };
/** What a report names of its mailbox. */
export const KEYS = { login: key, sign: key, reply_to: recipient };
const SEEN = { seq: integer, head: optional(key) };
const attachmentList = listOf((value) => fields(value, ATTACHMENT), MAX_CLAIMS);
const identity = optional((value) => fields(value, IDENTITY));

/** @param {unknown} value @returns {Attachment[]} */
export function attachments(value) {
  const found = attachmentList(value);
  if (new Set(found.map(({ blob }) => blob)).size < found.length) throw new EncodingError("a list of attachments has one blob twice");
  return found;
}

const PLACE = { v: version1, desk: deskId, log: logId, seq: positive, prev: optional(key) };
const SHOWN = { desk_version: positive, desk_hash: key, day };
const SEALED = { sealed_to: memberIds, excluded: memberIds, recipients_hash: key };
const REPORT = {
  ...PLACE,
  ...SHOWN,
  language,
  ...SEALED,
  keys: (/** @type {unknown} */ value) => fields(value, KEYS),
  committee_seed: key,
  attachments,
  identity,
  answers: openMap,
};
const MESSAGE = {
  ...PLACE,
  ...SHOWN,
  language,
  ...SEALED,
  attachments,
  identity,
  answers: openMap,
  kind: oneOf("message", "answer", "contact", "transcript", "withdrawal", "files"),
  about: optional(key),
};
const STATE = {
  v: version1,
  desk: deskId,
  log: logId,
  seq: positive,
  day,
  desk_version: positive,
  sealed_to: memberIds,
  excluded: memberIds,
  did: name,
  about: optional(key),
  seen: (/** @type {unknown} */ value) => fields(value, SEEN),
};
const REPLY = {
  ...PLACE,
  ...SHOWN,
  author: memberId,
  language,
  kind: oneOf("acknowledgement", "question", "message", "feedback", "transcript"),
  about: optional(key),
  readers: memberIds,
  attachments,
  content: openMap,
};
const GRANT = {
  ...PLACE,
  ...SHOWN,
  author: memberId,
  purpose: oneOf("open", "share", "renew", "recovery"),
  holders: memberIds,
  sealed_to: memberIds,
  recipients_hash: key,
  case: logId,
  case_key: key,
  committee_seed: optional(key),
  report: optional(key),
};

/** @param {Uint8Array} payload @returns {Report} @throws {EncodingError} */
export function readReport(payload) {
  const report = fields(parseJson(payload), REPORT);
  if (!NOT_BLANK.test(report.answers["what"] ?? "")) throw new EncodingError("a report does not say what happened");
  return report;
}

/** @param {Uint8Array} payload @returns {Message} @throws {EncodingError} */
export const readMessage = (payload) => fields(parseJson(payload), MESSAGE);

/**
 * @param {Pick<Message, "kind" | "answers">} message
 * @returns {string} what a reporter's message does, in one word (FORMAT.md section 7.3)
 */
export function deedOf({ kind, answers }) {
  if (kind === "contact" && ![answers["name"], answers["reach"]].some((part) => NOT_BLANK.test(part ?? ""))) {
    return "contact_withdrawn";
  }
  const verdict = answers["verdict"] ?? "";
  return kind === "transcript" && VERDICTS.includes(verdict) ? `transcript_${verdict}` : kind;
}

/** @param {Uint8Array} payload @returns {State} @throws {EncodingError} */
export const readState = (payload) => fields(parseJson(payload), STATE);

/** @param {Uint8Array} payload @returns {Reply} @throws {EncodingError} */
export function readReply(payload) {
  const reply = fields(parseJson(payload), REPLY);
  checkContent(reply);
  return reply;
}

/** @param {Uint8Array} payload @returns {Grant} @throws {EncodingError} */
export const readGrant = (payload) => fields(parseJson(payload), GRANT);

/** @param {Reply} reply what the content of each kind of reply must have (FORMAT.md section 7.4) */
function checkContent({ kind, content }) {
  text(content["text"]);
  if (kind === "acknowledgement") {
    day(content["received"]);
    day(content["feedback_due"]);
  }
  if (kind === "feedback") {
    text(content["assessment"]);
    text(content["follow_up"]);
    oneOf("interim", "final")(content["stage"]);
  }
}
