// SPDX-License-Identifier: EUPL-1.2
/** A tool that knows nothing of this project: locks standard input to the recipients in a file like `recipients.txt`. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";

import { Encrypter } from "age-encryption";

const lines = (await readFile(String(process.argv[1]), "utf8")).split("\n");
const encrypter = new Encrypter();
for (const line of lines) {
  if (line !== "" && !line.startsWith("#")) encrypter.addRecipient(line);
}
process.stdout.write(await encrypter.encrypt(await buffer(process.stdin)));
