// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";

import { MARKER, bytes, holds } from "../../testing/containers.js";
import { attempt } from "./attempt.js";
import { cleanPdf } from "./pdf.js";

/** @typedef {import("../../testing/containers.js").Piece} Piece */

const PHOTO = bytes([0xff, 0xd8, 0xff, 0xfe, 0, MARKER.length + 2], MARKER, [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
const PAGE_TEXT = "BT (What happened) Tj ET";

/** @param {string} dict @param {Uint8Array | string} content */
const stream = (dict, content) => bytes(`<<${dict}/Length ${content.length}>>\nstream\n`, content, "\nendstream");

/** Objects by number. @type {Record<number, Piece>} */
const OBJECTS = {
  1: "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/PieceInfo<</App<</Private 10 0 R>>>>>>",
  2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
  3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/LastModified(${MARKER})/Annots[8 0 R 11 0 R]/Resources<</XObject<</Im0 5 0 R>>>>>>`,
  4: stream("/Filter/FlateDecode", deflateSync(PAGE_TEXT)),
  5: stream("/Type/XObject/Subtype/Image/Width 1/Height 1/Filter/DCTDecode/Metadata 9 0 R", PHOTO),
  6: stream("/Type/Metadata/Subtype/XML/Filter/FlateDecode", deflateSync(`<x:xmpmeta>${MARKER}</x:xmpmeta>`)),
  7: `<</Author(${MARKER})/Producer<${Buffer.from(MARKER).toString("hex")}>/CreationDate(${MARKER})>>`,
  8: `<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(${MARKER})/M(${MARKER})/NM(${MARKER})/Contents(It was this one)>>`,
  9: stream("/Type/Metadata", MARKER),
  10: `(${MARKER})`,
  11: "<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/T(field-name)>>",
  12: stream("", `an earlier page: ${MARKER}`),
};

/** @param {Record<number, Piece>} objects @param {string} [trailer] @returns {Uint8Array<ArrayBuffer>} */
function pdf(objects, trailer = "/Root 1 0 R/Info 7 0 R/ID[<aa><bb>]") {
  let whole = bytes("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
  const lines = ["0000000000 65535 f "];
  for (const [number, object] of Object.entries(objects)) {
    lines.push(`${String(whole.length).padStart(10, "0")} 00000 n `);
    whole = bytes(whole, `${number} 0 obj\n`, object, "\nendobj\n");
  }
  return bytes(whole, `xref\n0 ${lines.length}\n${lines.join("\n")}\ntrailer\n<</Size ${lines.length}${trailer}>>\nstartxref\n${whole.length}\n%%EOF\n`);
}

/** @param {Uint8Array} whole @returns {string} with all that is packed in it */
function unpacked(whole) {
  const text = Buffer.from(whole).toString("latin1");
  const inside = [...text.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)].map(([, content]) => {
    try {
      return inflateSync(Buffer.from(content ?? "", "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return [text, ...inside].join("\n");
}

/** @param {Uint8Array<ArrayBuffer>} whole */
async function cleaned(whole) {
  const found = (await attempt(cleanPdf, new Blob([whole], { type: "application/pdf" }))) ?? assert.fail("it could not be cleaned");
  const left = new Uint8Array(await found.file.arrayBuffer());
  return { whole: left, text: unpacked(left), removed: found.removed.sort(), type: found.file.type };
}

test("a PDF loses makers, times, leftovers and what is hidden in its photos and notes", async () => {
  const { text, removed, type } = await cleaned(pdf(OBJECTS));
  assert.ok(!text.includes(MARKER));
  assert.ok(!text.includes(Buffer.from(MARKER).toString("hex")));
  assert.deepEqual(removed, ["before", "inside", "maker", "notes", "numbers", "times"]);
  assert.equal(type, "application/pdf");
});

test("a PDF keeps its pages, its notes and the names of form fields", async () => {
  const { whole, text } = await cleaned(pdf(OBJECTS));
  for (const kept of [PAGE_TEXT, "It was this one", "field-name", "/MediaBox"]) assert.ok(text.includes(kept), kept);
  assert.ok(holds(whole, "\xff\xd8\xff\xda\0\x02\x01\x02\x03\xff\xd9"));
});

test("a drawing that TeX put on a page loses its folder, maker and times", async () => {
  const texts = `/Author(${MARKER})/Creator(${MARKER})/Producer<${Buffer.from(MARKER).toString("hex")}>/CreationDate(${MARKER})/ModDate 15 0 R`;
  const { text, removed } = await cleaned(
    pdf({
      ...OBJECTS,
      5: stream(`/Type/XObject/Subtype/Form/BBox[0 0 1 1]/PTEX.FileName(../${MARKER}/fig.pdf)/PTEX.PageNumber 1/PTEX.InfoDict 14 0 R/PTEX.#41(${MARKER})/Own<<${texts}>>`, "q Q"),
      13: `(${MARKER})`,
      14: `<<${texts}>>`,
      15: `(${MARKER})`,
    }),
  );
  assert.ok(!text.includes(MARKER));
  assert.ok(!text.includes(Buffer.from(MARKER).toString("hex")));
  assert.ok(!text.includes("PTEX"));
  for (const why of /** @type {const} */ (["maker", "times"])) assert.ok(removed.includes(why), why);
});

