# SPDX-License-Identifier: EUPL-1.2
"""A reporter's deletion of the mailbox (FORMAT.md section 7.7): what it may name, and what goes with it.

Its signature only members can verify; who may send it, the login decides. So what it names is checked here as if it
came from an enemy: replies go, and nothing that opens a case or that the reporter wrote.
"""

from collections.abc import Iterable, Iterator

from crypto.deletion import Deletion, check_named, parse_deletion
from crypto.errors import FormatError
from crypto.logs import Frame, parse_frame
from intake.blobstore.interface import BlobStore
from intake.errors import Refusal
from intake.store.interface import Store
from intake.store.records import Access, Deletes, Entry


def read_deletion(frame: Frame, access: Access) -> Deletion:
    """Return the deletion in an entry at the end of its log.

    Raises:
        Refusal: ``malformed``.
    """
    try:
        return parse_deletion(frame, access.desk, access.length + 1, access.head)
    except FormatError as error:
        raise Refusal("malformed", str(error)) from error


def deletes_of(deletion: Deletion, written: Iterable[Entry]) -> Deletes:
    """Return what a deletion takes away of what the committee wrote before it; errors as `read_deletion`.

    ``written`` are the log's entries of `Scope.WRITTEN`. However many they are, no frame is kept.
    """
    named = frozenset(deletion.of)
    blobs: list[str] = []

    def frames() -> Iterator[tuple[int, bytes]]:
        for entry in written:
            if entry.seq in named:
                blobs.extend(claim.blob for claim in parse_frame(entry.frame, deletion.log).meta.claims)
            yield entry.seq, entry.frame

    try:
        check_named(deletion, frames())
    except FormatError as error:
        raise Refusal("malformed", str(error)) from error
    return Deletes(deletion.of, tuple(blobs))


def remove_gone(store: Store, blobs: BlobStore, gone: Iterable[str]) -> None:
    """Remove the parts of deleted blobs, and then forget the blobs."""
    for blob in gone:
        blobs.remove(blob)
        store.forget_blob(blob)
