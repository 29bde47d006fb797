# SPDX-License-Identifier: EUPL-1.2
"""The two terms that the law gives a reporter, and how they stand.

Wet bescherming klokkenluiders, art. 2, second paragraph, under h and i. Days, never hours.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from intake.reporter.mailbox import Dates

ACKNOWLEDGE_DAYS = 7
FEEDBACK_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Term:
    """How a promise stands: ``given``, ``late``, ``due``, ``passed``, ``interim`` or ``receipt``."""

    state: str
    day: date
    """When it came; today where it has not come."""
    due: date


def acknowledgement_due(received: date) -> date:
    """Return the last day for the acknowledgement; the day of arrival does not count."""
    return received + timedelta(days=ACKNOWLEDGE_DAYS)


def feedback_due(received: date, acknowledged: date | None, *, receipt_is_ack: bool) -> date:
    """Return the last day for feedback; a late or missing acknowledgement does not lengthen the term."""
    if receipt_is_ack:
        return add_months(received, FEEDBACK_MONTHS)
    latest = acknowledgement_due(received)
    return add_months(min(acknowledged or latest, latest), FEEDBACK_MONTHS)


def acknowledgement_term(found: Dates, today: date, *, receipt_is_ack: bool) -> Term:
    """Return how the acknowledgement stands."""
    due = acknowledgement_due(found.received)
    if receipt_is_ack:
        return Term("receipt", found.received, due)
    return _term(found.acknowledged, today, due)


def feedback_term(found: Dates, today: date, *, receipt_is_ack: bool) -> Term:
    """Return how the feedback stands, by the earlier of the law's day and the committee's own promise.

    Interim feedback within the term stops the alarm, but does not end the wait for the result.
    """
    legal = feedback_due(found.received, found.acknowledged, receipt_is_ack=receipt_is_ack)
    due = min(found.promised or legal, legal)
    in_time = [day for day in found.interim if day <= due]
    if found.feedback is None and in_time:
        return Term("interim", in_time[-1], due)
    # With interim feedback in time, the result may come later.
    return _term(found.feedback, today, found.feedback if found.feedback and in_time else due)


def add_months(day: date, count: int) -> date:
    """Return the same day of a later month, or the last one of a shorter month."""
    # Counted here too, because the reporter holds the committee's promise against the law without its word for it.
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _term(came: date | None, today: date, due: date) -> Term:
    if came is None:
        return Term("passed" if today > due else "due", today, due)
    return Term("late" if came > due else "given", came, due)
