# SPDX-License-Identifier: EUPL-1.2
"""A reporter without a mailbox is answered by letter, telephone or in person, and that is recorded afterwards."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import ReceiveDeletion, TellReporter, WriteMessage
from casework.domain.case.events import MessagePlaced
from casework.domain.judge.decide import decide
from casework.domain.judge.views import FinalFeedback
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, REPORT, Casebook, D, told_report

TOLD = "told-1"
FEEDBACK = ("We believe it.", "some", "An inquiry.", "What we found.", True)


def telling(
    kind: str = "acknowledgement", way: str = "phone", on: str = "2026-11-20", name: str = "m", report: str = TOLD
) -> TellReporter:
    content = FEEDBACK if kind == "feedback" else ()
    message = WriteMessage(ANNA, name, report, kind, "We have your letter.", *content)
    return TellReporter(ANNA, message, way, D(on))


@pytest.fixture
def book() -> Casebook:
    """A letter that came on Monday the 16th."""
    return Casebook(told_report("2026-11-16"))


def test_what_was_said_on_friday_and_noted_on_monday_counts_from_friday(book: Casebook) -> None:
    book.do(telling(on="2026-11-20"), on="2026-11-23")

    (report,) = book.judged("2026-11-30").reports

    assert (report.acknowledgement.stopped, report.acknowledgement.status) == (D("2026-11-20"), ClockStatus.MET_ON_TIME)
    assert report.feedback.due == D("2027-02-20")
    assert book.judged("2026-11-30").step("A01").blocked_by == ()


def test_feedback_by_letter_stops_its_clock_and_is_final(book: Casebook) -> None:
    book.do(telling(), on="2026-11-20")
    book.do(telling("feedback", "post", "2027-01-11", "f"), on="2027-01-12")

    (report,) = book.judged("2027-03-01").reports

    assert (report.feedback.stopped, report.final_feedback) == (D("2027-01-11"), FinalFeedback.GIVEN)


@pytest.mark.parametrize(
    "command,code",
    [
        (telling(on="2026-11-15"), "placing_day"),
        (telling(on="2026-11-24"), "placing_day"),
        (telling(way="mailbox"), "no_mailbox"),
        (telling(way="pigeon"), "unknown_value"),
        (telling(report="nobody"), "unknown_report"),
        (telling(), "accepted"),
    ],
)
def test_the_way_and_the_day_must_be_possible(book: Casebook, command: TellReporter, code: str) -> None:
    assert book.refusal(command, on="2026-11-23") == code


def test_who_has_a_mailbox_is_answered_there() -> None:
    assert Casebook().refusal(telling(report=REPORT, on="2026-11-24")) == "has_mailbox"


def test_a_second_acknowledgement_is_refused(book: Casebook) -> None:
    book.do(telling(), on="2026-11-20")
    assert book.refusal(telling(name="n"), on="2026-11-23") == "already_acknowledged"


def test_a_tool_that_stopped_half_way_goes_on_with_the_message_that_it_wrote(book: Casebook) -> None:
    written, _ = decide(book.case, book.protocol, telling(), D("2026-11-20"))
    book.append(written, "2026-11-20")

    (placed,) = book.do(telling(name="drawn again"), on="2026-11-23")

    assert placed == MessagePlaced("m", "phone", D("2026-11-20"), None, None)
    assert book.judged("2026-11-23").reports[0].acknowledgement.stopped == D("2026-11-20")


def test_who_deleted_the_mailbox_is_told_elsewhere_from_that_day_on() -> None:
    book = Casebook()
    book.do(ReceiveDeletion(ANNA, REPORT, 1, D("2026-11-25"), "signed"), on="2026-11-25")
    told = telling("feedback", report=REPORT, on="2026-11-24")
    assert book.refusal(told, on="2026-11-27") == "placing_day"

    book.do(replace(told, told=D("2026-11-26")), on="2026-11-27")

    assert book.judged("2026-11-27").reports[0].feedback.stopped == D("2026-11-26")
