// SPDX-License-Identifier: EUPL-1.2
/** The mailbox page's crypto worker. */
import { mailboxMethods } from "./worker/mailbox_methods.js";
import { start } from "./worker/start.js";

start(mailboxMethods);
