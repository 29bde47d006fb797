# SPDX-License-Identifier: EUPL-1.2
"""Days, weeks, months and working days: where a term of a local norm ends, and how far the calendar reaches."""

from datetime import date, timedelta

import pytest

from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.term import (
    ClockStatus,
    Extension,
    Length,
    Term,
    TermKind,
    TermRule,
    TermUnit,
    atw_end,
    on_day,
    read_clock,
    term_end,
)
from casework.domain.text import Text

D = date.fromisoformat
NOTHING = Text("", "")
TEN_WORKDAYS = Length(10, TermUnit.WORKDAYS)


def norm(length: Length, started: str) -> Term:
    return Term("A13", None, NOTHING, TermRule(length, TermKind.NORM, NOTHING), D(started), NOTHING, NOTHING)


def test_t39_ten_working_days_for_the_right_of_reply_skip_weekends_and_feast_days() -> None:
    clock = read_clock(norm(TEN_WORKDAYS, "2026-12-22"), None, D("2026-12-22"))
    assert (clock.due, clock.provisional) == (D("2027-01-07"), False)


def test_working_days_skip_the_decree_day_after_ascension() -> None:
    assert term_end(D("2027-05-05"), Length(1, TermUnit.WORKDAYS)) == (D("2027-05-10"), False)


@pytest.mark.parametrize(
    "started,provisional",
    [("2028-12-13", False), ("2028-12-14", True), ("2028-12-27", True), ("2025-12-30", True), ("2025-12-31", False)],
)
def test_a_norm_in_working_days_is_provisional_as_soon_as_one_of_its_days_is_in_an_uncovered_year(
    started: str, *, provisional: bool
) -> None:
    """The day of the start does not count, so a start on the last day of 2025 is in order (fact T19)."""
    assert read_clock(norm(TEN_WORKDAYS, started), None, D("2026-11-22")).provisional is provisional


@pytest.mark.parametrize(
    "length,by",
    [(TEN_WORKDAYS, Length(1, TermUnit.WEEKS)), (Length(1, TermUnit.WEEKS), TEN_WORKDAYS)],
)
def test_a_term_of_which_one_part_is_provisional_is_so_as_a_whole(length: Length, by: Length) -> None:
    term = norm(length, "2028-12-27")
    assert read_clock(term, None, D("2028-12-27"), extensions=(Extension(by, NOTHING),)).provisional


def test_a_norm_in_calendar_days_is_never_provisional() -> None:
    clock = read_clock(norm(Length(30, TermUnit.DAYS), "2028-12-20"), None, D("2028-12-20"))
    assert (clock.due, clock.provisional) == (D("2029-01-19"), False)


def test_a_local_norm_is_never_extended() -> None:
    clock = read_clock(norm(Length(7, TermUnit.DAYS), "2026-11-21"), None, D("2026-11-21"))
    assert (clock.due, clock.atw, clock.atw_note) == (D("2026-11-28"), None, None)


@pytest.mark.parametrize(
    "longest",
    [Length(90, TermUnit.DAYS), Length(12, TermUnit.WEEKS), Length(3, TermUnit.MONTHS)],
)
def test_the_atw_extends_no_term_longer_than_its_article_4_names(longest: Length) -> None:
    saturday = D("2026-11-28")
    longer = longest._replace(amount=longest.amount + 1)
    assert atw_end(saturday, longest, FreeDayRule.ATW, DUTCH_CALENDAR) == (D("2026-11-30"), None)
    assert atw_end(saturday, longer, FreeDayRule.ATW, DUTCH_CALENDAR) == (None, None)


def test_the_atw_moves_no_term_in_working_days() -> None:
    assert atw_end(D("2026-11-28"), Length(1, TermUnit.WORKDAYS), FreeDayRule.ATW, DUTCH_CALENDAR) == (None, None)


def test_every_rule_that_gives_a_later_day_has_words_for_it() -> None:
    said = {rule: rule.words for rule in FreeDayRule}
    assert said.pop(FreeDayRule.NONE) is None
    assert len({words.nl for words in said.values() if words}) == len(said)


@pytest.mark.parametrize(
    "year,free",
    [
        (2026, "01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25"),
        (2027, "01-01 03-26 03-29 04-27 05-05 05-06 05-07 05-17"),
        (2028, "04-14 04-17 04-27 04-28 05-05 05-25 05-26 06-05 12-25 12-26"),
    ],
)
def test_of_each_covered_year_just_these_days_from_monday_to_friday_are_free(year: int, free: str) -> None:
    days = (date(year, 1, 1) + timedelta(days=passed) for passed in range(366))
    weekdays = [day for day in days if day.year == year and day.isoweekday() <= 5]
    assert [f"{day:%m-%d}" for day in weekdays if DUTCH_CALENDAR.is_free(day)] == free.split()


def test_saturdays_and_sundays_are_free() -> None:
    assert [DUTCH_CALENDAR.is_free(D(f"2026-11-{day}")) for day in range(20, 24)] == [False, True, True, False]


def test_a_calendar_for_other_years_is_a_calendar_with_their_decree_days() -> None:
    later = StatutoryCalendar(decree_days=(D("2029-05-11"),), covered=range(2029, 2030))
    assert later.extend(D("2029-05-10")) == D("2029-05-14")
    assert later.extend(D("2028-05-10")) is None


def test_months_are_counted_as_long_as_there_is_a_calendar() -> None:
    assert term_end(date(9999, 11, 30), Length(1, TermUnit.MONTHS)) == (date(9999, 12, 30), False)
    assert term_end(date(9999, 12, 30), Length(1, TermUnit.MONTHS)) == (date.max, False)


@pytest.mark.parametrize("length", [Length(7, TermUnit.DAYS), Length(2, TermUnit.WEEKS), Length(3, TermUnit.MONTHS)])
def test_a_term_that_would_run_past_the_calendar_ends_with_it(length: Length) -> None:
    assert term_end(date.max - timedelta(days=1), length) == (date.max, False)


def test_a_norm_in_working_days_that_would_run_past_the_calendar_ends_with_it() -> None:
    assert term_end(date.max - timedelta(days=1), TEN_WORKDAYS) == (date.max, True)


def test_an_extension_in_working_days_goes_by_the_calendar_that_the_term_goes_by() -> None:
    term, by = norm(Length(1, TermUnit.DAYS), "2026-12-20"), (Extension(Length(1, TermUnit.WORKDAYS), NOTHING),)
    early = StatutoryCalendar(decree_days=(D("2026-12-22"),))
    assert read_clock(term, None, D("2026-12-20"), early, extensions=by).due == D("2026-12-23")


@pytest.mark.parametrize("today", ["2026-12-19", "2027-01-08"])
def test_a_term_from_which_a_step_was_excused_is_so_on_every_day(today: str) -> None:
    clock = read_clock(norm(TEN_WORKDAYS, "2026-12-22"), None, D("2026-12-22"), excused=True)
    assert on_day(clock, D(today)).status is ClockStatus.EXCUSED
