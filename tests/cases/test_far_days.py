# SPDX-License-Identifier: EUPL-1.2
"""Days come from an intake and from colleagues, who may be wrong or worse: no day makes a case unreadable."""

from datetime import date

import pytest

from casework.domain.case.events import MessagePlaced
from casework.domain.terms.term import ClockStatus
from support.casebook import Casebook, D, web_report

FAR = ("0001-01-01", "9999-09-30", "9999-12-31")


@pytest.mark.parametrize("received", FAR)
def test_a_case_is_judged_whatever_its_day_of_receipt(received: str) -> None:
    judged = Casebook(web_report(received), on="2026-11-22").judged("2026-11-23")
    assert {clock.term.name for clock in judged.owed} >= {"acknowledgement", "feedback"}


@pytest.mark.parametrize("day", FAR)
def test_a_case_is_judged_whatever_the_day_on_which_a_message_is_said_to_be_placed(day: str) -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "nadere_vragen", on="2026-11-24")
    message = book.write("question", on="2026-11-24")
    book.append(MessagePlaced(message, "mailbox", D(day), 9, "head"), "2026-11-24")
    judged = book.judged("2026-11-25")
    assert judged.void[book.entries[-1].seq].code == "placing_day"
    assert judged.step("A04").clock is None


def test_a_report_from_a_day_to_come_is_marked_since_its_terms_are_not_right() -> None:
    book = Casebook(web_report("9999-12-31"), on="2026-11-22")
    assert [notice.code for notice in book.judged("2026-11-23").notices] == ["far_day"]
    assert book.judged("2026-11-23").reports[0].acknowledgement.status is ClockStatus.RUNNING


def test_an_intake_whose_day_is_one_ahead_is_no_reason_for_a_mark() -> None:
    assert Casebook(web_report("2026-11-23")).judged("2026-11-22").notices == ()


def test_a_calendar_that_has_ended_can_be_looked_at() -> None:
    assert Casebook().judged(date.max.isoformat()).overdue
