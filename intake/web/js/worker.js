// SPDX-License-Identifier: EUPL-1.2
/** The report page's crypto worker. */
import { reportMethods } from "./worker/methods.js";
import { start } from "./worker/start.js";

start(reportMethods);
