// SPDX-License-Identifier: EUPL-1.2
/** Looking up in a sorted list of words, for typing help. */

/**
 * @param {string[]} list sorted
 * @param {string} prefix in lower case
 * @param {number} limit
 * @returns {string[]} the first words that start with it; none for an empty prefix
 */
export function startingWith(list, prefix, limit) {
  if (prefix === "") return [];
  const found = [];
  for (let index = firstFrom(list, prefix); found.length < limit; index += 1) {
    const word = list[index];
    if (word === undefined || !word.startsWith(prefix)) break;
    found.push(word);
  }
  return found;
}

/**
 * @param {string} typed or pasted text
 * @returns {string[]} its words; numbers, commas and line ends between them do not count
 */
export function splitWords(typed) {
  return typed.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== "");
}

/**
 * @param {string[]} list sorted
 * @param {string} word
 * @returns {number} place of the first entry that is not before `word`
 */
function firstFrom(list, word) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? "") < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
