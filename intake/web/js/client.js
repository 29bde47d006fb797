// SPDX-License-Identifier: EUPL-1.2
/**
 * The pages' side of the crypto worker: one typed method for each of its methods, over postMessage.
 *
 * Pages never see keys, frames or the network. The words go in and are kept in the worker's memory only,
 * until `close`. Every failure is a `ClientError` with a code that the page explains; nothing that the
 * person typed is ever in it, and a failed call may be made again with the same arguments.
 */
import { ClientError } from "./failure.js";

export { ClientError };
/** @typedef {import("./failure.js").Code} Code */
/** @typedef {{ id: string, name: string, role: string, live: boolean }} Member `live`: takes new reports today (FORMAT.md 6.3). */
/** @typedef {{ id: string, name: string, role: string }} Author */
/** @typedef {{ kind: "emergency" | "phone" | "post" | "visit" | "adviser" | "authority" | "web", name: string, value: string, note: string | null }} Route Another way to be heard. */
/**
 * @typedef {object} Policy
 * @property {boolean} namesShown whether members' names may be shown beside their roles
 * @property {boolean} exclusion whether a reporter may exclude members
 * @property {boolean} receiptIsAck whether the receipt counts as the legal acknowledgement
 * @property {{ holders: string, threshold: number, shares: number } | null} recovery who could recover cases together
 */
/**
 * @typedef {object} Desk A verified desk. Texts are in `language`, or in the desk's first language where one is missing.
 * @property {string} id the desk id, which the address gave and the document proved
 * @property {string[]} words the id as ten words of the page's list, as on the poster (FORMAT.md 2.1)
 * @property {string} language
 * @property {string[]} languages the desk's languages, the default first
 * @property {string} name
 * @property {Record<string, string>} texts the desk's own texts by name
 * @property {Route[]} elsewhere
 * @property {Member[]} members
 * @property {Policy} policy
 * @property {number} version
 * @property {"open" | "not-yet" | "closed" | "too-few"} state
 * @property {string | null} opens day
 * @property {string | null} closes day
 */
/**
 * @typedef {object} Sent Proof of sending (verzendbewijs).
 * @property {string} day the intake's day of arrival, YYYY-MM-DD
 * @property {string} number a short number of the mailbox, two groups of four; it opens nothing
 * @property {string} log the mailbox id
 * @property {number} seq place of the entry in the mailbox; 1 is the report
 * @property {string} head b64, the mailbox's head after this entry (FORMAT.md 4.2)
 * @property {string} hash b64, SHA-256 of the frame that the intake keeps
 * @property {boolean} earlier true when an earlier attempt that said something else had arrived after all. Of a report
 *   that one counts, and what was changed since then can be sent as a message; of a message both have arrived
 * @property {{ name: string, size: number, id: string }[]} files those that `uploadFiles` sends now, `id` as in `Chosen`
 */
/**
 * @typedef {object} Entry
 * @property {number} seq
 * @property {string} day the intake's day of arrival
 * @property {"reporter" | "committee"} by
 * @property {string} kind what the reporter's entry did, `did` of FORMAT.md section 7.3; `acknowledgement`, `question`,
 *   `message`, `feedback`, `transcript` by the committee; `unreadable` when `readable` is false
 * @property {string} hash b64, SHA-256 of the frame that the intake keeps
 * @property {Author | null} author the committee member who signed it; null for the reporter's own
 * @property {string | null} text null for the reporter's own words, which nobody can open with the eight words
 * @property {Record<string, string>} content the committee's further fields, such as `received` and `feedback_due`
 * @property {{ name: string, size: number }[]} files what the committee attached; `receiveFile` fetches them
 * @property {number | null} about the `seq` of the entry that this one answers
 * @property {boolean} readable false: it did not open or did not verify, and must never be shown as a message
 * @property {boolean} isNew the committee's, and newer than what the reporter's last entry had seen
 */
