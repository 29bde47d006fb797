# SPDX-License-Identifier: EUPL-1.2
"""A clock says whose it is, what it rests on, when it stops, and by which calendar it was read."""

from datetime import date

import pytest

from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.disclosure_clock import DISCLOSURE_REVIEW, disclosure_clock
from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.law import LAW
from casework.domain.terms.report_clocks import ReportFacts, acknowledgement_clock, feedback_clock, meeting_clock
from casework.domain.terms.term import (
    Clock,
    ClockStatus,
    Extension,
    Length,
    Term,
    TermKind,
    TermRule,
    TermUnit,
    add_months,
    read_clock,
)
from casework.domain.text import Text

D = date.fromisoformat
NOTHING = Text("", "")
MONDAY = D("2026-11-23")
FACTS = ReportFacts("mailbox-1", MONDAY, None, None, meeting=True)
DELETED = FACTS._replace(deleted=True)
TEN_WORKDAYS = Length(10, TermUnit.WORKDAYS)
TWO_WEEKS = Length(2, TermUnit.WEEKS)
ONE_DAY_MORE = StatutoryCalendar(decree_days=[D("2026-11-25"), D("2026-11-30"), D("2027-03-01")])


def report_clocks(facts: ReportFacts, today: str = "2027-06-01") -> tuple[Clock, Clock, Clock]:
    meeting = meeting_clock(facts, D(today))
    assert meeting
    return acknowledgement_clock(facts, D(today)), feedback_clock(facts, D(today)), meeting


def of_a_step(length: Length, free_days: FreeDayRule = FreeDayRule.NONE) -> Term:
    rule = TermRule(length, TermKind.NORM, NOTHING, free_days)
    return Term("A13", None, NOTHING, rule, MONDAY, NOTHING, NOTHING)


def test_the_clocks_of_a_report_name_the_report_and_say_all_that_a_reader_asks() -> None:
    clocks = [*report_clocks(FACTS), disclosure_clock(MONDAY, None, MONDAY)]
    assert [clock.term.report for clock in clocks] == ["mailbox-1"] * 3 + [None]
    assert [clock.term.name for clock in clocks] == ["acknowledgement", "feedback", "meeting", DISCLOSURE_REVIEW]
    for term in (clock.term for clock in clocks):
        for text in (term.title, term.rule.basis, term.started_by, term.stops_when):
            assert text.nl
            assert text.en


def test_every_clock_of_a_report_has_a_title_and_an_end_of_its_own() -> None:
    terms = [clock.term for clock in report_clocks(FACTS)]
    assert len({term.title for term in terms}) == len({term.stops_when for term in terms}) == 3


def test_what_nobody_did_is_overdue() -> None:
    assert {clock.status for clock in report_clocks(FACTS)} == {ClockStatus.OVERDUE}


def test_nobody_can_acknowledge_or_propose_to_a_reporter_who_deleted_the_mailbox() -> None:
    acknowledgement, feedback, meeting = report_clocks(DELETED)
    assert (acknowledgement.status, meeting.status) == (ClockStatus.EXCUSED, ClockStatus.EXCUSED)
    assert feedback.status is ClockStatus.OVERDUE


def test_feedback_that_is_impossible_is_owed_no_more() -> None:
    assert report_clocks(FACTS._replace(feedback_impossible=True))[1].status is ClockStatus.EXCUSED


def test_the_calendar_at_hand_says_which_days_are_free() -> None:
    feedback = feedback_clock(FACTS, MONDAY, ONE_DAY_MORE)
    acknowledgement = acknowledgement_clock(FACTS, MONDAY, ONE_DAY_MORE)
    meeting = meeting_clock(FACTS, MONDAY, ONE_DAY_MORE)
    assert meeting
    assert (acknowledgement.due, acknowledgement.atw) == (D("2026-11-30"), D("2026-12-01"))
    assert (feedback.due, feedback.atw) == (D("2027-02-28"), D("2027-03-02"))
    assert meeting.due == D("2026-12-09")


def test_the_calendar_at_hand_counts_for_what_extends_a_term_too() -> None:
    later = (Extension(TEN_WORKDAYS, NOTHING),)
    ours = read_clock(of_a_step(TEN_WORKDAYS), None, MONDAY, ONE_DAY_MORE, extensions=later)
    usual = read_clock(of_a_step(TEN_WORKDAYS), None, MONDAY, extensions=later)
    assert (usual.due, ours.due) == (D("2026-12-21"), D("2026-12-23"))


def test_a_day_that_was_agreed_on_is_certain() -> None:
    agreed = (Extension(D("2029-02-01"), NOTHING),)
    clock = read_clock(of_a_step(Length(550, TermUnit.WORKDAYS)), None, MONDAY, extensions=agreed)
    assert (clock.due, clock.provisional, clock.atw) == (D("2029-02-01"), False, None)


@pytest.mark.parametrize("rule,moved", [(FreeDayRule.NONE, None), (FreeDayRule.ATW, D("2026-12-28"))])
def test_the_act_moves_the_end_of_an_extended_term_only_if_it_moves_the_term(
    rule: FreeDayRule, moved: date | None
) -> None:
    two_days = (Extension(Length(18, TermUnit.DAYS), NOTHING),)
    clock = read_clock(of_a_step(TWO_WEEKS, rule), None, MONDAY, extensions=two_days)
    assert (clock.due, clock.atw) == (D("2026-12-25"), moved)


def test_each_statute_has_the_rule_for_free_days_of_its_own_law() -> None:
    european = {name for name, rule in LAW.items() if rule.free_days is FreeDayRule.EUROPEAN}
    dutch = {name for name, rule in LAW.items() if rule.free_days is FreeDayRule.ATW}
    assert european == {"avg_14_3"}
    assert dutch == {name for name in LAW if name.startswith("awb_")}


def test_a_clock_says_on_which_day_it_was_stopped() -> None:
    clock = read_clock(of_a_step(TWO_WEEKS), D("2026-12-01"), D("2026-12-24"))
    assert (clock.stopped, clock.status, clock.days_left) == (D("2026-12-01"), ClockStatus.MET_ON_TIME, -17)


def test_months_are_counted_to_the_last_year_that_there_is() -> None:
    assert add_months(D("9999-01-15"), 1) == D("9999-02-15")
    assert add_months(D("9999-12-15"), 1) == date.max
