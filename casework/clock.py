# SPDX-License-Identifier: EUPL-1.2
"""The one place where this package asks what day it is; everywhere else the day is an argument."""

from datetime import UTC, date, datetime

from casework.domain.terms.calendar import amsterdam_day


def amsterdam_today() -> date:
    """Return the calendar day in Europe/Amsterdam."""
    return amsterdam_day(datetime.now(UTC))
