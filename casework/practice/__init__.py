# SPDX-License-Identifier: EUPL-1.2
"""An invented year at an invented desk, to practise with: in memory alone, with a day that can be moved.

- committee: the desk, its members, and who practises
- story: one case of the year as a file tells it; `year/` has the files, `usual.toml` what records say by default
- mailbox: the imagined mailboxes, and reporters who sign with invented keys
- log: a case log in memory, which takes commands as a real one does
- player: plays stories, by commands on their days; so what the year shows is always a valid history
- desk: the same functions as `service.Desk`, over those logs

Nothing here opens a member's folder, a vault or a connection (a test).
"""

from datetime import date

from casework.practice.desk import PracticeDesk
from casework.practice.player import play
from casework.practice.story import invented_year
from casework.protocols import open_shelf

OPENING_DAY = date(2027, 1, 18)
"""A Monday on which much has happened in the invented year, and something must be done."""


def open_year(day: date = OPENING_DAY) -> PracticeDesk:
    """Return the desk of the invented year on a day; one outside the calendar becomes the nearest inside."""
    shelf = open_shelf()
    return PracticeDesk((play(story, shelf) for story in invented_year()), shelf, day)
