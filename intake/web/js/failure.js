// SPDX-License-Identifier: EUPL-1.2
/** Why a call of `client.js` failed. */

/**
 * @typedef {"network" | "signature" | "unknown" | "closed" | "recipients" | "head" | "slow_down" | "busy" | "file" |
 *   "too_large" | "quota" | "malformed" | "desk" | "history" | "words" | "internal"} Code
 * - `network` no answer, or none that is the intake's; the request may have arrived, a retry is safe
 * - `signature` the intake refused the day: the clock of this device is wrong
 * - `unknown` no such desk, or no mailbox for these words
 * - `closed` the desk takes no new reports
 * - `recipients` who would read it has changed since it was shown, nothing was sent: call `openDesk` (for a message
 *   `openMailbox`) again, show who reads now, then try again
 * - `head` the mailbox kept moving: try again
 * - `slow_down` wait `retryAfter` seconds; nothing was stored
 * - `busy` nothing was stored, try again
 * - `file` a file of the committee is not there, not whole, or another than it signed
 * - `too_large` the text is too long for one message
 * - `quota` the files together are more than this mailbox can take; nothing was stored, the text can go without them
 * - `malformed` the intake refused the form of it, or answered in another form: page and intake differ in version
 * - `desk` what the server shows is not the desk of this address (or is old or expired): do not go on
 * - `history` the entries that the server shows do not follow from each other: something was changed or withheld
 * - `words` not eight words of one list
 * - `internal` a fault in this page
 */

/** Why a call failed. `detail` is English and technical, for a details line; it holds no secret. */
export class ClientError extends Error {
  /**
   * @param {Code} code
   * @param {string} detail
   * @param {number | null} retryAfter seconds, with `slow_down`
   */
  constructor(code, detail, retryAfter = null) {
    super(detail);
    this.name = "ClientError";
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}
