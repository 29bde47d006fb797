# SPDX-License-Identifier: EUPL-1.2
"""How long it takes to judge many cases: what an overview of a desk asks of every case that it shows."""

import gc
import json
import re
from datetime import date, timedelta
from itertools import islice
from time import process_time
from typing import NamedTuple

from casework.domain.case.event_json import entry_from_json, event_to_json
from casework.domain.case.events import CaseClosed, Entry, Unread
from casework.domain.case.fold import fold
from casework.domain.case.state import Case
from casework.domain.judge.assess import assess
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import shipped_protocols
from support.scenario import walked
from support.scenario_roads import ROADS

EVENTS = 20
SPREAD = 730
"""Days over which the cases began."""
_DAY = re.compile(r"\b2\d{3}-\d\d-\d\d\b")
_TODAY = date(2027, 12, 1)


class Log(NamedTuple):
    """The protocol that a case follows, and its entries."""

    protocol: InvestigationProtocol
    entries: list[Entry]


class Judged(NamedTuple):
    """Processor seconds: to judge cases of which only the events are at hand, and again on the next day."""

    cold: float
    next_day: float


def logs(count: int) -> list[Log]:
    """Return so many different cases of EVENTS events: every long enough road of every protocol, on many days."""
    protocols = shipped_protocols()
    books = [walked(protocols[name], road) for name, roads in ROADS.items() for road in roads.values()]
    long = [book for book in books if len(book.entries) >= EVENTS and not _ends_half(book.entries)]
    days = -(-count // len(long))
    shifts = (timedelta(days=place * SPREAD // days) for place in range(days))
    made = (Log(book.protocol, _later(book.entries[:EVENTS], by)) for by in shifts for book in long)
    return list(islice(made, count))


def judge(found: list[Log]) -> Judged:
    """Judge all cases on one day and on the next."""
    # The logs are at hand in either measurement; only what judging itself leaves is collected.
    gc.collect()
    gc.freeze()
    started = process_time()
    cases = [(log.protocol, fold(log.entries)) for log in found]
    for protocol, case in cases:
        _look(protocol, case, _TODAY)
    once = process_time()
    for protocol, case in cases:
        _look(protocol, case, _TODAY + timedelta(days=1))
    return Judged(once - started, process_time() - once)


def _look(protocol: InvestigationProtocol, case: Case, today: date) -> None:
    judged = assess(protocol, case, today)
    assert not judged.void
    assert not judged.irregular
    _ = judged.clocks, judged.overdue, judged.next_due, judged.to_do


def _ends_half(entries: list[Entry]) -> bool:
    """Say whether so many events would part the record of the closing step from the closing that goes with it."""
    return any(isinstance(entry.event, CaseClosed) for entry in entries[EVENTS : EVENTS + 1])


def _later(entries: list[Entry], by: timedelta) -> list[Entry]:
    return [_entry_later(entry, by) for entry in entries]


def _entry_later(entry: Entry, by: timedelta) -> Entry:
    assert not isinstance(entry.event, Unread)
    text = _DAY.sub(lambda day: (date.fromisoformat(day[0]) + by).isoformat(), json.dumps(event_to_json(entry.event)))
    return entry_from_json(entry.seq, entry.day + by, entry.author, json.loads(text))
