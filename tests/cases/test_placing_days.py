# SPDX-License-Identifier: EUPL-1.2
"""Nobody acknowledges in time by a day that they made up: the day of placing must be possible, or it stops nothing."""

import pytest

from casework.domain.case.events import MessagePlaced, MessageWritten
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, REPORT, Casebook, D, told_report

WRITTEN, RECORDED = "2026-12-03", "2026-12-04"
COUNTS: list[str] = []
VOID = ["placing_day"]


def late() -> tuple[Casebook, str]:
    """A case of 21 November whose acknowledgement is written after its last day, and not sent yet."""
    book = Casebook()
    return book, book.write("acknowledgement", on=WRITTEN)


def tell(book: Casebook, on: str, recorded: str = WRITTEN, kind: str = "acknowledgement") -> None:
    """Record that the reporter was called on a day."""
    message = book.write(kind, on=recorded)
    book.append(MessagePlaced(message, "phone", D(on), None, None), RECORDED)


@pytest.mark.parametrize(
    "placed,void",
    [
        ("2026-11-20", VOID),  # before the report arrived
        ("2026-11-28", VOID),  # in time, if only it had been written then
        ("2026-12-01", VOID),
        ("2026-12-02", COUNTS),  # the intake's clock may be a day behind
        ("2026-12-04", COUNTS),
        ("2026-12-05", COUNTS),  # or ahead
        ("2026-12-06", VOID),
        ("9999-12-31", VOID),
    ],
)
def test_a_message_in_the_mailbox_counts_on_a_possible_day_alone(placed: str, void: list[str]) -> None:
    book, message = late()
    book.append(MessagePlaced(message, "mailbox", D(placed), 2, "head"), RECORDED)
    judged = book.judged(RECORDED)
    clock = judged.reports[0].acknowledgement
    assert [problem.code for problem in judged.void.values()] == void
    assert clock.stopped == (None if void else D(placed))
    assert clock.status is (ClockStatus.OVERDUE if void else ClockStatus.MET_LATE)


@pytest.mark.parametrize("placed,void", [("2026-11-20", VOID), ("2026-11-21", COUNTS), ("2026-12-05", VOID)])
def test_a_letter_or_a_call_is_recorded_afterwards_and_has_no_slack(placed: str, void: list[str]) -> None:
    book = Casebook(told_report("2026-11-21"))
    tell(book, placed)
    assert [problem.code for problem in book.case.void.values()] == void
    assert book.judged(RECORDED).reports[0].acknowledgement.stopped == (None if void else D(placed))


@pytest.mark.parametrize(
    "placed,written,notices",
    [
        ("2026-11-28", "2026-11-28", []),
        ("2026-11-27", "2026-11-29", ["told_afterwards"]),
        ("2026-11-29", "2026-11-29", []),
    ],
)
def test_a_term_that_was_met_on_a_day_recorded_only_afterwards_is_shown_so(
    placed: str, written: str, notices: list[str]
) -> None:
    book = Casebook(told_report("2026-11-21"))
    tell(book, placed, written)
    assert [notice.code for notice in book.judged(RECORDED).notices] == notices


def test_a_question_by_telephone_is_nothing_to_prove() -> None:
    book = Casebook(told_report("2026-11-21"))
    tell(book, "2026-11-22", kind="question")
    assert book.judged(RECORDED).notices == ()


@pytest.mark.parametrize("placed,void", [("2026-11-19", VOID), ("2026-11-20", COUNTS)])
def test_no_message_arrives_before_the_report_that_it_answers(placed: str, void: list[str]) -> None:
    book = Casebook()
    thanks = MessageWritten("m", REPORT, "acknowledgement", "Thank you", "", "", "", "", final=False)
    book.append(thanks, "2026-11-01")
    book.append(MessagePlaced("m", "mailbox", D(placed), 2, "head"), "2026-11-22")
    assert [problem.code for problem in book.case.void.values()] == void
    assert book.case.reports[REPORT].acknowledged == (None if void else D(placed))


@pytest.mark.parametrize(
    "book,place,code",
    [
        (Casebook(), (None, "head"), "placing_without_entry"),
        (Casebook(), (2, None), "placing_without_entry"),
        (Casebook(told_report("2026-11-21")), (2, "head"), "no_mailbox"),
    ],
)
def test_a_mailbox_has_a_place_for_what_is_in_it(
    book: Casebook, place: tuple[int | None, str | None], code: str
) -> None:
    message = book.write("message", on=WRITTEN)
    book.append(MessagePlaced(message, "mailbox", D(WRITTEN), *place), WRITTEN)
    assert book.case.void[book.entries[-1].seq].code == code


def test_the_true_day_can_be_recorded_after_an_impossible_one() -> None:
    book, message = late()
    book.append(MessagePlaced(message, "mailbox", D("2026-11-28"), 2, "head"), RECORDED)
    assert [one.written.message for one in book.case.unplaced] == [message]
    book.append(MessagePlaced(message, "mailbox", D(RECORDED), 2, "head"), RECORDED, ANNA)
    assert book.judged(RECORDED).reports[0].acknowledgement.stopped == D(RECORDED)
