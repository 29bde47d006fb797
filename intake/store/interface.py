# SPDX-License-Identifier: EUPL-1.2
"""What the intake asks of a store. `sql.py` is the implementation, over SQLite and PostgreSQL.

Every write is durable when its method returns. No method's work grows with the number of
desks, mailboxes or entries, other than those it returns.
"""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from intake.errors import IntakeError
from intake.store.records import Access, Blob, DeskHistory, DeskRecord, Entry, EpochRecord, Letter, NewEntry, Place


class StoreError(IntakeError):
    """The store did not do this; never raised directly."""


class HeadMovedError(StoreError):
    """The log's head is not the one that the entry follows; nothing was stored."""


class ConflictError(StoreError):
    """Such a thing is there already, different; nothing was stored."""


class FullError(StoreError):
    """As much waits there as may; nothing was stored."""


class BusyError(StoreError):
    """The store did not answer in time, or is full; try again."""


class DamagedError(StoreError):
    """The database's file is not whole, or is something else."""


class VersionError(StoreError):
    """The database has another schema than this program."""


class Store(Protocol):
    """The intake's only memory. All methods may raise `BusyError`."""

    def ping(self) -> None:
        """Return when the store answers."""

    def put_desk(self, record: DeskRecord) -> None:
        """Add a desk, or a newer version; `desk` no longer gives an older one and its epochs, `history` does.

        Raises:
            ConflictError: this or a newer version is there already, or the short name is another desk's.
        """

    def put_epoch(self, record: EpochRecord, today: date) -> bool:
        """Add an epoch, forget those that no entry needs; False when the same bytes were there already.

        Raises:
            ConflictError: the member has two whose sealing days are not over, or eight in all, for this version; or
                the same one is there in other bytes.
        """

    def revision(self, desk: str) -> int | None:
        """Return a number that changes with each change of the desk, or None for no such desk."""

    def desk(self, desk: str, from_day: date) -> DeskRecord | None:
        """Return a desk with the epochs that can be sealed to on ``from_day`` or later."""

    def desks(self, limit: int) -> list[DeskRecord]:
        """Return at most ``limit`` desks, without epochs, in the order of their ids."""

    def history(self, desk: str, today: date) -> DeskHistory | None:
        """Return every document and epoch of a desk that an entry may still need, or None for no such desk."""

    def desk_named(self, short: str) -> str | None:
        """Return the id of the desk with this short name."""

    def is_member(self, desk: str, identity: bytes) -> bool:
        """Return whether an identity key is that of a member of the desk's newest document."""

    def mailboxes(self, desk: str, since: date, after: str, limit: int) -> list[tuple[date, str]]:
        """Return day and id of at most ``limit`` mailboxes in the order of both, from ``since`` on.

        Those of the day ``since`` itself only when their id comes after ``after``; empty: all.
        """

    def access(self, log: str, key: bytes) -> Access | None:
        """Return what ``key`` is to ``log``; None when there is no such log. One query in every case."""

    def append(self, entry: NewEntry) -> None:
        """Store an entry, and delete what it deletes; of several for one place exactly one succeeds.

        Raises:
            HeadMovedError: the log's head is another one, or a first entry is there.
            ConflictError: the new committee login is a login of this log already, or a blob is claimed already.
        """

    def placed(self, log: str, prev: bytes | None, frame_hash: bytes) -> Place | None:
        """Return where a frame stands that was appended after ``prev`` (None: as first entry), if it was."""

    def entries(self, log: str, after: int, upto: int, scope: str) -> Iterator[Entry]:
        """Yield the entries ``after`` < seq <= ``upto`` in order, reading no further than is taken."""

    def blob(self, blob: str, key: bytes) -> Blob | None:
        """Return a blob if ``key`` is a login of its log. One query in every case."""

    def part_arrived(self, blob: str, number: int, length: int) -> bool:
        """Note that a part of a blob, ``length`` bytes, is there; once more changes nothing. False: it was deleted."""

    def gone_blobs(self) -> list[str]:
        """Return the deleted blobs whose parts may still be there; looks at every blob."""

    def forget_blob(self, blob: str) -> None:
        """Forget a deleted blob whose parts were removed."""

    def awaited(self, today: date) -> int:
        """Return the bytes of blobs that were claimed today or yesterday and are not there yet."""

    def announce_letter(self, letter: Letter, most: int, most_bytes: int) -> None:
        """Take room for a letter, whose parts come next; once more takes no more, and gives what is not whole its day.

        Raises:
            FullError: its desk would have more than ``most`` letters, or more than ``most_bytes`` of them.
        """

    def letter_arrived(self, letter: str) -> bool:
        """Note that all parts of an announced letter are there; False when it was forgotten meanwhile."""

    def letter(self, letter: str) -> Letter | None:
        """Return a letter that was announced, or None."""

    def letters(self, desk: str, today: date) -> list[Letter]:
        """Return a desk's whole letters that some key may still open, in the order of their ids."""

    def open_letter(self, letter: str, key: bytes, frame: bytes) -> bool:
        """Keep a member's grant of a case for a letter, behind those of others; False when these bytes were there.

        Raises:
            ConflictError: this member's grant is there in other bytes, or the letter is gone.
        """

    def letter_openings(self, letter: str) -> list[bytes]:
        """Return the grants for a letter in the order in which they came."""

    def stale_letters(self, today: date, limit: int) -> list[str]:
        """Return at most ``limit`` letters that no key opens any more, or that did not come whole by yesterday."""

    def forget_letter(self, letter: str) -> None:
        """Delete a letter and its grants; its parts are gone before."""

    def close(self) -> None:
        """Let go of all connections."""
