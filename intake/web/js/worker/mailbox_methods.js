// SPDX-License-Identifier: EUPL-1.2
/** All of the worker's methods over one session: those for telling, and those of an open mailbox. */
import { deleteMailbox } from "./deletion.js";
import { receiveFile } from "./files/receive.js";
import { openMailbox } from "./mailbox.js";
import { reportMethods } from "./methods.js";

/** @param {import("./session.js").Session} session @returns {import("./rpc.js").Methods} */
export function mailboxMethods(session) {
  return {
    ...reportMethods(session),
    async expectWords({ text, language }) {
      await session.expectWords(text, language);
      return null;
    },
    openMailbox: (args, report) => openMailbox(session, args, report),
    deleteMailbox: (_, report) => deleteMailbox(session, report),
    receiveFile: (args, report) => receiveFile(session, args, report),
  };
}
