// SPDX-License-Identifier: EUPL-1.2
/** Takes hidden data out of PDF files, away from the page; started when one is chosen. */
import { serve } from "./files/metadata/attempt.js";
import { cleanPdf } from "./files/metadata/pdf.js";

serve(globalThis, { pdf: cleanPdf });