/**
 * @typedef {object} Mailbox
 * @property {string} log
 * @property {string} number as in `Sent`
 * @property {string} today the day on this device, in Europe/Amsterdam
 * @property {string} received the intake's day on which the report came in: the legal clocks start here
 * @property {string | null} acknowledged the intake's day of the first acknowledgement
 * @property {string | null} feedbackDue the day that the acknowledgement promises feedback by
 * @property {string | null} feedback the intake's day of the first final feedback
 * @property {string | null} withdrawn the intake's day on which the reporter withdrew the report; it is kept all the same
 * @property {string | null} contact the intake's day of the contact details that hold; null when there are none
 * @property {Entry[]} entries in order; grants and other entries that are not messages are left out
 * @property {Author[]} readersNow who reads what the reporter sends next
 * @property {Author[]} excluded whom the reporter excluded
 * @property {Changed} changed since the reporter's last entry
 * @property {boolean} canSend false when no reader can be sealed to today
 */
/**
 * @typedef {object} Changed
 * @property {Author[]} joined who reads now and did not
 * @property {Author[]} left who read and does not any more
 * @property {{ from: number, to: number } | null} version the desk document, if it is a newer one
 */
/** @typedef {"message" | "answer" | "contact" | "transcript" | "withdrawal"} MessageKind */
/** @typedef {{ ok: true, language: string } | { ok: false, index: number, word: string, suggestions: string[] } | { ok: false, index: null, count: number }} WordsCheck `index` counts from 0; null when there are not eight words. */
/** @typedef {{ file: Blob, name: string, id: string }} Chosen a file to send along, its type that of the Blob; `id`: the same in every attempt, another for other content */
/** @typedef {{ name: string, size: number, sent: number, state: "waiting" | "sending" | "sent" | "cancelled" | "unreadable" }} FileState `sent` from 0 to 1 */
/** @typedef {{ stage: "keys" | "seal" | "send" | "fetch" | "open" | "files" | "file", fraction: number, files?: FileState[] }} Progress `fraction`: 0 to 1 within a stage. */
/** @typedef {(progress: Progress) => void} OnProgress */

/** @typedef {{ postMessage(message: unknown): void, addEventListener(type: string, listener: (event: any) => void): void, terminate?(): void }} WorkerLike */
/** @typedef {ReturnType<typeof createClient>} Client */

/**
 * Return the methods of the worker. Call `init` first; the others may follow at once, they keep their order.
 *
 * @param {WorkerLike} worker
 */
