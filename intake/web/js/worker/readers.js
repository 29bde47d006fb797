// SPDX-License-Identifier: EUPL-1.2
/** Nothing is sealed to somebody whom the page has not shown as a reader: they may be the one it is about. */
import { ClientError } from "../client.js";

/**
 * @param {readonly import("../../../../crypto/js/epochs.js").Epoch[]} epochs of those who would read it
 * @param {readonly string[]} shown member ids
 * @throws {ClientError} `recipients`
 */
export function checkReaders(epochs, shown) {
  if (epochs.length === 0) throw new ClientError("recipients", "nobody is left who could read this");
  if (!epochs.every(({ member }) => shown.includes(member))) {
    throw new ClientError("recipients", "somebody would read this who was not shown as a reader");
  }
}
