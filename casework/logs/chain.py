# SPDX-License-Identifier: EUPL-1.2
"""Follows the chain of a log's heads: pure, and the only way from the intake's word to a `LogEntry`.

A head commits to every byte before it (FORMAT.md section 4.2), so a swapped, dropped or reordered frame
shows here as `IncidentError`, whatever it contains.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from casework.errors import IncidentError
from casework.folder.vault import EMPTY_LOG, LogEntry, LogState
from crypto.answers import Page, Record
from crypto.logs import HASH_LENGTH, hash_of, head

_AHEAD = timedelta(days=1)


_NONE: AbstractSet[int] = frozenset()


def follow(log: str, known: LogState, page: Page, today: date, deleted: AbstractSet[int] = _NONE) -> list[LogEntry]:
    """Return the page's entries after checking that they continue `known` and end in the page's head.

    Of those whose places are `deleted`, which the caller verified, only the hash may be left.

    Raises:
        IncidentError: a head does not fit, an entry is missing, the log became shorter, or a day is yet to come.
    """
    entries: list[LogEntry] = []
    state = known
    for record in page.records:
        entry = _next(log, state, record, today, deleted)
        entries.append(entry)
        state = LogState(entry.seq, entry.head)
    if state != LogState(page.length, page.head):
        raise IncidentError(
            "The intake withholds entries of a log, or shows another history than before. Everything that was "
            "read before is kept. Tell the other members and compare."
        )
    return entries


def first_entry(log: str, records: Sequence[Record], today: date) -> LogEntry:
    """Return the first entry of a log, which stands on its own.

    Raises:
        IncidentError: it is not there, does not have the head that the intake gives, or its day is yet to come.
    """
    if not records:
        raise IncidentError("The intake lists a mailbox and shows no entry of it. Nothing was lost; sync again later.")
    return _next(log, EMPTY_LOG, records[0], today, _NONE)


def is_whole(known: LogState, records: Iterable[Record], length: int) -> bool:
    """Tell whether the records are every entry after `known`: a retired login does not see them all."""
    return [record.seq for record in records] == list(range(known.length + 1, length + 1))


def _next(log: str, state: LogState, record: Record, today: date, deleted: AbstractSet[int]) -> LogEntry:
    expected = head(log, state.length + 1, state.head, hash_of(record.frame))
    is_missing = len(record.frame) == HASH_LENGTH and record.seq not in deleted
    if is_missing or record.seq != state.length + 1 or record.head != expected:
        raise IncidentError(
            "The intake shows an altered, missing or moved entry in a log. Everything that was read before is kept. "
            "Tell the other members and the desk's contact."
        )
    if record.day - today > _AHEAD:
        raise IncidentError(
            "The intake says that an entry arrived on {day}, which is yet to come. Everything that was read before is "
            "kept. Check the date of this device; if it is right, tell the desk's contact.",
            day=record.day,
        )
    return LogEntry(record.seq, record.day, expected, record.frame)
