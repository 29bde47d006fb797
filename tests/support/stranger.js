// SPDX-License-Identifier: EUPL-1.2
/** A tool that knows nothing of this project: opens an age file on standard input with the identity in its argument. */
import { buffer } from "node:stream/consumers";

import { Decrypter } from "age-encryption";

const decrypter = new Decrypter();
decrypter.addIdentity(String(process.argv[1]));
process.stdout.write(await decrypter.decrypt(await buffer(process.stdin)));
