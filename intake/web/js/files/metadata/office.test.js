// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { MARKER, bytes, holds, unzip, words, zip } from "../../testing/containers.js";
import { attempt } from "./attempt.js";
import { cleanOffice } from "./office.js";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';
const PNG = bytes([0x89], "PNG\r\n\x1a\n", words(4), "IDATdatacrc.", words(MARKER.length), "tEXt", MARKER, "crc.", words(0), "IENDcrc.");
const PART = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

/** @param {...string} relationships */
const rels = (...relationships) => `${XML}<Relationships ${PART}>${relationships.join("")}</Relationships>`;

/** @param {string} target @param {string} [more] @returns {string} */
const rel = (target, more = "") => `<Relationship Id="r" Type="t" Target="${target}"${more}/>`;

const LETTER = {
  "[Content_Types].xml": `${XML}<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="c"/><Override PartName="/word/commentsExtensible.xml" ContentType="e"/><Override PartName="/word/document.xml" ContentType="d"/></Types>`,
  "_rels/.rels": rels(rel("word/document.xml"), rel("docProps/core.xml"), rel("/docProps/thumbnail.jpeg")),
  "docProps/core.xml": `${XML}<cp><dc:creator>${MARKER}</dc:creator></cp>`,
  "docProps/app.xml": `${XML}<Company>${MARKER}</Company>`,
  "docProps/thumbnail.jpeg": MARKER,
  "customXml/item1.xml": `<x>${MARKER}</x>`,
  "word/document.xml": `${XML}<w:document><!-- ${MARKER} --><w:body><w:p w:rsidR="${MARKER}" w14:paraId="1"><w:ins w:id="1" w:author="${MARKER}" w:date="${MARKER}"><w:r><w:t>What happened &amp; when</w:t></w:r></w:ins><pic:cNvPr id="1" name="C:\\${MARKER}\\bon.jpg" descr="a receipt"/></w:p></w:body></w:document>`,
  "word/comments.xml": `${XML}<w:comments><w:comment w:id="0" w:author='${MARKER}' w:initials="${MARKER}" w:date="${MARKER}"><w:p>It was this one</w:p></w:comment></w:comments>`,
  "word/commentsExtensible.xml": `${XML}<w16cex:commentExtensible w16cex:durableId="1" w16cex:dateUtc="${MARKER}"/>`,
  "word/documenttasks/documenttasks1.xml": `${XML}<t:Event time="${MARKER}"><t:Assign userId="${MARKER}" userName="${MARKER}"/></t:Event>`,
  "word/ink/ink1.xml": `${XML}<inkml:ink><inkml:timestamp xml:id="ts0" timeString="${MARKER}"/></inkml:ink>`,
  "word/people.xml": `${XML}<w15:people><w15:person w15:author="${MARKER}"/></w15:people>`,
  "word/settings.xml": `${XML}<w:settings><w:zoom w:percent="100"/><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="${MARKER}"/></w:rsids><w15:docId w15:val="{${MARKER}}"/></w:settings>`,
  "word/_rels/settings.xml.rels": rels(rel(`file:///C:/${MARKER}.dotm`, ' TargetMode="External"').replace('Type="t"', 'Type="http://x/attachedTemplate"')),
  "word/_rels/document.xml.rels": rels(rel("people.xml"), rel("commentsExtensible.xml"), rel("documenttasks/documenttasks1.xml"), rel("../customXml/item1.xml"), rel("media/image1.png"), rel("http://example.org/customXml/item1.xml", ' TargetMode="External"')),
  "word/media/image1.png": PNG,
};
const SHEET = {
  "[Content_Types].xml": `${XML}<Types/>`,
  "xl/workbook.xml": `${XML}<workbook><fileSharing userName="${MARKER}"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\${MARKER}\\"/></mc:Choice></mc:AlternateContent><sheets/><customWorkbookViews><customWorkbookView name="${MARKER}" guid="{0A1B2C3D-0}"/></customWorkbookViews></workbook>`,
  "docMetadata/LabelInfo.xml": `${XML}<clbl:labelList><clbl:label id="{1}" siteId="${MARKER}"/></clbl:labelList>`,
  "xl/pivotCache/pivotCacheDefinition1.xml": `${XML}<pivotCacheDefinition r:id="r" refreshedBy="${MARKER}" refreshedDate="${MARKER}" refreshedDateIso="${MARKER}" recordCount="2"/>`,
  "xl/connections.xml": `${XML}<connections><connection id="1" sourceFile="${MARKER}" odcFile="${MARKER}"><dbPr connection="${MARKER}"/></connection></connections>`,
  "xl/documenttasks/documenttask1.xml": MARKER,
  "xl/comments1.xml": `${XML}<comments><authors><author>${MARKER}</author><author/></authors><commentList>told</commentList></comments>`,
  "xl/persons/person.xml": `${XML}<personList><person displayName="${MARKER}" id="{1}" userId="${MARKER}" providerId="AD"/></personList>`,
  "xl/threadedComments/t.xml": `${XML}<ThreadedComments><threadedComment ref="A1" dT="${MARKER}" personId="{1}"><text>seen</text></threadedComment></ThreadedComments>`,
  "xl/worksheets/sheet1.xml": `${XML}<worksheet><sheetData/><scenarios><scenario name="best" user="${MARKER}" comment="${MARKER}"/></scenarios><pageSetup orientation="portrait" r:id="rId1"/></worksheet>`,
  "xl/worksheets/_rels/sheet1.xml.rels": rels(rel("../printerSettings/printerSettings1.bin")),
  "xl/printerSettings/printerSettings1.bin": MARKER,
};
const SLIDES = {
  "[Content_Types].xml": `${XML}<Types/>`,
  "ppt/changesInfos/changesInfo1.xml": `${XML}<pc:chgInfo><pc:chgData name="${MARKER}" userId="${MARKER}" dt="${MARKER}"/></pc:chgInfo>`,
  "ppt/revisionInfo.xml": `${XML}<p1510:revInfo><p1510:client id="${MARKER}" dt="${MARKER}"/></p1510:revInfo>`,
  "ppt/_rels/presentation.xml.rels": rels(rel("revisionInfo.xml"), rel("changesInfos/changesInfo1.xml"), rel("slides/slide1.xml")),
  "ppt/slides/slide1.xml": `${XML}<p:sld/>`,
  "ppt/commentAuthors.xml": `${XML}<p:cmAuthorLst><p:cmAuthor id="0" name="${MARKER}" initials="${MARKER}" lastIdx="1"/></p:cmAuthorLst>`,
  "ppt/authors.xml": `${XML}<p188:authorLst><p188:author id="{1}" name="${MARKER}" initials="${MARKER}" userId="${MARKER}" providerId="AD"/></p188:authorLst>`,
  "ppt/comments/c.xml": `${XML}<p:cmLst><p:cm authorId="0" dt="${MARKER}"><p:text>look</p:text></p:cm><p188:cm created="${MARKER}"/></p:cmLst>`,
};
const OPEN = {
  mimetype: "application/vnd.oasis.opendocument.text",
  "META-INF/manifest.xml": `${XML}<manifest:manifest><manifest:file-entry manifest:full-path="/"/><manifest:file-entry manifest:full-path="meta.xml"/><manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>`,
  "meta.xml": `${XML}<meta:initial-creator>${MARKER}</meta:initial-creator>`,
  "Thumbnails/thumbnail.png": MARKER,
  "Object 1/content.xml": `${XML}<office:chart/>`,
  "Object 1/meta.xml": `${XML}<meta:initial-creator>${MARKER}</meta:initial-creator>`,
  "ObjectReplacements/Object 1": "picture",
  "content.xml": `${XML}<office:text><office:annotation><dc:creator>${MARKER}</dc:creator><dc:date>${MARKER}</dc:date><meta:creator-initials>${MARKER}</meta:creator-initials><text:p>a note</text:p></office:annotation><style:style officeooo:rsid="${MARKER}"/>told</office:text>`,
  "settings.xml": `${XML}<config:config-item-set><config:config-item config:name="PrinterName" config:type="string">${MARKER}</config:config-item><config:config-item config:name="AddParaTableSpacing">true</config:config-item></config:config-item-set>`,
};
const KINDS = { LETTER, SHEET, SLIDES, OPEN };

