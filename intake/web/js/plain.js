// SPDX-License-Identifier: EUPL-1.2
/** The script of pages that are only read. */
import { prepareExit } from "./ui/exit.js";

prepareExit();
