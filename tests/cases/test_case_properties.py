# SPDX-License-Identifier: EUPL-1.2
"""What holds for every sequence of accepted commands, whatever members try."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.domain.case.commands import (
    AddNote,
    Command,
    CompleteStep,
    DeclareConflict,
    DiscloseInDanger,
    ExcludeMember,
    JoinCases,
    LiftHold,
    PlaceHold,
    PlaceMessage,
    RecordDeviation,
    ReopenCase,
    ReopenStep,
    ReviewDisclosure,
    SplitCase,
    UndoJoining,
    WriteMessage,
)
from casework.domain.case.event_json import entry_from_json, event_to_json
from casework.domain.case.events import CaseClosed, Entry, Event, StepCompleted
from casework.domain.case.fold import extend, fold
from casework.domain.case.parts import part_report
from casework.domain.case.state import Case
from casework.domain.errors import Refused
from casework.domain.judge.assess import Assessment, assess
from casework.domain.judge.decide import decide
from casework.domain.judge.views import StepState
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, BRAM, CARLA, PROTOCOL, REPORT, Casebook, D, filled_in, web_report

DAY_ONE = D("2026-11-21")
MEMBERS = st.sampled_from((ANNA, ANNA, ANNA, BRAM, CARLA))
PART = part_report(web_report(), "case-9", "What the report says of the second person.")
STARTS: tuple[Callable[[], Casebook], ...] = (
    Casebook,
    lambda: Casebook().through_conflict_check(),
    lambda: Casebook().through_conflict_check().dismissed(),
    lambda: Casebook(PART),
    lambda: Casebook(PART).through_conflict_check().dismissed(),
)
FINAL = {ClockStatus.MET_ON_TIME, ClockStatus.MET_LATE, ClockStatus.EXCUSED}


def completions(draw: st.DrawFn, book: Casebook, by: str) -> Command:
    """Mostly a step whose turn it is, so that sequences get somewhere."""
    turn = [view.step.id for view in book.judged("2026-11-21").to_do]
    step = PROTOCOL.steps[draw(st.sampled_from(turn * 3 + list(PROTOCOL.steps)))]
    option = draw(st.sampled_from([option.value for option in step.options])) if step.options else None
    return CompleteStep(by, step.id, filled_in(step.record, option), option)


def feedback(by: str, book: Casebook, *, final: bool) -> Command:
    name = f"message-{len(book.entries)}"
    return WriteMessage(by, name, REPORT, "feedback", "Hello", "True.", "none", "Nothing to do.", "Facts.", final)


def beside(draw: st.DrawFn, book: Casebook, by: str) -> Command:
    """What members do beside the steps: holds, danger to life, ties to other cases."""
    length, case = len(book.entries), book.case
    other = draw(st.sampled_from(("case-1", "case-2", "case-3")))
    acts: list[Command] = [
        PlaceHold(by, f"hold-{length}", "Court"),
        LiftHold(by, next(iter(case.holds), "none"), "Over"),
        DiscloseInDanger(by, f"told-{length}", "112", "Fire", "Now", DAY_ONE, identity_told=draw(st.booleans())),
        *[ReviewDisclosure(by, next(iter(case.disclosures), "none"), "justified")] * 2,
        JoinCases(by, "case-1", other, leads=draw(st.booleans()), reason="Same facts"),
        UndoJoining(by, other, "Other facts"),
        SplitCase(by, (draw(st.sampled_from(("case-8", "case-9"))),), "Two persons"),
    ]
    return draw(st.sampled_from(acts))


def commands(draw: st.DrawFn, book: Casebook) -> Command:
    by, length = draw(MEMBERS), len(book.entries)
    day = DAY_ONE + timedelta(days=length)
    unplaced = [message.written.message for message in book.case.unplaced] or ["none"]
    steps = st.sampled_from(list(PROTOCOL.steps))
    return draw(
        st.sampled_from(
            [
                *[completions(draw, book, by)] * 6,
                *[PlaceMessage(by, unplaced[0], "mailbox", day, length, "head")] * 2,
                WriteMessage(by, f"message-{length}", REPORT, "acknowledgement", "Thank you"),
                feedback(by, book, final=draw(st.booleans())),
                DeclareConflict(by, conflict=draw(st.sampled_from((False, False, True))), explanation="Kin"),
                ExcludeMember(by, draw(st.sampled_from((BRAM, CARLA))), "Kin"),
                RecordDeviation(by, draw(steps), "Not needed", PROTOCOL.deviation_authority),
                ReopenStep(by, draw(steps), "Mistake"),
                ReopenCase(by, "New facts"),
                AddNote(by, "Hm"),
                *[beside(draw, book, by)] * 3,
            ]
        )
    )


@st.composite
def casebooks(draw: st.DrawFn) -> Casebook:
    book = draw(st.sampled_from(STARTS))()
    for _ in range(draw(st.integers(0, 25))):
        on = DAY_ONE + timedelta(days=len(book.entries))
        command = commands(draw, book)
        try:
            events = decide(book.case, PROTOCOL, command, on)
        except Refused:
            continue
        for event in events:
            book.append(event, on.isoformat(), command.by)
    return book


BOOKS = casebooks()
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def state_before(book: Casebook, kind: type[Event]) -> list[tuple[Entry, Case]]:
    return [(entry, fold(book.entries[: entry.seq])) for entry in book.entries if isinstance(entry.event, kind)]


@few
@given(BOOKS)
def test_what_was_accepted_is_never_void_or_irregular(book: Casebook) -> None:
    assert not book.case.void
    assert not book.judged("2027-12-31").irregular


@few
@given(BOOKS)
def test_no_member_acts_after_exclusion(book: Casebook) -> None:
    for entry in book.entries:
        assert entry.author not in fold(book.entries[: entry.seq]).excluded


@few
@given(BOOKS)
def test_steps_are_completed_in_their_order_by_members_without_interest(book: Casebook) -> None:
    for entry, before in state_before(book, StepCompleted):
        assert isinstance(entry.event, StepCompleted)
        view = assess(PROTOCOL, before, entry.day).step(entry.event.step)
        assert view.can_be_done
        # Final feedback leads on by itself, also while the acknowledgement is still owed.
        assert all(report.acknowledged or report.final_feedback for report in before.own_reports)
        if entry.event.step != "A01":
            assert not before.declarations[entry.author].conflict


@few
@given(BOOKS)
def test_no_case_closes_with_something_open_or_without_final_feedback(book: Casebook) -> None:
    for entry, before in state_before(book, CaseClosed):
        judged = assess(PROTOCOL, before, entry.day)
        left = [view for view in judged.to_do if not (view.step.optional or view.step.closes)]
        assert [view.step.id for view in left] == ["A22"]
        assert all(report.final_feedback for report in before.own_reports)
        assert not before.unplaced
        assert all(len({one.author for one in told.reviews}) > 1 for told in before.disclosures.values())


@few
@given(BOOKS)
def test_any_prefix_replays_alike_also_from_its_json(book: Casebook) -> None:
    growing = Case()
    for entry in book.entries:
        extend(growing, entry)
        assert isinstance(entry.event, Event)
        again = entry_from_json(entry.seq, entry.day, entry.author, event_to_json(entry.event))
        assert again == entry
        prefix = book.entries[: entry.seq + 1]
        assert fold(prefix) == growing
        assert assess(PROTOCOL, fold(prefix), entry.day) == assess(PROTOCOL, growing, entry.day)


def states(judged: Assessment) -> dict[str, StepState]:
    return {view.step.id: view.state for view in judged.steps}


@few
@given(BOOKS, st.lists(st.integers(0, 1200), min_size=2, max_size=5))
def test_a_later_day_undoes_nothing_and_forgives_nothing(book: Casebook, days: list[int]) -> None:
    on = [(DAY_ONE + timedelta(days=day)).isoformat() for day in sorted(days)]
    for earlier, later in pairwise(book.judged(day) for day in on):
        assert states(earlier) == states(later)
        assert [clock.term for clock in earlier.owed] == [clock.term for clock in later.owed]
        assert {clock.term for clock in earlier.overdue} <= {clock.term for clock in later.overdue}
        settled = [clock for clock in earlier.clocks if clock.status in FINAL]
        assert [(c.term, c.status) for c in settled] == [(c.term, c.status) for c in later.clocks if c.status in FINAL]
