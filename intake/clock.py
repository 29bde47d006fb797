# SPDX-License-Identifier: EUPL-1.2
"""The intake's calendar: the only place that asks the machine what day it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    """Return the calendar day in Europe/Amsterdam (FORMAT.md section 1.1)."""
    return datetime.now(AMSTERDAM).date()
