# SPDX-License-Identifier: EUPL-1.2
"""What the kinds of vectors about blobs do; ``crypto/vectors/README.md`` describes them."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from crypto import blob, records
from crypto.age import Start
from crypto.encoding import b64decode, b64encode

Inputs = dict[str, Any]
Result = dict[str, Any]
PIECE = 1000


def blob_length(inputs: Inputs) -> Result:
    return {"length": blob.blob_length(inputs["stanzas"], inputs["size"])}


def seal_blob(inputs: Inputs) -> Result:
    file = inputs["unit"].encode() * inputs["times"]
    start = Start(b64decode(inputs["key"]), b64decode(inputs["head"]))
    digest, hashes, length = blob.BlobHash(), [], 0
    for part in blob.seal_blob(BytesIO(file), len(file), start):
        digest.update(part)
        hashes.append(b64encode(sha256(part).digest()))
        length += len(part)
    return {"length": length, "parts": hashes, "root": b64encode(digest.root())}


def open_blob(inputs: Inputs) -> Result:
    [attachment] = records.ATTACHMENTS([inputs["attachment"]])
    data = b64decode(inputs["blob"])
    pieces = (data[place : place + PIECE] for place in range(0, len(data), PIECE))
    return {"file": b64encode(b"".join(blob.open_blob(pieces, attachment)))}
