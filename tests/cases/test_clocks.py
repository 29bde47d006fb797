# SPDX-License-Identifier: EUPL-1.2
"""The acceptance facts about the two clocks of a report, by their numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.domain.terms.calendar import DECREE_DAYS, NOT_COVERED, StatutoryCalendar, amsterdam_day
from casework.domain.terms.report_clocks import ReportFacts, acknowledgement_clock, feedback_clock
from casework.domain.terms.term import Clock, ClockStatus, Length, TermUnit, term_end

D = date.fromisoformat


def ack_clock(received: str, acknowledged: str | None = None, today: str = "2026-11-21") -> Clock:
    placed = D(acknowledged) if acknowledged else None
    return acknowledgement_clock(ReportFacts("r", D(received), placed, None), D(today))


def fb_clock(received: str, acknowledged: str | None, fed_back: str | None = None, today: str = "2026-11-21") -> Clock:
    placed = D(acknowledged) if acknowledged else None
    given = D(fed_back) if fed_back else None
    return feedback_clock(ReportFacts("r", D(received), placed, given), D(today))


@pytest.mark.parametrize(
    "received,due,atw",
    [
        pytest.param("2026-11-21", "2026-11-28", "2026-11-30", id="T01"),
        pytest.param("2026-11-22", "2026-11-29", "2026-11-30", id="T02"),
        pytest.param("2026-11-23", "2026-11-30", "2026-11-30", id="T03"),
        pytest.param("2026-12-18", "2026-12-25", "2026-12-28", id="T04"),
        pytest.param("2026-12-24", "2026-12-31", "2026-12-31", id="T05"),
        pytest.param("2026-12-25", "2027-01-01", "2027-01-04", id="T06"),
        pytest.param("2027-03-19", "2027-03-26", "2027-03-30", id="T07"),
        pytest.param("2027-04-20", "2027-04-27", "2027-04-28", id="T08"),
        pytest.param("2027-04-28", "2027-05-05", "2027-05-10", id="T09"),
        pytest.param("2027-04-29", "2027-05-06", "2027-05-10", id="T10"),
    ],
)
def test_acknowledgement_is_due_seven_days_after_receipt(received: str, due: str, atw: str) -> None:
    clock = ack_clock(received)
    assert (clock.due, clock.atw) == (D(due), D(atw))


def test_t11_the_royal_decree_days_move_the_extended_date() -> None:
    assert D("2027-05-07") in DECREE_DAYS
    without = StatutoryCalendar(decree_days=())
    facts = ReportFacts("r", D("2027-04-29"), None, None)
    assert acknowledgement_clock(facts, D("2027-04-29"), without).atw == D("2027-05-07")
    assert acknowledgement_clock(facts, D("2027-04-29")).atw == D("2027-05-10")


@pytest.mark.parametrize(
    "instant,due",
    [
        pytest.param("2026-11-21T23:30:00+00:00", "2026-11-29", id="T12"),
        pytest.param("2027-03-21T23:30:00+00:00", "2027-03-29", id="T13-over-the-change-to-summer-time"),
    ],
)
def test_the_day_of_receipt_is_amsterdams(instant: str, due: str) -> None:
    received = amsterdam_day(datetime.fromisoformat(instant))
    assert ack_clock(received.isoformat()).due == D(due)


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


@pytest.mark.parametrize("received", ["2025-12-20", "2028-12-28", "2031-01-10"])
def test_t19_outside_its_years_the_calendar_says_so_and_does_not_guess(received: str) -> None:
    clock = ack_clock(received)
    if D(received).year == 2025:
        assert D("2025-12-27") == clock.due
    assert clock.atw is None
    assert clock.atw_note == NOT_COVERED
    assert NOT_COVERED.nl == "feestdagenkalender dekt dit jaar niet"


def test_t19_inside_its_years_the_calendar_has_no_note() -> None:
    assert ack_clock("2026-11-21").atw_note is None


@pytest.mark.parametrize(
    "acknowledged,due",
    [
        pytest.param("2026-11-25", "2027-02-25", id="T20"),
        pytest.param("2026-11-28", "2027-02-28", id="T22-28th"),
        pytest.param("2026-11-29", "2027-02-28", id="T22-29th"),
        pytest.param("2026-11-30", "2027-02-28", id="T22-30th"),
        pytest.param("2026-12-01", "2027-03-01", id="T23"),
        pytest.param("2027-11-29", "2028-02-29", id="T24-29th"),
        pytest.param("2027-11-30", "2028-02-29", id="T24-30th"),
        pytest.param("2028-02-29", "2028-05-29", id="T25"),
        pytest.param("2027-02-05", "2027-05-05", id="T26"),
    ],
)
def test_feedback_is_due_three_months_after_an_acknowledgement_in_time(acknowledged: str, due: str) -> None:
    received = D(acknowledged) - timedelta(days=1)
    assert fb_clock(received.isoformat(), acknowledged).due == D(due)


def test_t20_feedback_does_not_count_from_receipt() -> None:
    assert fb_clock("2026-11-21", "2026-11-25").due == D("2027-02-25")


def test_t21_without_acknowledgement_feedback_counts_from_the_end_of_the_seven_days() -> None:
    clock = fb_clock("2026-11-21", None)
    assert (clock.term.started, clock.due, clock.atw) == (D("2026-11-28"), D("2027-02-28"), D("2027-03-01"))


def test_t26_the_extended_feedback_date_skips_ascension_and_decree_day() -> None:
    assert fb_clock("2027-02-05", "2027-02-05").atw == D("2027-05-10")


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


def test_a_decision_that_feedback_is_impossible_excuses_the_term() -> None:
    facts = ReportFacts("r", D("2026-11-21"), None, None, feedback_impossible=True)
    assert feedback_clock(facts, D("2028-01-01")).status is ClockStatus.EXCUSED


def test_a_norm_in_working_days_skips_weekends_and_feast_days() -> None:
    assert term_end(D("2026-12-22"), Length(10, TermUnit.WORKDAYS)) == (D("2027-01-07"), False)


def test_a_norm_in_working_days_that_runs_into_an_uncovered_year_is_provisional() -> None:
    _, provisional = term_end(D("2028-12-27"), Length(10, TermUnit.WORKDAYS))
    assert provisional


@pytest.mark.parametrize("length", [Length(7, TermUnit.DAYS), Length(2, TermUnit.WEEKS), Length(3, TermUnit.MONTHS)])
def test_a_term_that_would_run_past_the_calendar_ends_with_it(length: Length) -> None:
    assert term_end(date.max - timedelta(days=1), length) == (date.max, False)


def test_a_norm_in_working_days_that_would_run_past_the_calendar_ends_with_it() -> None:
    assert term_end(date.max - timedelta(days=1), Length(10, TermUnit.WORKDAYS)) == (date.max, True)


def test_a_term_from_the_first_day_of_the_calendar_is_overdue_and_not_an_error() -> None:
    assert ack_clock("0001-01-01").status is ClockStatus.OVERDUE
    assert fb_clock("0001-01-01", None).status is ClockStatus.OVERDUE
