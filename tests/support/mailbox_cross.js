// SPDX-License-Identifier: EUPL-1.2
/** Does in JavaScript what a reporter does: a JSON question on standard input, a JSON answer on standard output. */
import { text } from "node:stream/consumers";

import { readBundle } from "../../crypto/js/desk.js";
import { b64decode, b64encode, utf8 } from "../../crypto/js/encoding.js";
import { liveMembers, recipientsHash } from "../../crypto/js/epochs.js";
import { contentDigest, signRequest, verifyRequest } from "../../crypto/js/httpsig.js";
import { parseFrame } from "../../crypto/js/logs.js";
import { keysFromWords } from "../../crypto/js/mailbox.js";
import { newReport, sealMessage, sealReport } from "../../crypto/js/seal.js";
import { openReply, openState } from "../../crypto/js/unseal.js";

/** @typedef {any} Question bytes are b64 */

/** @type {Record<string, (question: Question) => Promise<unknown>>} */
const ANSWERS = { keys, report, message, reply, state, sign, verify };

/** @param {Question} question */
async function keys({ words, desk }) {
  const { log, public: named } = await keysFromWords(words, desk);
  return { log, ...named };
}

/** @param {Question} question */
async function report({ words, desk, bundle, day, answers, excluded }) {
  const mine = await keysFromWords(words, desk);
  const shown = await readBundle(desk, utf8(bundle), day);
  const payload = newReport(mine, shown, day, answers, { language: "nl", excluded });
  const frame = await sealReport(payload, excluded, mine, liveMembers(shown.document, shown.epochs, day));
  return { log: mine.log, frame: b64encode(frame) };
}

/** @param {Question} question */
async function message({ words, desk, bundle, day, seq, prev, sealed_to, answers }) {
  const mine = await keysFromWords(words, desk);
  const { document, epochs } = await readBundle(desk, utf8(bundle), day);
  const live = liveMembers(document, epochs, day);
  const readers = live.filter(({ member }) => sealed_to.includes(member));
  const others = live.filter(({ member }) => !sealed_to.includes(member)).map(({ member }) => member);
  const frame = await sealMessage(
    {
      v: 1,
      desk,
      log: mine.log,
      seq,
      prev,
      desk_version: document.version,
      desk_hash: document.hash,
      day,
      language: "nl",
      sealed_to,
      excluded: others,
      recipients_hash: recipientsHash(readers),
      attachments: [],
      identity: null,
      answers,
      kind: "message",
      about: null,
    },
    { excluded: [], seen: { seq: 1, head: prev } },
    mine,
    live,
  );
  return { frame: b64encode(frame) };
}

/** @param {Question} question */
async function reply({ words, desk, bundle, day, seq, prev, frame, authors }) {
  const mine = await keysFromWords(words, desk);
  const place = { log: mine.log, seq, prev: b64decode(prev) };
  const shown = await readBundle(desk, utf8(bundle), day);
  const { author, kind, content } = await openReply(parseFrame(b64decode(frame), mine.log), [shown], mine, place, authors, 1);
  return { author, kind, content };
}

/** @param {Question} question */
async function state({ words, desk, frame }) {
  const mine = await keysFromWords(words, desk);
  const { sealed_to, excluded } = await openState(parseFrame(b64decode(frame), mine.log), mine, { log: mine.log, seq: 1, prev: new Uint8Array(32) });
  return { sealed_to, excluded };
}

/** @param {Question} question */
async function sign({ method, target, day, seed, body, ifMatch }) {
  return signRequest({ method, target, day, ...(body && { body: b64decode(body), ifMatch }) }, b64decode(seed));
}

/** @param {Question} question */
async function verify({ method, target, headers, body, day }) {
  return b64encode(await verifyRequest(method, target, headers, body && contentDigest(b64decode(body)), day));
}

/** @type {Question} */
const question = JSON.parse(await text(process.stdin));
const answer = ANSWERS[question.op];
if (answer === undefined) throw new RangeError("unknown question");
process.stdout.write(JSON.stringify(await answer(question)));
