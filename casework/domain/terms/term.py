# SPDX-License-Identifier: EUPL-1.2
"""Terms: from which day they run, when they end, and how they stand on a given day.

`due` is the strict date and the one to act on. `atw` is the later date that the Algemene termijnenwet (or its
European sister) gives or may give, by the term's FreeDayRule.
Dates are calendar days; months keep the day number, or take the last day of the month. A term that would end
after the year 9999 ends on its last day: a day that cannot be right must not keep a case from being judged.
"""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from casework.domain.terms.calendar import DUTCH_CALENDAR, NOT_COVERED, StatutoryCalendar
from casework.domain.terms.free_days import FreeDayRule
from casework.domain.text import Text


class TermKind(StrEnum):
    """Where a term comes from: a statute, the body's own norm, or this tool's default."""

    LAW = "law"
    NORM = "norm"
    DEFAULT = "default"


class TermUnit(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKDAYS = "workdays"


class ClockStatus(StrEnum):
    """How a term stands: the last three are final, whatever day it becomes."""

    RUNNING = "running"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    MET_ON_TIME = "met_on_time"
    MET_LATE = "met_late"
    EXCUSED = "excused"


class Length(NamedTuple):
    """So many days, weeks, months or working days."""

    amount: int
    unit: TermUnit


# The longest terms that the Atw extends, art. 4(a).
_ATW_LONGEST = {TermUnit.DAYS: 90, TermUnit.WEEKS: 12, TermUnit.MONTHS: 3, TermUnit.WORKDAYS: 0}


class TermRule(NamedTuple):
    """What a term is: its length, where it comes from and the article or regulation it rests on.

    `in_words` is the statute's own word where it gives no number; `length` is then the strict reading.
    What a `lasting` rule asks for is owed however a case ends: it follows from what the desk knows of a person.
    """

    length: Length
    kind: TermKind
    basis: Text
    free_days: FreeDayRule = FreeDayRule.NONE
    in_words: Text | None = None
    lasting: bool = False


class Extension(NamedTuple):
    """What lengthens a term: by a length from its strict end, or until a day agreed on; and the sentence that says so.

    `told` is the day by which it had been told, where the law wants that before the term ends (else None).
    """

    by: Length | date
    reason: Text
    told: date | None = None


TOLD_TOO_LATE = Text(
    "De termijn was al voorbij toen het uitstel werd meegedeeld. Daarom is hij niet verlengd.",
    "The term had already ended when its extension was told. So it was not extended.",
)


class Term(NamedTuple):
    """A term that has started: whose it is, by which rule, from which day and why, and what stops it.

    `name` is "acknowledgement", "feedback" or the id of a step; `report` is None for a step of the case.
    """

    name: str
    report: str | None
    title: Text
    rule: TermRule
    started: date
    started_by: Text
    stops_when: Text


class Clock(NamedTuple):
    """A term as it stands on one day.

    `atw` is None where the Atw does not apply, and also where the calendar does not reach: then
    `atw_note` says so. `provisional` marks a `due` that such a year may still move. `extended` says what
    lengthened the term, or why that failed. `days_left` is negative after `due`.
    """

    term: Term
    due: date
    provisional: bool
    atw: date | None
    atw_note: Text | None
    extended: tuple[Text, ...]
    stopped: date | None
    status: ClockStatus
    days_left: int


def add_months(day: date, months: int) -> date:
    """Return the same day number so many months on, or the last day of that month if it has none."""
    # The reporter's terminal has this rule of its own: neither program imports the other, and a term is no format.
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def term_end(start: date, length: Length, calendar: StatutoryCalendar = DUTCH_CALENDAR) -> tuple[date, bool]:
    """Return the last day of a term and whether it is provisional; the day of `start` does not count."""
    amount, unit = length
    if unit is TermUnit.WORKDAYS:
        end = calendar.add_workdays(start, amount)
        return end.day, end.provisional
    if unit is TermUnit.MONTHS:
        return add_months(start, amount), False
    days = min(amount * (7 if unit is TermUnit.WEEKS else 1), (date.max - start).days)
    return start + timedelta(days=days), False


def atw_end(
    due: date, length: Length, rule: FreeDayRule, calendar: StatutoryCalendar
) -> tuple[date | None, Text | None]:
    """Return the day to which a term of `length` that ends on `due` moves, and a note; both None where it cannot."""
    if rule is FreeDayRule.NONE or length.amount > _ATW_LONGEST[length.unit]:
        return None, None
    moved = calendar.extend(due)
    return moved, None if moved else NOT_COVERED


def clock_status(due: date, stopped: date | None, today: date, *, excused: bool = False) -> ClockStatus:
    """Judge a term: by the day that stopped it, else by `today`, always against the strict date."""
    if stopped is not None:
        return ClockStatus.MET_ON_TIME if stopped <= due else ClockStatus.MET_LATE
    if excused:
        return ClockStatus.EXCUSED
    if today == due:
        return ClockStatus.DUE_TODAY
    return ClockStatus.OVERDUE if today > due else ClockStatus.RUNNING


def _effective(due: date, atw: date | None, rule: TermRule) -> date:
    """Return the last day that the law gives for certain."""
    return atw if atw and rule.free_days is FreeDayRule.ATW else due


class _Dates(NamedTuple):
    due: date
    provisional: bool
    atw: date | None
    atw_note: Text | None
    extended: tuple[Text, ...]


# Room for the days of some years under every rule: in a smaller one a long list of cases would drive out its own.
@lru_cache(maxsize=1 << 15)
def _dates(started: date, rule: TermRule, extensions: tuple[Extension, ...], calendar: StatutoryCalendar) -> _Dates:
    due, provisional = term_end(started, rule.length, calendar)
    dates = _Dates(due, provisional, *atw_end(due, rule.length, rule.free_days, calendar), ())
    for extension in extensions:
        dates = _lengthened(dates, extension, rule, calendar)
    return dates


def _lengthened(dates: _Dates, extension: Extension, rule: TermRule, calendar: StatutoryCalendar) -> _Dates:
    by, reason, told = extension
    if told and told > _effective(dates.due, dates.atw, rule):
        return dates._replace(extended=(*dates.extended, TOLD_TOO_LATE))
    extended = (*dates.extended, reason)
    if isinstance(by, date):
        # A day that people agreed on is no term of the statute: nothing moves it.
        return _Dates(by, provisional=False, atw=None, atw_note=None, extended=extended) if by > dates.due else dates
    due, provisional = term_end(dates.due, by, calendar)
    # The Atw measures each term by itself: ten weeks and four more are no term of fourteen.
    return _Dates(due, dates.provisional or provisional, *atw_end(due, by, rule.free_days, calendar), extended)


def read_clock(
    term: Term,
    stopped: date | None,
    today: date,
    calendar: StatutoryCalendar = DUTCH_CALENDAR,
    *,
    extensions: tuple[Extension, ...] = (),
    excused: bool = False,
) -> Clock:
    """Return how a started term stands on `today`; `stopped` is the day that met it, if any.

    `extensions` apply in their order; none ever shortens the term.
    """
    dates = _dates(term.started, term.rule, extensions, calendar)
    status = clock_status(dates.due, stopped, today, excused=excused)
    return Clock(term, *dates, stopped, status, (dates.due - today).days)


def on_day(clock: Clock, today: date) -> Clock:
    """Return a clock as it stands on another day."""
    status = clock_status(clock.due, clock.stopped, today, excused=clock.status is ClockStatus.EXCUSED)
    return clock._replace(status=status, days_left=(clock.due - today).days)
