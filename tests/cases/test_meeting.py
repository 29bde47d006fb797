# SPDX-License-Identifier: EUPL-1.2
"""A reporter who asks for a conversation is owed a proposal within ten working days (fact O03)."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import PlaceMessage, WriteMessage
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, REPORT, Casebook, D, web_report

ASKED = "2026-11-23"
DUE = "2026-12-07"


def asked() -> Casebook:
    return Casebook(replace(web_report(ASKED), meeting=True))


def propose(book: Casebook, *, on: str, meeting: bool = True) -> None:
    book.do(WriteMessage(ANNA, "m", REPORT, "message", "Come by on Monday?", proposes_meeting=meeting), on=on)
    book.do(PlaceMessage(ANNA, "m", "mailbox", D(on), 4, "head"), on=on)


def test_o03_a_proposal_is_due_ten_working_days_after_the_request() -> None:
    (view,) = asked().judged(ASKED).reports
    assert view.meeting
    assert view.meeting.due == D(DUE)
    assert view.meeting in asked().judged(ASKED).owed


def test_nobody_who_did_not_ask_is_owed_a_proposal() -> None:
    assert Casebook().judged(ASKED).reports[0].meeting is None


@pytest.mark.parametrize("day,status", [(DUE, ClockStatus.MET_ON_TIME), ("2026-12-08", ClockStatus.MET_LATE)])
def test_o03_the_placed_proposal_stops_the_clock(day: str, status: ClockStatus) -> None:
    book = asked()
    propose(book, on=day)
    clock = book.judged("2027-01-01").reports[0].meeting
    assert clock
    assert clock.status is status


def test_another_message_is_no_proposal() -> None:
    book = asked()
    propose(book, on=ASKED, meeting=False)
    clock = book.judged("2026-12-08").reports[0].meeting
    assert clock
    assert clock.status is ClockStatus.OVERDUE


def test_feedback_is_not_the_place_for_a_proposal() -> None:
    command = WriteMessage(ANNA, "m", REPORT, "acknowledgement", "Thank you", proposes_meeting=True)
    assert asked().refusal(command) == "proposal_elsewhere"
