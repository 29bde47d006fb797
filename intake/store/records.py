# SPDX-License-Identifier: EUPL-1.2
"""What the intake gives a store and gets from it. All ids and keys are unverified here."""

from dataclasses import dataclass
from datetime import date

from crypto.logs import Claim, blob_parts


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """A desk as the operator added it, and the epochs of that version."""

    desk: str
    short: str | None
    """Name that redirects to the desk's page."""
    revision: int
    """Grows with each change of document or epochs."""
    version: int
    document_hash: bytes
    document: bytes
    """The signed statement, JSON."""
    successions: bytes = b"[]"
    """JSON list of signed statements, oldest first."""
    identities: tuple[bytes, ...] = ()
    """Identity keys of the members; filled in for writing only."""
    epochs: tuple[bytes, ...] = ()
    """Signed statements of the newest version whose sealing days are not over."""


@dataclass(frozen=True, slots=True)
class EpochRecord:
    """A member's epoch, verified by the caller."""

    epoch: bytes
    """The epoch id, 32 bytes."""
    desk: str
    member: str
    desk_version: int
    seal_until: date
    statement: bytes


@dataclass(frozen=True, slots=True)
class DeskHistory:
    """What a desk was; the fields are those of `DeskRecord`."""

    revision: int
    successions: bytes
    documents: tuple[bytes, ...]
    """Signed statements, oldest first: the newest 100 versions."""
    epochs: tuple[bytes, ...]
    """Signed statements of whatever version, until eight weeks after their last sealing day."""


@dataclass(frozen=True, slots=True)
class Access:
    """What one key is to one log, at one moment."""

    kind: str
    desk: str
    length: int
    head: bytes
    login: str | None
    """``reporter`` or ``committee``, or None when the key is no login of the log."""
    retired: bool
    """A committee login that a later one replaced (FORMAT.md section 7.4), or the reporter's after a deletion (7.7)."""
    member: bool
    """The key is the identity key of a member of the log's desk."""
    claimed: int
    """Bytes of all blobs that the login's side of the log has claimed; 0 when the key is no login."""


@dataclass(frozen=True, slots=True)
class NewLog:
    """The keys that a first entry brings (FORMAT.md section 4.1, ``open``)."""

    kind: str
    desk: str
    login: bytes
    committee_login: bytes | None


@dataclass(frozen=True, slots=True)
class Deletes:
    """What a reporter's deletion takes away, besides the reporter's login."""

    replies: tuple[int, ...]
    """Places of entries of which the hash is kept."""
    blobs: tuple[str, ...]
    """The blobs that those claimed."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One append, checked by the caller."""

    log: str
    seq: int
    prev: bytes
    """head(seq - 1): the append happens only if the log still has it."""
    head: bytes
    by: str
    """``reporter``, ``committee`` or ``member``."""
    day: date
    frame: bytes
    frame_hash: bytes
    open: NewLog | None = None
    committee_login: bytes | None = None
    claims: tuple[Claim, ...] = ()
    """Blobs that the entry's side claims."""
    deletes: Deletes | None = None


@dataclass(frozen=True, slots=True)
class Blob:
    """A claimed blob, and what one key is to its log."""

    size: int
    side: str
    """Who claimed it: ``reporter`` or ``committee``."""
    login: str
    """What the key is: ``reporter`` or ``committee``."""
    retired: bool
    arrived: int
    """A bit for each part that is there, part 1 the lowest."""

    @property
    def parts(self) -> int:
        """How many parts it has."""
        return blob_parts(self.size)

    def has(self, number: int) -> bool:
        """Return whether a part, counted from 1, is there."""
        return bool(self.arrived >> (number - 1) & 1)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, whose parts lie where those of blobs do."""

    letter: str
    """Its id, a hash of its desk and its bytes."""
    desk: str
    day: date
    """Of arrival."""
    until: date
    """The last key that may open it is destroyed on this day."""
    size: int
    whole: bool = False
    """All its parts are there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands."""

    seq: int
    head: bytes
    day: date


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was stored."""

    seq: int
    head: bytes
    by: str
    day: date
    frame: bytes
    """Of a deleted one only its SHA-256."""


class Scope:
    """Which entries are wanted, or may be seen: names of `Store.entries`' argument ``scope``."""

    ALL = "all"
    FIRST = "first"
    LOGINS = "logins"
    """The first entry and those that set a committee login."""
    WRITTEN = "written"
    """What the committee wrote and sets no login: among them all its replies."""
