// SPDX-License-Identifier: EUPL-1.2
/** A desk, an intake and a worker without its thread, for tests; fresh for each test, but for the keys. */
import { openBlob } from "../../../../crypto/js/blob.js";
import { concat } from "../../../../crypto/js/encoding.js";
import { keysFromWords } from "../../../../crypto/js/mailbox.js";
import { mailboxMethods } from "../worker/mailbox_methods.js";
import { Session } from "../worker/session.js";
import { DeskWorld, TODAY } from "./desk-world.js";
import { IntakeSimulator, ORIGIN, WORD_LISTS } from "./intake-simulator.js";

export const WORDS = "aanbod aanbod aanbod aanbod aanbod aanbod aanbod aanbod";
export const ANSWERS = { what: "Er verdwijnt materiaal uit het magazijn.", about: "materiaal", when: "", where: "", who: "" };
export const REPORT = { answers: ANSWERS, excluded: /** @type {string[]} */ ([]), language: "nl", words: WORDS };
const MESSAGE = { answers: { text: "Het was dinsdag." }, kind: "message", about: null, language: "nl" };
const ignore = () => undefined;
/** @type {Map<string, ReturnType<typeof keysFromWords>>} */
const derived = new Map();

/** The real derivation, once for the same words: it is slow on purpose. @type {import("../worker/session.js").Derive} */
function derive(words, desk, onProgress) {
  const name = [desk, ...words].join(" ");
  const keys = derived.get(name) ?? keysFromWords(words, desk, onProgress);
  derived.set(name, keys);
  return keys;
}

/** @typedef {Awaited<ReturnType<typeof createStory>>} Story */

let chosen = 0;

/** @param {Blob} file @param {string} name @returns {import("../client.js").Chosen} as the file list gives it, chosen anew */
export function chosenAs(file, name) {
  chosen += 1;
  return { file, name, id: `${chosen} true` };
}

/** @returns a story in which the page has just opened the desk */
export async function createStory() {
  const world = await DeskWorld.create();
  const intake = new IntakeSimulator(world);
  let instant = new Date(`${TODAY}T12:00:00Z`);
  const begin = () => mailboxMethods(new Session({ fetch: intake.fetch, now: () => instant, derive }));
  const methods = begin();
  const story = {
    world,
    intake,
    /** @param {string} method @param {object} args @returns {Promise<any>} */
    call: (method, args) => methods[method]?.(args, ignore) ?? Promise.reject(new RangeError(method)),
    openDesk: () => story.call("openDesk", { desk: world.id, origin: ORIGIN, language: "nl" }),
    sendReport: (changes = {}) => story.call("sendReport", { ...REPORT, ...changes }),
    openMailbox: (words = WORDS) => story.call("openMailbox", { words, language: "nl" }),
    sendMessage: (changes = {}) => story.call("sendMessage", { ...MESSAGE, ...changes }),
    /** @param {string} day */
    setDay: (day) => {
      instant = new Date(`${day}T12:00:00Z`);
    },
    /** A second browser: nothing is remembered. */
    restart: () => Object.assign(methods, begin()),
  };
  await story.call("init", { wordLists: WORD_LISTS });
  return story;
}

/** @param {Story} story @returns a story in which the report has been sent, and what a member sees of it */
export async function withReport(story, changes = {}) {
  await story.openDesk();
  const sent = await story.sendReport(changes);
  const frame = /** @type {Uint8Array} */ (story.intake.logs.get(sent.log)?.entries[0]?.frame);
  const report = await story.world.openReport("anna", sent.log, frame);
  /** @param {Record<string, unknown>} [changes] @param {Uint8Array} [seed] */
  const reply = async (changes = {}, seed = undefined) => {
    const frame = await story.world.reply(report, story.intake.nextPlace(sent.log), changes, seed);
    return story.intake.append(sent.log, frame);
  };
  return { sent, report, reply };
}

/** @param {Story} story @param {any} attachment that was completed @returns {Promise<Uint8Array>} as members read it */
export async function openFile({ intake }, attachment) {
  const parts = async function* () {
    for (const part of intake.blobs.parts(attachment.blob)) yield /** @type {Uint8Array<ArrayBuffer>} */ (part);
  };
  const pieces = [];
  for await (const piece of openBlob(parts(), attachment)) pieces.push(piece);
  return concat(...pieces);
}