/** @param {Record<string, string | Uint8Array>} parts */
async function cleaned(parts) {
  const stored = (/** @type {string} */ name) => name === "mimetype";
  const found = (await attempt(cleanOffice, new Blob([zip(parts, stored)]))) ?? assert.fail("it could not be cleaned");
  const whole = new Uint8Array(await found.file.arrayBuffer());
  return { whole, parts: unzip(whole), removed: found.removed.sort() };
}

for (const [kind, parts] of Object.entries(KINDS)) {
  test(`names, times and numbers are nowhere in a document that was cleaned: ${kind}`, async () => {
    const { whole, parts: left } = await cleaned(parts);
    assert.ok(!holds(whole, MARKER));
    for (const [name, content] of Object.entries(left)) assert.ok(!content.includes(MARKER), name);
  });
}

test("a letter keeps its text, notes and pictures, and refers to nothing that is gone", async () => {
  const { parts, removed } = await cleaned(LETTER);
  assert.deepEqual(removed, ["inside", "maker", "notes", "numbers", "other", "times"]);
  assert.equal(
    parts["word/document.xml"],
    `${XML}<w:document><w:body><w:p w14:paraId="1"><w:ins w:id="1" w:author="Author"><w:r><w:t>What happened &amp; when</w:t></w:r></w:ins><pic:cNvPr id="1" name="" descr="a receipt"/></w:p></w:body></w:document>`,
  );
  assert.equal(parts["word/comments.xml"], `${XML}<w:comments><w:comment w:id="0" w:author="Author" w:initials="A"><w:p>It was this one</w:p></w:comment></w:comments>`);
  assert.equal(parts["word/settings.xml"], `${XML}<w:settings><w:zoom w:percent="100"/></w:settings>`);
  assert.equal(parts["_rels/.rels"], rels(rel("word/document.xml")));
  assert.equal(parts["word/_rels/document.xml.rels"], rels(rel("media/image1.png"), rel("http://example.org/customXml/item1.xml", ' TargetMode="External"')));
  assert.ok(!/core|Extensible/.test(parts["[Content_Types].xml"] ?? "core"));
  assert.ok(parts["word/media/image1.png"]?.includes("IDATdatacrc."));
});

