# SPDX-License-Identifier: EUPL-1.2
"""The way through the protocol; whether the protocol allowed it is judged in `flow`."""

from casework.domain.case.closing import closing_problem, too_early
from casework.domain.case.events import (
    CaseClosed,
    CaseReopened,
    DeviationRecorded,
    Entry,
    ProtocolPinned,
    StepCompleted,
    StepReopened,
)
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.problems import MOVE_WITHOUT_REASON, NOT_CLOSED


def _protocol_pinned(case: Case, entry: Entry, event: ProtocolPinned) -> Problem | None:
    if case.pinned and not event.reason:
        return MOVE_WITHOUT_REASON
    if case.pinned:
        case.history.append(entry)
        case.closed = None
    case.pinned = event
    return None


def _on_the_way(case: Case, entry: Entry, _event: object) -> Problem | None:
    case.history.append(entry)
    return None


def _case_closed(case: Case, entry: Entry, event: CaseClosed) -> Problem | None:
    why = closing_problem(case)
    if why:
        return too_early(why)
    case.closed = event
    case.history.append(entry)
    return None


def _case_reopened(case: Case, entry: Entry, _event: CaseReopened) -> Problem | None:
    if not case.closed:
        return NOT_CLOSED
    case.closed = None
    case.history.append(entry)
    return None


EFFECTS: Effects = {
    ProtocolPinned: _protocol_pinned,
    StepCompleted: _on_the_way,
    StepReopened: _on_the_way,
    DeviationRecorded: _on_the_way,
    CaseClosed: _case_closed,
    CaseReopened: _case_reopened,
}
