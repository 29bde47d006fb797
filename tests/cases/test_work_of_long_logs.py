# SPDX-License-Identifier: EUPL-1.2
"""A case with very many entries takes work in proportion to them, so that no log keeps a desk from its other cases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from casework.domain.case.events import Entry, Record, RecordValue, StepCompleted
from casework.domain.case.fold import fold
from casework.domain.judge.assess import assess
from support.casebook import ANNA, PROTOCOL, D, filled_in
from support.scenario import walked

START = D("2026-11-26")


class Reads:
    """How often judging looked into a record."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, record: Record) -> Record:
        return _Read(self, record)


class _Read(dict[str, RecordValue]):
    def __init__(self, reads: Reads, record: Record) -> None:
        super().__init__(record)
        self._reads = reads

    def get(self, *given: object) -> object:  # type: ignore[override]
        self._reads.count += 1
        return super().get(*given)  # type: ignore[call-overload]


def done(step: str, option: str, place: int) -> StepCompleted:
    on = (START + timedelta(days=place)).isoformat()
    return StepCompleted(step, filled_in(PROTOCOL.steps[step].record, option, on), option)


def reads(step: str, option: str, count: int) -> int:
    """How often judging reads a case in which a step was done so many times, a day apart."""
    found = Reads()
    entries = walked(PROTOCOL, "acknowledge A01 declare A02 A03=vooronderzoek").entries
    entries += _counted(found, [done(step, option, place) for place in range(count)], len(entries))
    judged = assess(PROTOCOL, fold(entries), START + timedelta(days=count))
    assert judged.steps
    assert judged.clocks
    assert not judged.irregular
    return found.count


def _counted(found: Reads, events: list[StepCompleted], after: int) -> Iterator[Entry]:
    for place, made in enumerate(events):
        seen = StepCompleted(made.step, found.of(made.record), made.option)
        yield Entry(after + place, START + timedelta(days=place), ANNA, seen)


@pytest.mark.parametrize("step,option", [("A10", "uitgesteld"), ("A03", "vooronderzoek")])
def test_twice_as_many_entries_take_at_most_twice_the_work(step: str, option: str) -> None:
    once, twice = reads(step, option, 100), reads(step, option, 200)
    assert once > 100
    assert twice <= 2 * once
