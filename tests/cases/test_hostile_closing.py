# SPDX-License-Identifier: EUPL-1.2
"""A closing that another program appended before its time closes nothing: the case and its clocks go on."""

import pytest

from casework.domain.case.commands import FollowProtocol, ReopenCase, ReviewDisclosure
from casework.domain.case.events import (
    CaseClosed,
    CaseReopened,
    DisclosureMade,
    ProtocolPinned,
    StepCompleted,
)
from casework.domain.errors import Problem
from casework.domain.judge.assess import Assessment, assess
from casework.domain.judge.views import StepState
from casework.protocols import read_own
from support.casebook import AFTERWARDS, ANNA, BRAM, CARLA, DISMISSED, Casebook, D

DAY = "2026-11-25"
NEXT = "2026-11-26"


def judged(book: Casebook) -> Assessment:
    return book.judged(NEXT)


def close_raw(book: Casebook, by: str = ANNA, closer: str | None = None) -> None:
    """Append what closes, in the words that the tool uses and without asking it."""
    step = book.completion("A21", on=DAY)
    book.append(StepCompleted("A21", step.record, None), DAY, by)
    book.append(CaseClosed("A21"), DAY, closer or by)


def of_last(book: Casebook) -> Problem:
    now, last = judged(book), book.entries[-1].seq
    return now.void.get(last) or now.irregular[last]


def with_danger(book: Casebook) -> Casebook:
    book.append(DisclosureMade("d", "112", "A fire.", "Now.", D(DAY), identity_told=False, reporter_told=None), DAY)
    return book


def unreviewed() -> Casebook:
    return with_danger(Casebook().through_conflict_check().dismissed())


def with_message_under_way() -> Casebook:
    book = Casebook().through_conflict_check().dismissed()
    book.write("message", on=DAY)
    return book


def without_feedback() -> Casebook:
    book = Casebook().through_conflict_check()
    for step, option in DISMISSED:
        book.complete(step, option, on=DAY)
    return book


def with_steps_left() -> Casebook:
    book = without_feedback()
    book.send("feedback", on=DAY, final=True)
    return book


@pytest.mark.parametrize(
    "book,code",
    [
        (without_feedback(), "final_feedback_missing"),
        (with_message_under_way(), "message_not_placed"),
        (unreviewed(), "disclosure_not_reviewed"),
        (with_steps_left(), "steps_open"),
    ],
)
def test_a_closing_before_its_time_closes_nothing_and_says_what_to_do(book: Casebook, code: str) -> None:
    owed = judged(book).owed
    steps = {view.step.id: view.state for view in judged(book).steps}
    close_raw(book)
    assert not judged(book).closed
    assert judged(book).owed == owed
    assert {view.step.id: view.state for view in judged(book).steps} == steps
    problem = of_last(book)
    assert problem.code == code
    assert "close it again" in problem.text.en
    assert "sluit het dan opnieuw" in problem.text.nl


def test_a_closing_with_a_step_still_to_do_closes_nothing() -> None:
    book = with_steps_left()
    book.complete("A19", "afgerond", on=DAY)
    assert judged(book).step("A20").state is StepState.OPEN
    close_raw(book)
    assert (judged(book).closed, of_last(book).code) == (False, "steps_open")
    assert judged(book).step("A21").state is not StepState.DONE


def test_a_closing_without_the_step_that_closes_closes_nothing() -> None:
    book = Casebook().through_conflict_check().dismissed()
    book.append(CaseClosed("A21"), DAY)
    assert (judged(book).closed, of_last(book).code) == (False, "not_done")


def test_a_closing_by_another_step_closes_nothing() -> None:
    book = Casebook().through_conflict_check().dismissed()
    book.append(StepCompleted("A21", book.completion("A21", on=DAY).record, None), DAY)
    book.append(CaseClosed("A20"), DAY)
    assert (judged(book).closed, of_last(book).code) == (False, "not_done")


def test_a_closing_of_somebody_elses_step_closes_nothing() -> None:
    book = Casebook().through_conflict_check().dismissed()
    close_raw(book, ANNA, closer=BRAM)
    assert (judged(book).closed, of_last(book).code) == (False, "not_done")


def test_the_closing_step_alone_closes_nothing_and_can_be_done_again() -> None:
    book = Casebook().through_conflict_check().dismissed()
    book.append(StepCompleted("A21", book.completion("A21", on=DAY).record, None), DAY)
    assert of_last(book).code == "stays_open"
    assert judged(book).step("A21").state is StepState.OPEN
    assert judged(book).step("A22").state is StepState.LATER
    book.complete("A21", on=NEXT)
    assert judged(book).closed


def test_after_a_closing_that_does_not_count_the_case_goes_on_and_closes_in_its_time() -> None:
    book = without_feedback()
    close_raw(book)
    book.send("feedback", on=NEXT, final=True)
    for step, option in AFTERWARDS:
        book.complete(step, option, on=NEXT)
    book.complete("A21", on=NEXT)
    assert judged(book).closed
    assert judged(book).step("A21").state is StepState.DONE
    assert len(judged(book).step("A21").completions) == 1


def test_a_review_that_comes_later_does_not_make_an_early_closing_good() -> None:
    book = unreviewed()
    close_raw(book)
    for member in (BRAM, CARLA):
        book.do(ReviewDisclosure(member, "d", "justified"), on=NEXT)
    assert not judged(book).closed


def test_a_case_that_never_closed_is_not_reopened() -> None:
    book = with_steps_left()
    close_raw(book)
    assert book.refusal(ReopenCase(ANNA, "Again."), on=NEXT) == "not_closed"
    book.append(CaseReopened("Again."), NEXT)
    assert of_last(book).code == "not_closed"


def test_a_closing_that_counts_is_regular() -> None:
    book = Casebook().closed()
    assert judged(book).closed
    assert not judged(book).irregular
    assert not judged(book).void


def test_without_its_protocol_at_hand_a_case_is_closed_as_far_as_the_log_tells() -> None:
    closed, early = Casebook().closed(), without_feedback()
    close_raw(early)
    assert assess(None, closed.case, D(NEXT)).closed
    assert not assess(None, early.case, D(NEXT)).closed


def test_a_closed_case_that_is_moved_goes_on() -> None:
    book = Casebook().closed()
    ours = read_own(b'extends = "A_ambtenaren"\nid = "A_ours"\nversion = 1', "ours.toml")
    command = FollowProtocol(ANNA, ours.id, ours.version, ours.digest, (), "A new rule.")
    assert book.refusal(command, on=NEXT) == "case_closed"
    book.append(ProtocolPinned(ours.id, ours.version, ours.digest, "A new rule.", ("A21",)), NEXT)
    moved = assess(ours, book.case, D(NEXT))
    assert not moved.closed
    assert not moved.step("A21").completions
    assert not assess(None, book.case, D(NEXT)).closed
