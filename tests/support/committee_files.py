# SPDX-License-Identifier: EUPL-1.2
"""Files that a committee sends with a reply: sealed to the reporter before the reply is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from crypto.age import new_start
from crypto.blob import BlobHash, new_attachment, seal_blob
from crypto.records import Attachment


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file's record, with its root, and the parts of its blob."""

    record: Attachment
    parts: tuple[bytes, ...]


def seal_files(files: Sequence[tuple[str, bytes]], reply_to: str) -> list[SealedFile]:
    """Seal files, each a name and its content, to one reporter."""
    return [_seal(name, content, reply_to) for name, content in files]


def _seal(name: str, content: bytes, reply_to: str) -> SealedFile:
    start = new_start([reply_to])
    hashed = BlobHash()
    parts = tuple(seal_blob(BytesIO(content), len(content), start))
    for part in parts:
        hashed.update(part)
    record = new_attachment(name, "application/pdf", len(content), start)
    return SealedFile(replace(record, root=hashed.root()), parts)
