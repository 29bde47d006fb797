// SPDX-License-Identifier: EUPL-1.2
/** Which parts an office document may have, by path (ECMA-376; OpenDocument 1.3); of others nobody knows what is in them. */

/** Parts of OOXML that were looked at. In `media`, `embeddings` and `fonts` are pictures, other files and letters. */
const OOXML = [
  String.raw`\[Content_Types\]\.xml`,
  String.raw`([^/]+/)*_rels/[^/]*\.rels`,
  String.raw`(word|xl|ppt)/(media|embeddings|fonts)/[^/]+`,
  String.raw`(word|xl|ppt)/(activeX|charts|ctrlProps|diagrams|drawings|ink|theme)/[^/]+\.(xml|vml|bin)`,
  String.raw`word/(glossary/)?(document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|header|footer|footnotes|endnotes|comments|commentsExtended|commentsIds)\d*\.xml`,
  String.raw`xl/(workbook|styles|sharedStrings|calcChain|metadata|connections|xmlMaps|volatileDependencies|comments)\d*\.xml`,
  String.raw`xl/(worksheets|chartsheets|dialogsheets|comments|threadedComments|persons|tables|tableSingleCells|pivotTables|pivotCache|queryTables|externalLinks|slicers|slicerCaches|timelines|timelineCaches|richData|namedSheetViews|featurePropertyBag)/[^/]+\.xml`,
  String.raw`ppt/(presentation|presProps|viewProps|tableStyles|commentAuthors|authors)\d*\.xml`,
  String.raw`ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters|handoutMasters|comments)/[^/]+\.xml`,
];
/** A formula or drawing inside a document has the same parts in a folder of its own. */
const OPEN = [
  "mimetype",
  String.raw`META-INF/manifest\.xml`,
  String.raw`(Object \d+/)*(content|styles|settings)\.xml`,
  String.raw`(Object \d+/)*(Pictures|Media|Fonts|ObjectReplacements)/[^/]+`,
  String.raw`Object \d+`,
];
const [OF_OOXML, OF_OPEN] = [OOXML, OPEN].map((parts) => new RegExp(`^(${parts.join("|")})$`, "i"));

/** @param {string} path @param {boolean} open OpenDocument @returns {boolean} */
export const isKnown = (path, open) => (open ? OF_OPEN : OF_OOXML)?.test(path) ?? false;
