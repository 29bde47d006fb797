# SPDX-License-Identifier: EUPL-1.2
"""Terms in hours run over weekends and feast days, in real hours, and end within the day where only a day is known."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.terms.calendar import AMSTERDAM
from casework.domain.terms.disclosure_clock import disclosure_clock
from casework.domain.terms.hours import breach_notification_due, disclosure_review_due
from casework.domain.terms.term import ClockStatus, TermKind

D = date.fromisoformat
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


def in_amsterdam(wall_clock: str) -> datetime:
    return datetime.fromisoformat(wall_clock).replace(tzinfo=AMSTERDAM)


def test_t40_a_breach_found_before_christmas_is_notified_on_the_sunday_after_it() -> None:
    due = breach_notification_due(in_amsterdam("2026-12-24T10:00"))
    assert due.isoformat() == "2026-12-27T10:00:00+01:00"


@pytest.mark.parametrize(
    "discovered,due",
    [
        pytest.param("2027-03-26T10:00", "2027-03-29T11:00:00+02:00", id="to-summer-time"),
        pytest.param("2026-10-23T10:00", "2026-10-26T09:00:00+01:00", id="from-summer-time"),
    ],
)
def test_t40_seventy_two_hours_are_real_hours_when_the_clock_changes(discovered: str, due: str) -> None:
    assert breach_notification_due(in_amsterdam(discovered)).isoformat() == due


def test_t40_an_instant_in_another_zone_gives_the_same_hour_in_amsterdam() -> None:
    due = breach_notification_due(datetime.fromisoformat("2026-12-24T09:00:00Z"))
    assert due.isoformat() == "2026-12-27T10:00:00+01:00"


def test_an_instant_without_a_zone_has_no_hour_to_count_from() -> None:
    with pytest.raises(ValueError, match="time zone"):
        breach_notification_due(datetime(2026, 12, 24, 10))  # noqa: DTZ001 - the refusal of just this


@pytest.mark.parametrize(
    "day,due",
    [
        pytest.param("2026-12-24", "2026-12-26", id="over-christmas"),
        pytest.param("2027-03-27", "2027-03-29", id="to-summer-time"),
        pytest.param("2026-10-22", "2026-10-24", id="just-before-winter-time"),
        pytest.param("2026-10-23", "2026-10-24", id="into-winter-time"),
        pytest.param("2026-10-25", "2026-10-26", id="on-the-day-of-winter-time"),
        pytest.param("2026-10-26", "2026-10-28", id="just-after"),
        pytest.param("9999-12-28", "9999-12-30", id="near-the-end-of-the-calendar"),
        pytest.param("9999-12-29", "9999-12-31", id="as-near-as-counts"),
        pytest.param("9999-12-30", "9999-12-31", id="the-end-of-the-calendar"),
        pytest.param("0001-01-01", "0001-01-03", id="the-start-of-the-calendar"),
    ],
)
def test_a_disclosure_is_reviewed_by_the_last_day_that_surely_lies_within_72_hours(day: str, due: str) -> None:
    assert disclosure_review_due(D(day)) == D(due)


@given(DAYS)
def test_the_review_day_ends_within_72_hours_and_the_next_day_would_not(day: date) -> None:
    def midnight_after(days: date) -> datetime:
        after = days + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=AMSTERDAM).astimezone(UTC)

    earliest = midnight_after(day - timedelta(days=1))
    due = disclosure_review_due(day)
    assert midnight_after(due) - earliest <= timedelta(hours=72) < midnight_after(due + timedelta(days=1)) - earliest


@pytest.mark.parametrize(
    "reviewed,today,status",
    [
        (None, "2026-12-25", ClockStatus.RUNNING),
        (None, "2026-12-26", ClockStatus.DUE_TODAY),
        (None, "2026-12-27", ClockStatus.OVERDUE),
        ("2026-12-26", "2027-01-10", ClockStatus.MET_ON_TIME),
        ("2026-12-28", "2027-01-10", ClockStatus.MET_LATE),
    ],
)
def test_the_review_of_a_disclosure_has_a_clock(reviewed: str | None, today: str, status: ClockStatus) -> None:
    clock = disclosure_clock(D("2026-12-24"), D(reviewed) if reviewed else None, D(today))
    assert (clock.due, clock.atw, clock.status) == (D("2026-12-26"), None, status)
    assert clock.term.rule.kind is TermKind.DEFAULT
