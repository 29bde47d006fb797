# SPDX-License-Identifier: EUPL-1.2
"""Who may act in the case."""

from casework.domain.case.access import declaration_problem, exclusion_problem, is_alone, readmission_problem
from casework.domain.case.events import ConflictDeclared, Entry, MemberExcluded, MemberReadmitted
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case
from casework.domain.errors import Problem


def _conflict_declared(case: Case, entry: Entry, event: ConflictDeclared) -> Problem | None:
    problem = declaration_problem(case, entry.author, event)
    if not problem:
        case.declarations[event.member] = event
    return problem


def _member_excluded(case: Case, entry: Entry, event: MemberExcluded) -> Problem | None:
    problem = exclusion_problem(case, entry.author, event)
    if problem:
        return problem
    if is_alone(case, entry.author, event):
        case.excluded_alone[entry.author] = event.member
    case.excluded[event.member] = event.ground
    return None


def _member_readmitted(case: Case, entry: Entry, event: MemberReadmitted) -> Problem | None:
    problem = readmission_problem(case, entry.author, event.member)
    if problem:
        return problem
    case.excluded.pop(event.member, None)
    case.declarations.pop(event.member, None)
    case.excluded_alone = {by: member for by, member in case.excluded_alone.items() if member != event.member}
    return None


EFFECTS: Effects = {
    ConflictDeclared: _conflict_declared,
    MemberExcluded: _member_excluded,
    MemberReadmitted: _member_readmitted,
}
