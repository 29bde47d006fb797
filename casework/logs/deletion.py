# SPDX-License-Identifier: EUPL-1.2
"""The reporter's deletion of a mailbox, as members verify it (FORMAT.md section 7.7).

The intake cannot tell whether the reporter signed it. Members can, and only a deletion that the reporter signed
excuses the intake for an entry that is not there any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import IncidentError
from casework.folder.vault import LogEntry
from crypto.answers import Record
from crypto.deletion import Deletion, check_named, is_deletion, verify_deletion
from crypto.errors import FormatError
from crypto.logs import HASH_LENGTH, ZERO_HEAD, Frame, parse_frame


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deletion that the reporter signed, at its place."""

    place: int
    deletion: Deletion
    statement: str
    """As it was signed, JSON."""


def has_deletion(mailbox: str, entries: Sequence[LogEntry | Record]) -> bool:
    """Tell whether one of the entries is gone, or says that others are."""
    return any(len(entry.frame) == HASH_LENGTH or _deleting(mailbox, entry) for entry in entries)


def deletions(mailbox: str, desk: str, entries: Sequence[LogEntry | Record], sign_key: bytes) -> list[Deleted]:
    """Return the reporter's deletions in a mailbox, of which ``entries`` is the beginning.

    Raises:
        IncidentError: an entry says so, and the reporter did not sign it, or it names other entries than all replies.
    """
    try:
        return [
            _verified(desk, entries[:place], entry.seq, frame, sign_key)
            for place, entry in enumerate(entries)
            if (frame := _deleting(mailbox, entry))
        ]
    except FormatError as error:
        raise IncidentError(
            "An entry says that the reporter deleted the mailbox, but the reporter did not sign that, or it names "
            "other entries than your replies. Everything that was read before is kept. Tell the other members and "
            "the desk's contact."
        ) from error


def _verified(desk: str, before: Sequence[LogEntry | Record], seq: int, frame: Frame, sign_key: bytes) -> Deleted:
    prev = before[-1].head if before else ZERO_HEAD
    deletion = verify_deletion(frame, desk, seq, prev, sign_key)
    check_named(deletion, ((entry.seq, entry.frame) for entry in before))
    return Deleted(seq, deletion, frame.parts[0].decode())


def _deleting(mailbox: str, entry: LogEntry | Record) -> Frame | None:
    """Return the frame of an entry in the place of a deletion, or None for another."""
    try:
        frame = parse_frame(entry.frame, mailbox)
    except FormatError:
        return None
    return frame if is_deletion(frame) else None