test("a place in a PDF that is called after its author stays", async () => {
  const { text } = await cleaned(pdf({ ...OBJECTS, 1: "<</Type/Catalog/Pages 2 0 R/Dests<</Author[3 0 R/Fit]>>>>" }));
  assert.match(text, /\/Author\s*\[/);
});

test("a PDF keeps no earlier version of itself", async () => {
  const later = "4 0 obj\n<</Length 20>>\nstream\nBT (Nothing) Tj ET  \nendstream\nendobj\nxref\n0 0\ntrailer\n<</Size 13/Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
  const { text, removed } = await cleaned(bytes(pdf(OBJECTS), later));
  assert.ok(!text.includes("What happened"));
  assert.ok(text.includes("(Nothing)"));
  assert.ok(removed.includes("before"));
});

test("what describes a PDF is not taken for an earlier version of it", async () => {
  const { 12: leftover, ...objects } = OBJECTS;
  assert.ok(leftover);
  assert.ok(!(await cleaned(pdf(objects))).removed.includes("before"));
});

test("a PDF that was cleaned has nothing left to take out", async () => {
  const once = await cleaned(pdf(OBJECTS));
  assert.deepEqual((await cleaned(once.whole)).removed, []);
});

const DAMAGED = {
  "that is none": bytes("%PDF-1.7 ", MARKER),
  "cut off": pdf(OBJECTS).subarray(0, 300),
  "without pages": pdf({ 1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[]/Count 0>>" }),
  "that is locked": pdf({ ...OBJECTS, 13: "<</Filter/Standard/V 1/R 2/O(o)/U(u)/P 0>>" }, "/Root 1 0 R/Encrypt 13 0 R"),
  "that is signed": pdf({ ...OBJECTS, 11: "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<aa>>>>>" }),
  "with a photo that is damaged": pdf({ ...OBJECTS, 5: stream("/Filter/DCTDecode", "no photo") }),
  "with a photo that is packed twice": pdf({ ...OBJECTS, 5: stream("/Filter[/FlateDecode/DCTDecode]", deflateSync(PHOTO)) }),
  "with a picture of a kind that is not read": pdf({ ...OBJECTS, 5: stream("/Filter/JPXDecode", "box") }),
  "of boxes in boxes": pdf({ ...OBJECTS, 10: "[".repeat(100_000) }),
};
for (const [what, content] of Object.entries(DAMAGED)) {
  test(`a PDF ${what} is not said to be clean`, async () => {
    assert.equal(await attempt(cleanPdf, new Blob([content])), null);
  });
}
