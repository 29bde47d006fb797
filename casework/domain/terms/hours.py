# SPDX-License-Identifier: EUPL-1.2
"""Terms in hours: the only ones that begin and end at an instant. No feast day ever moves them (Atw, art. 4(a)).

Hours are real ones: over the change to or from summer time the wall clock in Amsterdam shows an hour more or less.
"""

from datetime import UTC, date, datetime, timedelta

from casework.domain.terms.calendar import AMSTERDAM

_SEVENTY_TWO_HOURS = timedelta(hours=72)


def breach_notification_due(discovered: datetime) -> datetime:
    """Return by when a breach of personal data must be notified to the AP (AVG, art. 33(1)), in Amsterdam's time.

    That Regulation 1182/71 art. 3(5) might add working days is left aside: act on the strict hour. Raises ValueError
    for an instant that names no time zone.
    """
    if discovered.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (discovered.astimezone(UTC) + _SEVENTY_TWO_HOURS).astimezone(AMSTERDAM)


def disclosure_review_due(day: date) -> date:
    """Return the last whole day that surely lies within 72 hours of something that happened on `day`, at whatever hour.

    That is two days on, or one where the clock goes back in between; the last day of the calendar at most.
    """
    if date.max - day < _SEVENTY_TWO_HOURS:
        return date.max
    goes_back = _ahead_of_utc(day + _SEVENTY_TWO_HOURS) < _ahead_of_utc(day)
    return day + timedelta(days=1 if goes_back else 2)


def _ahead_of_utc(day: date) -> timedelta:
    midnight = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)
    return midnight.utcoffset() or timedelta()
