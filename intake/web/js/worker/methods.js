// SPDX-License-Identifier: EUPL-1.2
/**
 * The worker's methods over one session: what `client.js` may call, under the same names. The report page's worker has
 * those for telling; opening a mailbox is the other page's, which spares a reporter the bytes.
 */
import { newWords } from "../../../../crypto/js/passphrase.js";
import { describeDesk } from "./desk.js";
import { uploadFiles } from "./files/complete.js";
import { sendMessage } from "./message.js";
import { sendReport } from "./report.js";

/** What is answered while another call is on: an upload takes long, and is paused or cancelled meanwhile. */
export const ASIDE = ["uploadFiles", "pauseFiles", "cancelFile"];

/** @param {import("./session.js").Session} session @returns {import("./rpc.js").Methods} */
export function reportMethods(session) {
  return {
    async init({ wordLists }) {
      session.useLists(wordLists);
      return null;
    },
    async openDesk({ desk, origin, language }) {
      const opened = await session.openDesk(desk, origin);
      return describeDesk(opened, session.today, language, await session.lists.list(language));
    },
    newWords: async ({ language }) => newWords(await session.lists.list(language)),
    wordList: ({ language }) => session.lists.list(language),
    checkWords: async ({ text, language }) => (await session.lists.check(text, language)).check,
    sendReport: (args, report) => sendReport(session, args, report),
    sendMessage: (args, report) => sendMessage(session, args, report),
    uploadFiles: ({ language }, report) => uploadFiles(session, language, report),
    async pauseFiles({ pause }) {
      pause ? session.uploads.pause() : session.uploads.resume();
      return null;
    },
    async cancelFile({ index }) {
      session.uploads.cancel(index);
      return null;
    },
    async close() {
      session.close();
      return null;
    },
  };
}
