# SPDX-License-Identifier: EUPL-1.2
"""What the intake asks of a place for the parts of blobs. `files.py` is the implementation, on the file system.

Which blobs there are, how long they are and who may see them, the store knows (`intake.store.interface`); here are
sealed bytes under an id and a number. No method's work grows with the number of blobs or of their parts.
"""

from typing import Protocol

from intake.errors import IntakeError


class PartTakenError(IntakeError):
    """The part is there already, in other bytes; nothing was stored."""


class BlobStore(Protocol):
    """Parts of blobs. Ids and numbers are checked by the caller."""

    def put(self, blob: str, number: int, part: bytes) -> bool:
        """Store a part, durably when this returns; of several for one place the first stays.

        Returns False when the same bytes were there.

        Raises:
            PartTakenError: other bytes are there.
            BusyError: there is no room, or the blob is being removed.
        """

    def remove(self, blob: str) -> None:
        """Delete all parts, those too that come meanwhile, durably when this returns; once more changes nothing."""

    def get(self, blob: str, number: int) -> bytes | None:
        """Return a part, or None when it is not there."""
