# SPDX-License-Identifier: EUPL-1.2
"""What ties the case to other cases."""

from casework.domain.case.events import CaseSplit, Entry, ReportsJoined
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case
from casework.domain.errors import Problem


def _linked(case: Case, entry: Entry, _event: object) -> Problem | None:
    case.links.append(entry)
    return None


EFFECTS: Effects = {
    ReportsJoined: _linked,
    CaseSplit: _linked,
}
