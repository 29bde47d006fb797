# SPDX-License-Identifier: EUPL-1.2
"""Days that count and days that do not, for the Algemene termijnenwet (Atw) and for working-day norms.

The feast days of Atw art. 3(1) come from the `holidays` library; Goede Vrijdag is equated by art. 3(2)
and 5 May counts every year. The days that a royal decree equates (art. 3(3)) are kept here, because they
are announced for a few years at a time: the calendar covers exactly those years and says so for others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from casework.domain.text import Text

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ONE_DAY = timedelta(days=1)
_WEEKEND = (5, 6)

# Days equated with feast days by royal decree under Atw art. 3(3).
DECREE_DAYS = (
    date(2026, 1, 2),
    date(2026, 5, 15),
    date(2027, 5, 7),
    date(2028, 4, 28),
    date(2028, 5, 26),
)
COVERED_YEARS = range(2026, 2029)

NOT_COVERED = Text("feestdagenkalender dekt dit jaar niet", "the holiday calendar does not cover this year")


def amsterdam_day(instant: datetime) -> date:
    """Return the calendar day in Amsterdam of an instant; raise ValueError if it names no time zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(AMSTERDAM).date()


@lru_cache(maxsize=64)
def _feast_days(year: int) -> frozenset[date]:
    return frozenset(country_holidays("NL", years=year, categories=("public", "optional")))


@dataclass(frozen=True, slots=True)
class Workday:
    """The day on which a number of working days ends; `provisional` outside the covered years."""

    day: date
    provisional: bool


class StatutoryCalendar:
    """Which days are Saturday, Sunday or feast day in the sense of the Atw, and for which years."""

    def __init__(self, decree_days: Iterable[date] = DECREE_DAYS, covered: range = COVERED_YEARS) -> None:
        self._decree_days = frozenset(decree_days)
        self._covered = covered

    def covers(self, day: date) -> bool:
        """Say whether all feast days of the day's year are known."""
        return day.year in self._covered

    def is_free(self, day: date) -> bool:
        """Say whether the day is a Saturday, Sunday or feast day, as far as this calendar knows."""
        return day.weekday() in _WEEKEND or day in self._decree_days or day in _feast_days(day.year)

    def extend(self, day: date) -> date | None:
        """Return the first day from `day` on that is not free (Atw art. 1(1)).

        None where the search meets a year that is not covered: the caller shows NOT_COVERED.
        """
        while self.covers(day):
            if not self.is_free(day):
                return day
            day += _ONE_DAY
        return None

    def add_workdays(self, start: date, count: int) -> Workday:
        """Return the last of `count` working days after `start`, which itself does not count; `date.max` at most."""
        day, provisional = start, False
        while count and day < date.max:
            day += _ONE_DAY
            provisional = provisional or not self.covers(day)
            count -= not self.is_free(day)
        return Workday(day, provisional)


DUTCH_CALENDAR = StatutoryCalendar()
