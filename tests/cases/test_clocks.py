# SPDX-License-Identifier: EUPL-1.2
"""The acceptance facts about the two clocks of a report, by their numbers. Days of a term are written (due, Atw)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.domain.terms.calendar import DECREE_DAYS, NOT_COVERED, StatutoryCalendar, amsterdam_day
from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.report_clocks import ReportFacts, acknowledgement_clock, feedback_clock, meeting_clock
from casework.domain.terms.term import Clock, ClockStatus, Length, TermKind, TermUnit, term_end

D = date.fromisoformat


def ack_clock(received: str, acknowledged: str | None = None, today: str = "2026-11-21") -> Clock:
    placed = D(acknowledged) if acknowledged else None
    return acknowledgement_clock(ReportFacts("r", D(received), placed, None), D(today))


def ack_days(received: str) -> tuple[str, str]:
    clock = ack_clock(received)
    return clock.due.isoformat(), clock.atw.isoformat() if clock.atw else ""


def fb_clock(received: str, acknowledged: str | None, fed_back: str | None = None, today: str = "2026-11-21") -> Clock:
    placed = D(acknowledged) if acknowledged else None
    given = D(fed_back) if fed_back else None
    return feedback_clock(ReportFacts("r", D(received), placed, given), D(today))


def fb_due(acknowledged: str) -> str:
    """The day on which feedback is due after an acknowledgement placed the day after receipt."""
    received = D(acknowledged) - timedelta(days=1)
    return fb_clock(received.isoformat(), acknowledged).due.isoformat()


def test_t01_the_seven_days_of_a_saturday_end_on_a_saturday() -> None:
    assert ack_days("2026-11-21") == ("2026-11-28", "2026-11-30")


def test_t02_the_seven_days_of_a_sunday_end_on_a_sunday() -> None:
    assert ack_days("2026-11-22") == ("2026-11-29", "2026-11-30")


def test_t03_seven_days_that_end_on_a_monday_are_not_extended() -> None:
    assert ack_days("2026-11-23") == ("2026-11-30", "2026-11-30")


def test_t04_from_christmas_day_on_friday_the_extension_runs_to_monday() -> None:
    assert ack_days("2026-12-18") == ("2026-12-25", "2026-12-28")


def test_t05_free_days_within_the_seven_days_extend_nothing() -> None:
    assert ack_days("2026-12-24") == ("2026-12-31", "2026-12-31")


def test_t06_from_new_years_day_on_friday_the_extension_runs_to_monday() -> None:
    assert ack_days("2026-12-25") == ("2027-01-01", "2027-01-04")


def test_t07_from_good_friday_the_extension_runs_past_easter_monday() -> None:
    assert ack_days("2027-03-19") == ("2027-03-26", "2027-03-30")


def test_t08_kings_day_is_extended_by_a_day() -> None:
    assert ack_days("2027-04-20") == ("2027-04-27", "2027-04-28")


def test_t09_liberation_day_counts_every_year_and_the_decree_day_after_ascension_too() -> None:
    assert ack_days("2027-04-28") == ("2027-05-05", "2027-05-10")


def test_t10_from_ascension_day_the_extension_runs_past_the_decree_day() -> None:
    assert ack_days("2027-04-29") == ("2027-05-06", "2027-05-10")


def test_t11_the_royal_decree_days_move_the_extended_date() -> None:
    assert D("2027-05-07") in DECREE_DAYS
    without = StatutoryCalendar(decree_days=())
    facts = ReportFacts("r", D("2027-04-29"), None, None)
    assert acknowledgement_clock(facts, D("2027-04-29"), without).atw == D("2027-05-07")
    assert acknowledgement_clock(facts, D("2027-04-29")).atw == D("2027-05-10")


def test_t12_half_past_eleven_at_night_in_utc_is_the_next_day_in_amsterdam() -> None:
    received = amsterdam_day(datetime.fromisoformat("2026-11-21T23:30:00Z"))
    assert ack_clock(received.isoformat()).due == D("2026-11-29")


def test_t13_the_change_to_summer_time_does_not_move_the_day() -> None:
    received = amsterdam_day(datetime.fromisoformat("2027-03-21T23:30:00Z"))
    assert ack_clock(received.isoformat()).due == D("2027-03-29")


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        amsterdam_day(datetime(2026, 11, 21, 12))  # noqa: DTZ001 - the refusal of just this


@pytest.mark.parametrize(
    "instant,status",
    [("2026-11-28T22:59:00+00:00", ClockStatus.MET_ON_TIME), ("2026-11-28T23:00:00+00:00", ClockStatus.MET_LATE)],
)
def test_t17_an_acknowledgement_at_one_minute_to_midnight_is_on_time(instant: str, status: ClockStatus) -> None:
    placed = amsterdam_day(datetime.fromisoformat(instant).astimezone(UTC))
    assert ack_clock("2026-11-21", placed.isoformat()).status is status


@pytest.mark.parametrize(
    "received,due",
    [("2025-12-20", "2025-12-27"), ("2028-12-28", "2029-01-04"), ("2031-01-10", "2031-01-17")],
)
def test_t19_outside_its_years_the_calendar_says_so_and_does_not_guess(received: str, due: str) -> None:
    clock = ack_clock(received)
    assert (clock.due, clock.atw, clock.atw_note) == (D(due), None, NOT_COVERED)
    assert NOT_COVERED.nl == "feestdagenkalender dekt dit jaar niet"


def test_t19_a_term_that_ends_on_the_last_weekend_of_its_years_has_no_extended_date() -> None:
    """The first working day would lie in 2029, of which the feast days are not known."""
    clock = ack_clock("2028-12-23")
    assert (clock.due, clock.atw, clock.atw_note) == (D("2028-12-30"), None, NOT_COVERED)


def test_t19_inside_its_years_the_calendar_has_no_note() -> None:
    assert ack_clock("2026-11-21").atw_note is None


def test_t20_feedback_counts_from_the_acknowledgement_and_not_from_receipt() -> None:
    assert fb_clock("2026-11-21", "2026-11-25").due == D("2027-02-25")


def test_t21_without_acknowledgement_feedback_counts_from_the_end_of_the_seven_days() -> None:
    clock = fb_clock("2026-11-21", None)
    assert (clock.term.started, clock.due, clock.atw) == (D("2026-11-28"), D("2027-02-28"), D("2027-03-01"))


def test_t22_the_last_three_days_of_november_all_lead_to_the_last_of_february() -> None:
    assert [fb_due(f"2026-11-{day}") for day in (28, 29, 30)] == ["2027-02-28"] * 3


def test_t23_the_first_of_december_leads_to_the_first_of_march() -> None:
    assert fb_due("2026-12-01") == "2027-03-01"


def test_t24_in_a_leap_year_the_last_of_february_is_the_29th() -> None:
    assert [fb_due(f"2027-11-{day}") for day in (29, 30)] == ["2028-02-29"] * 2


def test_t25_from_the_29th_of_february_the_day_number_stays_29() -> None:
    assert fb_due("2028-02-29") == "2028-05-29"


def test_t26_the_extended_feedback_date_skips_ascension_and_decree_day() -> None:
    clock = fb_clock("2027-02-05", "2027-02-05")
    assert (clock.due, clock.atw) == (D("2027-05-05"), D("2027-05-10"))


def test_t27_a_receipt_that_is_the_acknowledgement_starts_feedback_at_once() -> None:
    assert fb_clock("2026-11-21", "2026-11-21").due == D("2027-02-21")


def test_t28_a_late_acknowledgement_does_not_lengthen_the_feedback_term() -> None:
    clock = fb_clock("2026-11-21", "2026-12-04")
    assert (clock.due, clock.term.started_by.nl[:15]) == (D("2027-02-28"), "Einde van de te")


def test_t29_three_months_are_not_ninety_days() -> None:
    assert term_end(D("2026-11-25"), Length(90, TermUnit.DAYS)) == (D("2027-02-23"), False)
    assert fb_clock("2026-11-25", "2026-11-25").due == D("2027-02-25")


def test_an_acknowledgement_dated_before_the_receipt_does_not_start_earlier_than_the_receipt() -> None:
    assert fb_clock("2026-11-21", "2026-11-19").due == D("2027-02-21")


def test_an_acknowledgement_on_the_seventh_day_starts_feedback_itself() -> None:
    clock = fb_clock("2026-11-21", "2026-11-28")
    assert clock.term.started_by.en == "The acknowledgement was placed."


@pytest.mark.parametrize(
    "today,status,days_left",
    [
        ("2026-11-27", ClockStatus.RUNNING, 1),
        ("2026-11-28", ClockStatus.DUE_TODAY, 0),
        ("2026-11-29", ClockStatus.OVERDUE, -1),
        ("2026-11-30", ClockStatus.OVERDUE, -2),
    ],
)
def test_the_strict_date_alone_decides_the_status(today: str, status: ClockStatus, days_left: int) -> None:
    clock = ack_clock("2026-11-21", today=today)
    assert (clock.status, clock.days_left) == (status, days_left)


def test_for_both_clocks_of_a_report_the_later_date_is_no_more_than_information() -> None:
    for clock in (ack_clock("2026-11-21"), fb_clock("2026-11-21", None)):
        assert (clock.term.rule.kind, clock.term.rule.free_days) == (TermKind.LAW, FreeDayRule.PERHAPS_ATW)
        assert clock.atw
        assert clock.atw > clock.due


def test_the_term_for_proposing_a_conversation_is_this_tools_own() -> None:
    facts = ReportFacts("r", D("2026-12-18"), None, None, meeting=True)
    clock = meeting_clock(facts, D("2026-12-18"))
    assert clock
    assert (clock.due, clock.atw, clock.term.rule.kind) == (D("2027-01-05"), None, TermKind.DEFAULT)


def test_a_decision_that_feedback_is_impossible_excuses_the_term() -> None:
    facts = ReportFacts("r", D("2026-11-21"), None, None, feedback_impossible=True)
    assert feedback_clock(facts, D("2028-01-01")).status is ClockStatus.EXCUSED


def test_a_reporter_whom_nothing_reaches_is_owed_no_acknowledgement() -> None:
    facts = ReportFacts("r", D("2026-11-21"), None, None, feedback_impossible=True)
    assert acknowledgement_clock(facts, D("2026-12-24")).status is ClockStatus.EXCUSED


def test_feedback_that_was_given_counts_although_it_was_first_thought_impossible() -> None:
    facts = ReportFacts("r", D("2026-11-21"), None, D("2027-03-01"), feedback_impossible=True)
    assert feedback_clock(facts, D("2028-01-01")).status is ClockStatus.MET_LATE


def test_a_term_from_the_first_day_of_the_calendar_is_overdue_and_not_an_error() -> None:
    assert ack_clock("0001-01-01").status is ClockStatus.OVERDUE
    assert fb_clock("0001-01-01", None).status is ClockStatus.OVERDUE