test("a sheet keeps its notes and what they are tied to", async () => {
  const { parts } = await cleaned(SHEET);
  assert.equal(parts["xl/comments1.xml"], `${XML}<comments><authors><author></author><author/></authors><commentList>told</commentList></comments>`);
  assert.equal(parts["xl/worksheets/sheet1.xml"], `${XML}<worksheet><sheetData/><scenarios><scenario name="best"/></scenarios><pageSetup orientation="portrait"/></worksheet>`);
  assert.ok(parts["xl/persons/person.xml"]?.includes('id="{1}"'));
  assert.ok(!("xl/printerSettings/printerSettings1.bin" in parts));
});

test("what names makers, times and folders in a sheet goes, and the sheet stays whole", async () => {
  const { parts } = await cleaned(SHEET);
  assert.ok(parts["xl/workbook.xml"]?.includes('<customWorkbookView name="0A1B2C3D" guid="{0A1B2C3D-0}"/>'));
  assert.equal(parts["xl/pivotCache/pivotCacheDefinition1.xml"], `${XML}<pivotCacheDefinition r:id="r" recordCount="2"/>`);
  assert.equal(parts["xl/connections.xml"], `${XML}<connections><connection id="1"><dbPr connection=""/></connection></connections>`);
});

test("slides refer to nothing of their history, which is gone", async () => {
  const { parts } = await cleaned(SLIDES);
  assert.equal(parts["ppt/_rels/presentation.xml.rels"], rels(rel("slides/slide1.xml")));
});

