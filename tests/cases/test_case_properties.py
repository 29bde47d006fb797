# SPDX-License-Identifier: EUPL-1.2
"""What holds for every sequence of accepted commands, under every protocol, whatever members try."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casework.domain.case.disclosures import is_reviewed
from casework.domain.case.event_json import entry_from_json, event_to_json
from casework.domain.case.events import CaseClosed, DeviationRecorded, Entry, Event, StepCompleted
from casework.domain.case.fold import extend, fold
from casework.domain.case.state import Case
from casework.domain.judge.assess import Assessment, assess
from casework.domain.judge.views import StepState
from casework.domain.terms.term import ClockStatus
from support.casebook import REPORT, Casebook
from support.scenario_commands import LAST_DAY_OF_A_ROAD, casebooks, each_is_a_case, protocol_of

BOOKS = casebooks()
FINAL = {ClockStatus.MET_ON_TIME, ClockStatus.MET_LATE, ClockStatus.EXCUSED}


def before_each(book: Casebook, kind: type[Event]) -> list[tuple[Entry, Case]]:
    """Each event of a kind, and the case as it was then."""
    return [(entry, fold(book.entries[: entry.seq])) for entry in book.entries if isinstance(entry.event, kind)]


def judged_then(entry: Entry, before: Case) -> Assessment:
    return assess(protocol_of(before), before, entry.day)


@each_is_a_case
@given(BOOKS)
def test_what_was_accepted_is_never_void_or_irregular(book: Casebook) -> None:
    assert not book.case.void
    assert not book.judged("2027-12-31").irregular


@each_is_a_case
@given(BOOKS)
def test_no_member_acts_after_exclusion_nor_completes_steps_with_an_interest(book: Casebook) -> None:
    for entry in book.entries:
        before = fold(book.entries[: entry.seq])
        assert entry.author not in before.excluded
        if isinstance(entry.event, StepCompleted):
            declared = before.declarations.get(entry.author)
            asks = "author_declared" in protocol_of(before).steps[entry.event.step].guards
            assert not (declared and declared.conflict)
            assert declared or not asks


@each_is_a_case
@given(BOOKS)
def test_steps_are_completed_in_their_turn_and_past_their_guards(book: Casebook) -> None:
    for entry, before in before_each(book, StepCompleted):
        assert isinstance(entry.event, StepCompleted)
        judged = judged_then(entry, before)
        view = judged.step(entry.event.step)
        assert view.can_be_done
        past = {StepState.DONE, StepState.LEFT_OUT, StepState.OPEN, StepState.BLOCKED}
        if judged.exit and book.protocol.exits[judged.exit].leaves:
            past.add(StepState.LATER)
        assert all(judged.step(other).state in past for other in view.step.after)
        if "acknowledged" in view.step.guards:
            assert all(report.acknowledged or report.deleted for report in before.reports.values())
        if "no_hold" in view.step.guards:
            assert not before.holds


@each_is_a_case
@given(BOOKS)
def test_no_step_of_the_law_is_left_out_nor_one_whose_turn_it_is_not(book: Casebook) -> None:
    for entry, before in before_each(book, DeviationRecorded):
        assert isinstance(entry.event, DeviationRecorded)
        view = judged_then(entry, before).step(entry.event.step)
        assert view.step.clock is None
        assert not view.step.closes
        assert view.state in (StepState.OPEN, StepState.BLOCKED) or view.may_repeat


@each_is_a_case
@given(BOOKS)
def test_no_case_closes_with_something_owed_to_the_reporter_or_still_to_do(book: Casebook) -> None:
    for entry, before in before_each(book, CaseClosed):
        closing = protocol_of(before).closing
        left = [view.step.id for view in judged_then(entry, before).to_do if not view.step.optional]
        assert set(left) <= {closing.id, *closing.next}
        report = before.reports[REPORT]
        assert report.final_feedback or report.feedback_impossible
        assert not before.unplaced
        assert all(is_reviewed(disclosure) for disclosure in before.disclosures.values())


@each_is_a_case
@given(BOOKS)
def test_any_prefix_replays_alike_also_from_its_json(book: Casebook) -> None:
    growing = Case()
    for entry in book.entries:
        extend(growing, entry)
        assert isinstance(entry.event, Event)
        again = entry_from_json(entry.seq, entry.day, entry.author, event_to_json(entry.event))
        assert again == entry
        prefix = fold(book.entries[: entry.seq + 1])
        assert prefix == growing
        assert assess(book.protocol, prefix, entry.day) == assess(book.protocol, growing, entry.day)


def states(judged: Assessment) -> dict[str, StepState]:
    return {view.step.id: view.state for view in judged.steps}


@each_is_a_case
@given(BOOKS, st.lists(st.integers(0, 1200), min_size=2, max_size=5))
def test_a_later_day_undoes_nothing_and_forgives_nothing(book: Casebook, days: list[int]) -> None:
    on = [(LAST_DAY_OF_A_ROAD + timedelta(days=day)).isoformat() for day in sorted(days)]
    for earlier, later in pairwise(book.judged(day) for day in on):
        assert states(earlier) == states(later)
        assert earlier.flags == later.flags
        assert [clock.term for clock in earlier.owed] == [clock.term for clock in later.owed]
        assert {clock.term for clock in earlier.overdue} <= {clock.term for clock in later.overdue}
        settled = [clock for clock in earlier.clocks if clock.status in FINAL]
        assert [(c.term, c.status) for c in settled] == [(c.term, c.status) for c in later.clocks if c.status in FINAL]
