# SPDX-License-Identifier: EUPL-1.2
"""Who may act in the case."""

from casework.domain.case.events import ConflictDeclared, Entry, MemberExcluded
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.problems import NOT_OWN, TWICE


def _conflict_declared(case: Case, entry: Entry, event: ConflictDeclared) -> Problem | None:
    if event.member != entry.author:
        return NOT_OWN
    case.declarations[event.member] = event
    return None


def _member_excluded(case: Case, _entry: Entry, event: MemberExcluded) -> Problem | None:
    if event.member in case.excluded:
        return TWICE
    case.excluded[event.member] = event.ground
    return None


EFFECTS: Effects = {
    ConflictDeclared: _conflict_declared,
    MemberExcluded: _member_excluded,
}
