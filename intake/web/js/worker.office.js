// SPDX-License-Identifier: EUPL-1.2
/** Takes hidden data out of documents of office programs, away from the page; started when one is chosen. */
import { serve } from "./files/metadata/attempt.js";
import { cleanOffice } from "./files/metadata/office.js";

serve(globalThis, { office: cleanOffice });
