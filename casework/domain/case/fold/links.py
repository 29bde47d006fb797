# SPDX-License-Identifier: EUPL-1.2
"""What ties the case to other cases."""

from casework.domain.case.events import CaseSplit, Entry, JoiningUndone, ReportsJoined
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.problems import NOT_JOINED, TWICE, UNKNOWN_VALUE


def _joined(case: Case, _entry: Entry, event: ReportsJoined) -> Problem | None:
    if event.other_case in case.joined:
        return TWICE
    case.joined[event.other_case] = event
    return None


def _joining_undone(case: Case, _entry: Entry, event: JoiningUndone) -> Problem | None:
    return None if case.joined.pop(event.other_case, None) else NOT_JOINED


def _split(case: Case, _entry: Entry, event: CaseSplit) -> Problem | None:
    if not event.new_cases:
        return UNKNOWN_VALUE
    if len({*case.parts, *event.new_cases}) < len(case.parts) + len(event.new_cases):
        return TWICE
    case.parts += event.new_cases
    return None


EFFECTS: Effects = {
    ReportsJoined: _joined,
    JoiningUndone: _joining_undone,
    CaseSplit: _split,
}
