# SPDX-License-Identifier: EUPL-1.2
"""What holds for every term, from whatever day and however long."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from casework.domain.terms.calendar import DUTCH_CALENDAR
from casework.domain.terms.free_days import FreeDayRule
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
    clock_status,
    read_clock,
    term_end,
)
from casework.domain.text import Text

NOTHING = Text("", "")
TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
COVERED = st.dates(date(2026, 1, 1), date(2028, 12, 20))
LENGTHS = st.builds(Length, st.integers(0, 120), st.sampled_from(TermUnit))
RULES = st.builds(TermRule, LENGTHS, st.just(TermKind.LAW), st.just(NOTHING), st.sampled_from(FreeDayRule))
EXTENSIONS = st.builds(Extension, LENGTHS | DAYS, st.just(NOTHING), st.none() | DAYS)


def clock_of(rule: TermRule, started: date, *extensions: Extension) -> Clock:
    return read_clock(Term("C09", None, NOTHING, rule, started, NOTHING, NOTHING), None, TODAY, extensions=extensions)


@given(DAYS, st.integers(0, 400), LENGTHS)
def test_a_term_that_starts_later_never_ends_earlier(start: date, later: int, length: Length) -> None:
    assert term_end(start, length)[0] <= term_end(start + timedelta(days=later), length)[0]


@given(DAYS, LENGTHS, st.integers(1, 30))
def test_a_longer_term_ends_later(start: date, length: Length, more: int) -> None:
    assert term_end(start, length)[0] < term_end(start, length._replace(amount=length.amount + more))[0]


@given(DAYS, st.integers(0, 120))
def test_months_keep_the_day_number_or_take_the_last_day_of_the_month(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 60))
def test_working_days_end_on_a_working_day_with_just_so_many_after_the_start(start: date, count: int) -> None:
    end, _ = term_end(start, Length(count, TermUnit.WORKDAYS))
    after = (start + timedelta(days=day) for day in range(1, (end - start).days + 1))
    assert not DUTCH_CALENDAR.is_free(end)
    assert sum(not DUTCH_CALENDAR.is_free(day) for day in after) == count


@given(COVERED)
def test_the_atw_moves_a_day_to_the_first_that_is_not_free(day: date) -> None:
    moved = DUTCH_CALENDAR.extend(day)
    assert moved
    assert not DUTCH_CALENDAR.is_free(moved)
    assert all(DUTCH_CALENDAR.is_free(day + timedelta(days=passed)) for passed in range((moved - day).days))


@given(DAYS, RULES)
def test_the_date_to_act_on_is_never_after_the_extended_one(started: date, rule: TermRule) -> None:
    clock = clock_of(rule, started)
    assert clock.atw is None or clock.due <= clock.atw


@given(DAYS, RULES, st.lists(EXTENSIONS, min_size=1, max_size=4))
def test_what_extends_a_term_never_shortens_it(started: date, rule: TermRule, extensions: list[Extension]) -> None:
    dues = [clock_of(rule, started, *extensions[:used]).due for used in range(len(extensions) + 1)]
    assert dues == sorted(dues)


@given(DAYS, RULES, EXTENSIONS)
def test_a_term_that_something_lengthened_says_so(started: date, rule: TermRule, extension: Extension) -> None:
    before, after = clock_of(rule, started), clock_of(rule, started, extension)
    assume(after.due > before.due)
    assert after.extended == (extension.reason,)


@given(DAYS, DAYS)
def test_a_term_that_nothing_meets_is_overdue_from_the_day_after_its_end(due: date, today: date) -> None:
    assert (clock_status(due, None, today) is ClockStatus.OVERDUE) is (today > due)


@given(due=DAYS, today=DAYS, stopped=DAYS, excused=st.booleans())
def test_a_term_that_was_met_stands_the_same_on_every_day(
    due: date, today: date, stopped: date, *, excused: bool
) -> None:
    expected = ClockStatus.MET_ON_TIME if stopped <= due else ClockStatus.MET_LATE
    assert clock_status(due, stopped, today, excused=excused) is expected
