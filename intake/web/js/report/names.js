// SPDX-License-Identifier: EUPL-1.2
/** Finds readers whose name stands in what was typed. It happens on this page alone: the text goes nowhere for it. */

const SHORTEST = 3;
/** Parts of names that stand in any text. */
const PARTICLES = new Set(["van", "den", "der", "het", "ten", "ter", "von", "del", "dos", "las", "los", "bin", "ibn"]);

/**
 * @template {{ name: string }} P
 * @param {readonly string[]} texts
 * @param {readonly P[]} people
 * @returns {P[]} those of whose name a whole word stands in a text, whatever its capitals and accents; a name of short
 *   words only must stand there in full
 */
export function namedIn(texts, people) {
  const typed = texts.map(wordsOf);
  const single = new Set(typed.flat());
  const lines = typed.map((words) => ` ${words.join(" ")} `);
  return people.filter(({ name }) => {
    const words = wordsOf(name);
    const telling = words.filter((word) => word.length >= SHORTEST && !PARTICLES.has(word));
    if (telling.length > 0) return telling.some((word) => single.has(word));
    return words.length > 0 && lines.some((line) => line.includes(` ${words.join(" ")} `));
  });
}

/** @param {string} text @returns {string[]} its words without accents, in lower case */
function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
