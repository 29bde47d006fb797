# SPDX-License-Identifier: EUPL-1.2
"""That nothing reaches a reporter is a decision with an outcome, and it ends when the reporter turns up after all."""

import pytest

from casework.domain.case.commands import ReceiveMessage, TakeDecision
from casework.domain.case.events import DecisionTaken
from casework.domain.judge.views import FinalFeedback, StepState
from casework.domain.terms.term import ClockStatus
from support.casebook import AFTERWARDS, ANNA, DISMISSED, REPORT, Casebook, D, web_report

DAY, NEXT, LATER = "2026-11-25", "2026-11-26", "2027-03-01"


def decided(outcome: str) -> TakeDecision:
    return TakeDecision(ANNA, "feedback_impossible", outcome, "What the post office says.", "chair", REPORT)


def writes(kind: str = "message") -> ReceiveMessage:
    return ReceiveMessage(ANNA, REPORT, 9, "head", D(NEXT), "signed", "00", {}, kind, None)


def unreachable() -> Casebook:
    """A case at its end, whose reporter nothing reaches."""
    book = Casebook().through_conflict_check()
    for step, option in DISMISSED:
        book.complete(step, option, on=DAY)
    book.do(decided("impossible"), on=DAY)
    for step, option in AFTERWARDS:
        book.complete(step, option, on=DAY)
    return book


def test_an_outcome_that_there_is_not_decides_nothing() -> None:
    book = Casebook()
    assert book.refusal(decided("perhaps")) == "unknown_value"
    book.append(DecisionTaken("feedback_impossible", REPORT, "No feedback", "Gone", "chair"), DAY)
    assert book.case.void[book.entries[-1].seq].code == "unknown_value"
    assert book.judged(LATER).reports[0].feedback.status is ClockStatus.OVERDUE


@pytest.mark.parametrize("turn", [decided("possible"), writes(), writes("withdrawal"), writes("files")])
def test_feedback_is_owed_again_when_the_reporter_can_be_reached(turn: TakeDecision | ReceiveMessage) -> None:
    book = unreachable()
    due = book.judged(DAY).reports[0].feedback.due
    assert book.judged(LATER).reports[0].feedback.status is ClockStatus.EXCUSED
    book.do(turn, on=NEXT)
    judged = book.judged(LATER)
    assert (judged.reports[0].final_feedback, judged.reports[0].feedback.due) == (FinalFeedback.OPEN, due)
    assert judged.reports[0].feedback.status is ClockStatus.OVERDUE
    assert "final_feedback_missing" in [problem.code for problem in book.closing(NEXT).blocked_by]
    assert judged.step("A17").state is StepState.OPEN


def test_what_was_done_since_stays_done_and_feedback_closes_the_case_after_all() -> None:
    book = unreachable()
    book.do(writes(), on=NEXT)
    assert book.judged(NEXT).irregular == {}
    assert [book.judged(NEXT).step(step).state for step in ("A19", "A20")] == [StepState.DONE] * 2
    book.send("feedback", on=NEXT, final=True)
    assert book.closing(NEXT).can_be_done


def test_a_reporter_who_had_final_feedback_is_owed_no_other() -> None:
    book = Casebook()
    book.send("feedback", on=DAY, final=True)
    book.do(decided("impossible"), on=DAY)
    book.do(writes(), on=NEXT)
    assert book.judged(LATER).reports[0].final_feedback is FinalFeedback.GIVEN


def test_a_closed_case_stays_closed_and_shows_that_feedback_is_owed() -> None:
    book = unreachable()
    book.complete("A21", on=DAY)
    book.do(writes(), on=NEXT)
    judged = book.judged(LATER)
    assert judged.closed
    assert "feedback" in [clock.term.name for clock in judged.overdue]


def test_a_second_report_after_the_closing_leaves_the_case_closed_and_has_its_own_clocks() -> None:
    book = Casebook().closed()
    book.append(web_report(NEXT, "mailbox-2"), NEXT)
    judged = book.judged(LATER)
    assert judged.closed
    assert judged.irregular == {}
    assert {clock.term.report for clock in judged.overdue} == {"mailbox-2"}


def test_it_can_be_found_impossible_again() -> None:
    book = unreachable()
    book.do(writes(), on=NEXT)
    book.do(decided("impossible"), on=NEXT)
    assert book.closing(NEXT).can_be_done