export function createClient(worker) {
  const call = createCaller(worker);
  return {
    /**
     * Tell where the word lists are; they are fetched when needed and checked against the build's hashes.
     * @param {{ wordLists: Record<string, string> }} args addresses by language (`nl`, `en`), absolute
     * @returns {Promise<null>}
     */
    init: (args) => call("init", args),

    /**
     * Delete the open mailbox as the page has shown it: the committee's replies and files go, and the words open nothing
     * any more. A retry sends the same bytes. Errors: `head` when there is something new to read first, and as `sendMessage`.
     * @param {OnProgress} [onProgress]
     * @returns {Promise<{ day: string }>} the intake's day
     */
    deleteMailbox: (onProgress) => call("deleteMailbox", {}, onProgress),

    /**
     * Fetch and verify the desk of the page's address. Errors: `desk`, `unknown`, `network`, `malformed`.
     * @param {{ desk: string, origin: string, language: string }} args
     * @returns {Promise<Desk>}
     */
    openDesk: (args) => call("openDesk", args),

    /** Draw eight new words; call it again for another draw. @param {{ language: string }} args @returns {Promise<string[]>} */
    newWords: (args) => call("newWords", args),

    /** All 7,776 words of a list, sorted, for typing help. @param {{ language: string }} args @returns {Promise<string[]>} */
    wordList: (args) => call("wordList", args),

    /**
     * Check typed words before any slow work; the other language's list is tried when the first word is unknown.
     * @param {{ text: string, language: string }} args
     * @returns {Promise<WordsCheck>}
     */
    checkWords: (args) => call("checkWords", args),

    /**
     * Seal and send the report. After `openDesk`. A retry with the same arguments sends the same bytes
     * and never makes a second report. `excluded` are ids of live members; `answers.what` must be there.
     * `files` are announced only: `uploadFiles` sends them.
     * @param {{ answers: Record<string, string>, excluded: string[], language: string, words: string, files?: Chosen[] }} args
     * @param {OnProgress} [onProgress]
     * @returns {Promise<Sent>}
     */
    sendReport: (args, onProgress) => call("sendReport", args, onProgress),

    /** Tell what was typed, at every change: eight words' keys are begun with, those of others ended. @param {{ text: string, language: string }} args @returns {Promise<null>} */
    expectWords: (args) => call("expectWords", args),

    /**
     * Fetch, verify and open the mailbox of these words. After `openDesk`. Call it again to look for news:
     * words that are open already are not derived again.
     * @param {{ words: string, language: string }} args
     * @param {OnProgress} [onProgress]
     * @returns {Promise<Mailbox>}
     */
    openMailbox: (args, onProgress) => call("openMailbox", args, onProgress),

    /**
     * Seal and send a message in the open mailbox. `answers` has what its kind needs (FORMAT.md section 7.2); `about` is
     * the `seq` of the entry that it answers.
     * A retry with the same arguments sends the same bytes and never makes a second message.
     * `files` are announced only: `uploadFiles` sends them.
     * @param {{ answers: Record<string, string>, kind: MessageKind, about: number | null, language: string, files?: Chosen[] }} args
     * @param {OnProgress} [onProgress]
     * @returns {Promise<Sent>}
     */
    sendMessage: (args, onProgress) => call("sendMessage", args, onProgress),

    /**
     * Seal and send the files that entries announced, then sign for them. Other calls may be made meanwhile.
     * After a failure call it again: it goes on with the parts that are missing.
     * @param {{ language: string }} args
     * @param {OnProgress} [onProgress] with the state of every file of the session, in order
     * @returns {Promise<FileState[]>} once each is `sent`, `cancelled` or `unreadable`
     */
    uploadFiles: (args, onProgress) => call("uploadFiles", args, onProgress),

    /**
     * Fetch and open a file of the committee's entry `seq` in the open mailbox, by its place in `files`. Error: `file`.
     * @param {{ seq: number, index: number }} args
     * @param {OnProgress} [onProgress]
     * @returns {Promise<Blob>}
     */
    receiveFile: (args, onProgress) => call("receiveFile", args, onProgress),

    /**
     * Pause the upload, or let it go on. The few parts on their way still arrive.
     * @param {{ pause: boolean }} args
     * @returns {Promise<null>}
     */
    pauseFiles: (args) => call("pauseFiles", args),

    /** Give up on a file, by its place in what `uploadFiles` tells. @param {{ index: number }} args @returns {Promise<null>} */
    cancelFile: (args) => call("cancelFile", args),

    /**
     * Forget words, keys, texts and the desk. To be sure of the memory, terminate the worker as well.
     * @returns {Promise<null>}
     */
    close: () => call("close", {}),
  };
}

/**
 * @typedef {object} Waiting
 * @property {(value: any) => void} resolve
 * @property {(error: ClientError) => void} reject
 * @property {OnProgress | undefined} onProgress
 */

/** @param {WorkerLike} worker */
function createCaller(worker) {
  /** @type {Map<number, Waiting>} */
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", (event) => settle(waiting, event.data));
  worker.addEventListener("error", () => failAll(waiting));
  /**
   * @param {string} method
   * @param {object} args
   * @param {OnProgress} [onProgress]
   * @returns {Promise<any>}
   */
  return (method, args, onProgress) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject, onProgress });
      worker.postMessage({ id: last, method, args });
    });
}

/**
 * @param {Map<number, Waiting>} waiting
 * @param {any} message
 */
function settle(waiting, message) {
  const call = waiting.get(message.id);
  if (!call) return;
  if ("progress" in message) {
    const { stage, progress: fraction, files } = message;
    call.onProgress?.({ stage, fraction, ...(files ? { files } : {}) });
    return;
  }
  waiting.delete(message.id);
  if ("error" in message) call.reject(new ClientError(message.error.code, message.error.detail, message.error.retryAfter));
  else call.resolve(message.result);
}

/** @param {Map<number, Waiting>} waiting */
function failAll(waiting) {
  for (const call of waiting.values()) call.reject(new ClientError("internal", "the worker did not start or stopped"));
  waiting.clear();
}
