// SPDX-License-Identifier: EUPL-1.2
/** What each kind of vector does with its inputs, for the tests; `crypto/vectors/README.md` describes them. */
import { readFileSync } from "node:fs";

import { bech32 } from "@scure/base";

import { Identity } from "./age.js";
import { BLOB_KINDS } from "./blob-kinds.js";
import { writeDeletion } from "./deletion.js";
import { deskFromWords, deskWords, readBundle, readHistory } from "./desk.js";
import { takesReports } from "./document.js";
import { b32decode, b64decode, b64encode, labelledHash, parseJson, utf8 } from "./encoding.js";
import { liveMembers, readEpoch, recipientsHash } from "./epochs.js";
import * as fields from "./fields.js";
import { contentDigest, signRequest, verifyRequest } from "./httpsig.js";
import { head, logId, parseFrame } from "./logs.js";
import { keysFromRoot } from "./mailbox.js";
import { paddedLength, unpad } from "./padding.js";
import { checkWords, deriveRoot, wordList } from "./passphrase.js";
import { parseStatement, verifyStatement } from "./signing.js";
import * as statements from "./statements.js";
import { openMessage, openReply, openReport, openState } from "./unseal.js";

/** @typedef {any} Inputs */

const LISTS = Object.fromEntries(["nl", "en"].map((language) => [language, readList(language)]));
/** @type {Record<string, (value: unknown) => unknown>} */
const READERS = {
  day: fields.day,
  member_id: fields.memberId,
  language: fields.language,
  name: fields.name,
  texts: fields.texts,
  text: fields.text,
  integer: fields.integer,
};

/** @type {Record<string, (payload: Uint8Array) => unknown>} */
const PAYLOADS = {
  [statements.REPORT_TYPE]: statements.readReport,
  [statements.MESSAGE_TYPE]: statements.readMessage,
  [statements.STATE_TYPE]: statements.readState,
  [statements.REPLY_TYPE]: statements.readReply,
  [statements.GRANT_TYPE]: statements.readGrant,
};
const PYTHON_ONLY = ["files", "grant", "deletion", "case_entry", "keyfile"];
const PYTHON_ONLY_PAYLOADS = ["meldkluis/event/v1"];

/** @param {{ kind: string, inputs: Inputs }} vector @returns {boolean} whether only members' tools do it */
export function isPythonOnly({ kind, inputs }) {
  return PYTHON_ONLY.includes(kind) || (kind === "payload" && PYTHON_ONLY_PAYLOADS.includes(inputs.type));
}

/** @type {Record<string, (inputs: Inputs) => unknown>} */
export const KINDS = {
  b64: ({ text, size }) => ({ hex: hex(b64decode(text, size ?? undefined)) }),
  b32: ({ text, size }) => ({ hex: hex(b32decode(text, size ?? undefined)) }),
  json: ({ bytes }) => ({ value: parseJson(b64decode(bytes)) }),
  field: readField,
  hash: ({ label, parts }) => ({ hex: hex(labelledHash(label, ...parts.map(unhex))) }),
  padded_length: ({ length, floor }) => ({ length: paddedLength(length, floor) }),
  padding: unpadPlaintext,
  statement: async ({ statement, type, key }) => ({
    payload: b64encode(await verifyStatement(parseStatement(utf8(statement)), type, b64decode(key))),
  }),
  payload: readPayloadOf,
  log_id: ({ kind, desk, login, commitment }) => ({ log: logId(kind, desk, b64decode(login), b64decode(commitment)) }),
  head: ({ log, seq, prev, frame_hash }) => ({ head: b64encode(head(log, seq, b64decode(prev), b64decode(frame_hash))) }),
  frame: readFrame,
  desk_words: ({ desk, language }) => ({ words: deskWords(desk, list(language)) }),
  desk_from_words: ({ words, language }) => ({ desk: deskFromWords(words, list(language)) }),
  bundle: readDesk,
  history: readDesks,
  epoch: readOneEpoch,
  words: ({ text }) => ({ words: checkWords(text, LISTS) }),
  mailbox: deriveMailbox,
  report: openAsMember,
  message: openMessageAsMember,
  ...BLOB_KINDS,
  state: openAsReporter,
  reply: openReplyAsReporter,
  deletion_written: writeAsReporter,
  request: verifyRequestOf,
  signed_request: signRequestOf,
};

/** @param {string} language */
function readList(language) {
  return wordList(readFileSync(new URL(`../words/${language}.txt`, import.meta.url)), language);
}

/** @param {string} language @returns {string[]} */
const list = (language) => LISTS[language] ?? [];

/** @param {Uint8Array} bytes */
const hex = (bytes) => Buffer.from(bytes).toString("hex");

/** @param {string} text @returns {Uint8Array} */
const unhex = (text) => new Uint8Array(Buffer.from(text, "hex"));

/** @param {Inputs} inputs */
function readField({ reader, value, times }) {
  const read = READERS[reader];
  if (!read) throw new RangeError(`unknown reader ${reader}`);
  read(times > 1 ? value.repeat(times) : value);
  return {};
}

/** @param {Inputs} inputs */
function unpadPlaintext({ plaintext, floor, file_size }) {
  const { statement, file } = unpad(b64decode(plaintext), floor, file_size);
  return { statement: b64encode(statement), file: b64encode(file) };
}

/** @param {Inputs} inputs */
function readPayloadOf({ type, payload }) {
  const read = PAYLOADS[type];
  if (!read) throw new RangeError(`unknown type ${type}`);
  read(utf8(payload));
  return {};
}

