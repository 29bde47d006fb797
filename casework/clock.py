# SPDX-License-Identifier: EUPL-1.2
"""The one place where this package asks what day it is; everywhere else the day is an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def amsterdam_today() -> date:
    """Return the calendar day in Europe/Amsterdam."""
    return datetime.now(_AMSTERDAM).date()
