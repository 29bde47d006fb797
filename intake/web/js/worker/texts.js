// SPDX-License-Identifier: EUPL-1.2
/** What people typed, on its way into a payload (FORMAT.md sections 1.1 and 1.4). */
import { ClientError } from "../client.js";
import { charactersOver } from "../ui/length.js";

const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * @param {Record<string, string>} answers
 * @returns {Record<string, string>} half characters, which a broken paste may leave, are replaced by U+FFFD
 */
export function cleaned(answers) {
  return Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, text.replace(LONE_SURROGATES, "\ufffd")]));
}

/** @param {Record<string, string>} answers @throws {ClientError} `too_large` */
export function checkSize(answers) {
  if (charactersOver(answers) > 0) throw new ClientError("too_large", "the texts together are too long for one message");
}

/**
 * @template T
 * @param {() => Promise<T>} seal
 * @returns {Promise<T>}
 * @throws {ClientError} `too_large` when the texts together do not fit into one frame
 */
export async function sealing(seal) {
  try {
    return await seal();
  } catch (error) {
    if (error instanceof RangeError) throw new ClientError("too_large", "the texts together are too long for one message");
    throw error;
  }
}
