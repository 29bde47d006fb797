# SPDX-License-Identifier: EUPL-1.2
"""A case that somebody looked at before: another day shows what a first look on that day would, for less work."""

from datetime import date

import pytest

from casework.domain.case.fold import fold
from casework.domain.judge import standing
from casework.domain.judge.assess import Assessment, assess
from casework.protocols import shipped_protocols
from support.casebook import ANNA, D
from support.scenario import walked
from support.scenario_roads import ROADS

ALL = [(protocol, name) for protocol, roads in ROADS.items() for name in roads]
DAYS = [D(day) for day in ("2026-11-24", "2026-12-01", "2027-02-24", "2028-06-06")]
LOOKS = [(day, by) for day in DAYS + DAYS[::-1] for by in (ANNA, None)]


def says(judged: Assessment) -> tuple[object, ...]:
    return judged.clocks, judged.overdue, judged.steps, judged.to_do, judged.reports


@pytest.mark.parametrize("protocol,road", ALL)
def test_a_later_look_shows_what_a_first_look_would(protocol: str, road: str) -> None:
    book = walked(shipped_protocols()[protocol], ROADS[protocol][road])
    for entries in (book.entries[:6], book.entries[:12], book.entries):
        case = fold(entries)
        for day, by in LOOKS:
            first = assess(book.protocol, fold(entries), day, by=by)
            assert says(assess(book.protocol, case, day, by=by)) == says(first)


def test_the_clocks_of_the_steps_are_read_once_for_as_long_as_nothing_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[date] = []
    monkeypatch.setattr(standing, "step_clock", lambda *given: read.append(given[3]))
    book = walked(shipped_protocols()["A_ambtenaren"], next(iter(ROADS["A_ambtenaren"].values())))
    case = fold(book.entries)
    read.clear()
    for day in DAYS:
        _ = assess(book.protocol, case, day).clocks
    assert set(read) == {DAYS[0]}
