// SPDX-License-Identifier: EUPL-1.2
/** Hands a file to the browser to save. It never opens here: what is in it may be hostile. */

/** Letters that a name can lie with: control and direction marks, and separators of folders. */
const UNFIT = /[\p{C}/\\:]/gu;

/**
 * @param {Blob} file
 * @param {string} name
 */
export function saveFile(file, name) {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replace(UNFIT, "_");
  link.click();
  URL.revokeObjectURL(address);
}