/** @param {Inputs} inputs */
function readFrame({ frame, log }) {
  const { meta, parts, hash } = parseFrame(b64decode(frame), log);
  return { meta, parts: parts.map(b64encode), hash: b64encode(hash) };
}

/** @param {Inputs} inputs */
async function readDesk({ desk, bundle, day, seen_version, seen_hash }) {
  const { document, epochs } = await readBundle(desk, utf8(bundle), day, { version: seen_version, hash: seen_hash });
  const live = liveMembers(document, epochs, day);
  return {
    version: document.version,
    hash: document.hash,
    live: live.map(({ member }) => member),
    epochs: live.map(({ id }) => b64encode(id)),
    recipients_hash: recipientsHash(live),
    takes_reports: takesReports(document, day),
  };
}

/** @param {Inputs} inputs */
async function readDesks({ desk, history, day }) {
  const found = await readHistory(desk, utf8(history), day);
  return {
    versions: found.map(({ document }) => document.version),
    hashes: found.map(({ document }) => document.hash),
    epochs: found.map(({ epochs }) => epochs.map(({ id }) => b64encode(id)).sort()),
  };
}

/** @param {Inputs} inputs */
async function readOneEpoch({ desk, bundle, day, epoch }) {
  const { document } = await readBundle(desk, utf8(bundle), day);
  const { id, member } = await readEpoch(parseStatement(utf8(epoch)), document);
  return { id: b64encode(id), member };
}

/** @param {Inputs} inputs */
async function deriveMailbox({ words, desk }) {
  const root = await deriveRoot(words, desk);
  const keys = await keysFromRoot(root, desk);
  return {
    root: hex(root),
    login_seed: hex(keys.loginSeed),
    sign_seed: hex(keys.signSeed),
    identity_seed: hex(bech32.decodeToBytes(keys.identity.encode()).bytes),
    ...keys.public,
    commitment: b64encode(keys.commitment),
    log: keys.log,
  };
}

/** @param {Inputs} inputs */
const desksOf = ({ bundles, desk, day }) => Promise.all(bundles.map((/** @type {string} */ bundle) => readBundle(desk, utf8(bundle), day)));

/** @param {Inputs} inputs */
const readerOf = ({ member, identities }) => ({
  member,
  identities: identities.map((/** @type {string} */ seed) => Identity.fromSeed(b64decode(seed))),
});

/** @param {Inputs} inputs */
const frameOf = ({ frame, log }) => parseFrame(b64decode(frame), log);

/** @param {string} frame b64 @returns {string} the log that it names itself */
function logNamed(frame) {
  const bytes = b64decode(frame);
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return fields.logId(/** @type {any} */ (parseJson(bytes.subarray(4, 4 + size))).log);
}

/** @param {Inputs} inputs */
async function openAsMember(inputs) {
  const { sealed_to, excluded, answers } = await openReport(frameOf(inputs), await desksOf(inputs), readerOf(inputs));
  return { sealed_to, excluded, answers };
}

/** @param {Inputs} inputs */
async function openMessageAsMember(inputs) {
  const place = placeOf(inputs);
  const frame = frameOf({ ...inputs, log: place.log });
  const signKey = b64decode(inputs.sign_key);
  const message = await openMessage(frame, await desksOf(inputs), readerOf(inputs), signKey, place);
  const { sealed_to, excluded, answers, kind } = message;
  return { sealed_to, excluded, answers, kind };
}

/** @param {Inputs} inputs */
function placeOf({ frame, log, seq, prev }) {
  return { log: log ?? logNamed(frame), seq, prev: b64decode(prev) };
}

/** @param {Inputs} inputs */
async function openAsReporter(inputs) {
  const keys = await keysFromRoot(unhex(inputs.root), inputs.desk);
  const place = placeOf(inputs);
  const { seen, excluded, did } = await openState(frameOf({ ...inputs, log: place.log }), keys, place);
  return { seen, excluded, did };
}

/** @param {Inputs} inputs */
async function openReplyAsReporter(inputs) {
  const keys = await keysFromRoot(unhex(inputs.root), inputs.desk);
  const place = placeOf(inputs);
  const frame = frameOf({ ...inputs, log: place.log });
  const reply = await openReply(frame, await desksOf(inputs), keys, place, inputs.authors, inputs.seen_version);
  const { author, kind, content } = reply;
  return { author, kind, content };
}

/** @param {Inputs} inputs */
async function writeAsReporter({ root, desk, seq, prev, day, of }) {
  const { log, signSeed } = await keysFromRoot(unhex(root), desk);
  return { frame: b64encode(writeDeletion({ desk, log, seq, prev, day, of }, signSeed)) };
}

/** @param {Inputs} inputs */
async function verifyRequestOf({ method, target, headers, body, day }) {
  const digest = body === null ? null : contentDigest(b64decode(body));
  return { key: b64encode(await verifyRequest(method, target, headers, digest, day)) };
}

/** @param {Inputs} inputs */
function signRequestOf({ method, target, day, seed, body, if_match, if_none_match }) {
  const headers = signRequest(
    {
      method,
      target,
      day,
      ...(body === null ? {} : { body: b64decode(body) }),
      ...(if_match === null ? {} : { ifMatch: if_match }),
      ...(if_none_match === null ? {} : { ifNoneMatch: if_none_match }),
    },
    b64decode(seed),
  );
  return { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])) };
}