test("an OpenDocument file keeps its kind in front, its text and how it is laid out", async () => {
  const { whole, parts } = await cleaned(OPEN);
  assert.ok(Buffer.from(whole).toString("latin1", 30).startsWith("mimetypeapplication/vnd.oasis.opendocument.text"));
  assert.ok(parts["content.xml"]?.includes("<dc:creator></dc:creator><dc:date></dc:date>"));
  assert.ok(parts["content.xml"]?.includes("<text:p>a note</text:p>"));
  assert.ok(parts["settings.xml"]?.includes("AddParaTableSpacing"));
  assert.ok(!parts["META-INF/manifest.xml"]?.includes("meta.xml"));
});

test("a document that was cleaned has nothing left to take out, and no time of its own", async () => {
  const once = await cleaned(LETTER);
  const again = await attempt(cleanOffice, new Blob([once.whole]));
  assert.deepEqual(again?.removed, []);
  assert.deepEqual((await cleaned(LETTER)).whole, once.whole);
});

const BASE = { "[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>" };
const whole = zip(BASE, () => true);
const swapped = (/** @type {string} */ from, /** @type {string} */ to) => bytes(Buffer.from(whole).toString("latin1").replaceAll(from, to));
const DAMAGED = {
  "cut off": whole.subarray(0, -30),
  "of an ordinary archive": zip({ "notes.txt": MARKER }),
  "with a part that is damaged": swapped("<w/>", "<v/>"),
  "that is encrypted": swapped("PK\x01\x02\x14\0\x14\0\0", "PK\x01\x02\x14\0\x14\0\x01"),
  "with a part that nobody knows": zip({ ...BASE, "word/webextensions/taskpanes.xml": "<w/>" }),
  "with a part of another kind of document": zip({ ...OPEN, "word/document.xml": "<w/>" }),
  "that is signed": zip({ ...BASE, "_xmlsignatures/sig1.xml": "<s/>" }),
  "with programs": zip({ ...BASE, "word/vbaProject.bin": "x" }),
  "with an unclosed element": zip({ ...BASE, "word/styles.xml": "<w><v></w>" }),
  "with entities of its own": zip({ ...BASE, "word/styles.xml": `<!DOCTYPE w [<!ENTITY a "${MARKER}">]><w>&a;</w>` }),
  "in letters that are not UTF-8": zip({ ...BASE, "word/styles.xml": bytes("<w>\xff</w>") }),
  "with a picture that is damaged": zip({ ...BASE, "word/media/a.png": PNG.subarray(0, 40) }),
  "with two parts of one name": bytes(Buffer.from(zip({ ...BASE, "word/documenu.xml": "" })).toString("latin1").replaceAll("documenu", "document")),
  "that unpacks to more than a telephone holds": (() => {
    const bomb = Buffer.from(zip({ ...BASE, "word/media/a.bin": new Uint8Array(1_000_000) }));
    bomb.writeUInt32LE(4_000_000_000, bomb.lastIndexOf("PK\x01\x02", undefined, "latin1") + 24);
    return bytes(bomb);
  })(),
  "that unpacks to more than it says": (() => {
    const bomb = Buffer.from(zip({ ...BASE, "word/media/a.bin": new Uint8Array(1_000_000) }));
    bomb.writeUInt32LE(1000, bomb.lastIndexOf("PK\x01\x02", undefined, "latin1") + 24);
    return bytes(bomb);
  })(),
};
for (const [what, content] of Object.entries(DAMAGED)) {
  test(`a document ${what} is not said to be clean`, async () => {
    assert.equal(await attempt(cleanOffice, new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (content)])), null);
  });
}
