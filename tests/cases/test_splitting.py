# SPDX-License-Identifier: EUPL-1.2
"""One report about several persons becomes several cases; the report, its reporter and its clocks stay in the first."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import SplitCase, TakeDecision, WriteMessage
from casework.domain.case.events import CaseSplit, Event
from casework.domain.case.fold import fold
from casework.domain.case.parts import is_split_off, part_report, register_count
from casework.domain.judge.views import StepState
from support.casebook import ANNA, REPORT, Casebook, D, told_report, web_report

PARTS = ("case-2", "case-3")


def split() -> tuple[Casebook, Casebook, Casebook]:
    """The first case, and the cases of the second and the third person."""
    whole = Casebook(web_report(receipt_is_ack=True))
    whole.do(SplitCase(ANNA, PARTS, "It is about three persons."), on="2026-11-25")
    received = whole.case.reports[REPORT].received
    parts = [part_report(received, "case-1", f"What it says of person {number}.") for number in (2, 3)]
    second, third = (Casebook(part, on="2026-11-25") for part in parts)
    for name, book in zip(PARTS, (second, third), strict=True):
        book.split_off = is_split_off(book.case, name, whole.case)
    return whole, second, third


def test_p09_the_register_counts_one_report_and_three_cases() -> None:
    assert register_count(book.case for book in split()) == (1, 3)


def test_two_reports_that_were_never_split_are_two_reports_and_two_cases() -> None:
    books = (Casebook(), Casebook(told_report("2026-11-20")))
    assert register_count([fold([]), *(book.case for book in books)]) == (2, 2)


def test_p09_the_clocks_of_the_report_stay_in_the_first_case() -> None:
    whole, part, _ = split()
    assert whole.case.parts == list(PARTS)
    assert [view.report for view in whole.judged("2026-11-25").reports] == [REPORT]
    judged = part.judged("2027-11-25")
    assert judged.reports == ()
    assert [clock.term.name for clock in judged.clocks] == ["A10"]
    assert "part_of_another_case" in [notice.code for notice in judged.notices]


def test_a_part_has_the_report_its_day_and_an_account_and_no_mailbox() -> None:
    _, part, _ = split()
    received = part.case.reports[REPORT].received
    assert (received.part_of, received.mailbox, received.statement) == ("case-1", None, None)
    assert (received.received, received.account) == (D("2026-11-21"), "What it says of person 2.")
    assert (received.file_keys, received.ciphertext_hash) == ({}, None)
    assert not part.case.void


def test_what_the_desk_owes_the_reporter_at_once_is_no_matter_of_a_part() -> None:
    part = part_report(replace(web_report(receipt_is_ack=True), meeting=True), "case-1", "The second person.")
    assert (part.receipt_is_ack, part.meeting) == (False, False)


def test_the_steps_of_a_part_wait_for_no_reporter() -> None:
    _, part, _ = split()
    assert part.judged("2026-11-25").step("A00").state is StepState.DONE
    assert part.judged("2026-11-25").step("A01").state is StepState.OPEN


def test_what_follows_on_feedback_follows_in_a_part_without_any() -> None:
    _, part, _ = split()
    part.through_conflict_check(on="2026-11-25")
    assert part.judged("2026-11-25").step("A19").state is StepState.LATER
    part.dismissed()
    judged = part.judged("2026-11-25")
    assert judged.step("A17").state is StepState.DONE
    assert judged.step("A19").state is StepState.DONE
    assert part.closing("2026-11-25").can_be_done


@pytest.mark.parametrize("kind", ["acknowledgement", "question", "feedback"])
def test_nothing_is_written_to_the_reporter_from_a_part(kind: str) -> None:
    _, part, _ = split()
    text = ("True.", "none", "Nothing.", "Facts.") if kind == "feedback" else ("",) * 4
    assert part.refusal(WriteMessage(ANNA, "m", REPORT, kind, "Hello", *text)) == "part_of_another_case"


def test_whether_feedback_is_possible_is_decided_in_the_first_case() -> None:
    _, part, _ = split()
    decision = TakeDecision(ANNA, "feedback_impossible", "impossible", "Gone.", "secretary", REPORT)
    assert part.refusal(decision) == "part_of_another_case"


@pytest.mark.parametrize(
    "parts,reason,code",
    [((), "Three persons.", "missing_text"), (PARTS, " ", "missing_text"), (("a", "a"), "Why", "already_recorded")],
)
def test_a_split_names_its_parts_once_and_has_a_reason(parts: tuple[str, ...], reason: str, code: str) -> None:
    assert Casebook().refusal(SplitCase(ANNA, parts, reason)) == code


def test_a_part_is_split_off_once_and_more_can_follow() -> None:
    whole, _, _ = split()
    assert whole.refusal(SplitCase(ANNA, ("case-3",), "Again.")) == "already_recorded"
    whole.do(SplitCase(ANNA, ("case-4",), "A fourth person."), on="2026-11-26")
    assert whole.case.parts == [*PARTS, "case-4"]


def test_a_closed_case_is_reopened_before_it_is_split() -> None:
    book = Casebook().closed()
    assert book.refusal(SplitCase(ANNA, PARTS, "Three persons.")) == "case_closed"


@pytest.mark.parametrize(
    "event,code", [(CaseSplit((), "None."), "unknown_value"), (CaseSplit(("case-2",), "Again."), "already_recorded")]
)
def test_a_split_that_names_nothing_new_is_void(event: Event, code: str) -> None:
    whole, _, _ = split()
    whole.append(event, "2026-11-26")
    assert [problem.code for problem in whole.case.void.values()] == [code]
    assert whole.case.parts == list(PARTS)


@pytest.mark.parametrize(
    "part,first,named",
    [
        ("case-2", split()[0], [True]),
        ("case-9", split()[0], [False]),  # which that case does not name
        ("case-2", Casebook(), [False]),  # nor does one that was never split
        ("case-2", Casebook(told_report("2026-11-21")), [False]),
        ("case-2", None, [False]),  # or that nobody here can read
    ],
)
def test_a_case_is_a_part_when_its_first_case_says_so(part: str, first: Casebook | None, named: list[bool]) -> None:
    _, book, _ = split()
    assert [is_split_off(book.case, part, first.case if first else None)] == named


def test_a_case_that_names_a_part_of_another_report_has_no_such_part() -> None:
    other = Casebook(told_report("2026-11-21"))
    other.do(SplitCase(ANNA, PARTS, "Two persons."), on="2026-11-25")
    _, part, _ = split()
    assert not is_split_off(part.case, "case-2", other.case)


def test_the_clocks_run_in_a_part_that_its_first_case_does_not_name() -> None:
    _, part, _ = split()
    part.split_off = False
    judged = part.judged("2026-12-01")
    assert [view.report for view in judged.reports] == [REPORT]
    assert [clock.term.name for clock in judged.overdue] == ["acknowledgement"]
    assert [notice.code for notice in judged.notices] == ["unnamed_part"]


def test_a_part_that_claims_the_mailbox_is_void() -> None:
    book = Casebook()
    book.entries.clear()
    _, part, _ = split()
    received = part.case.reports[REPORT].received
    book.append(replace(received, mailbox=REPORT), "2026-11-25")
    assert book.case.void[0].code == "part_with_mailbox"
