# SPDX-License-Identifier: EUPL-1.2
"""The fold of a case log. Tolerant: an entry that breaks a rule is void and kept, and nothing stops the fold.

These rules need no protocol. Whether a completed step was allowed by the protocol is judged in `flow`.
"""

from collections.abc import Iterable

from casework.domain.case.events import ConflictDeclared, Entry, MemberExcluded, Unread
from casework.domain.case.fold import danger, decisions, links, members, messages, reports, steps
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.problems import UNREADABLE


def fold(entries: Iterable[Entry]) -> Case:
    """Return the case that its entries, in log order, add up to. Never raises for what they hold."""
    case = Case()
    for entry in entries:
        extend(case, entry)
    return case


def extend(case: Case, entry: Entry) -> None:
    """Take one more entry of the log into the case, as `fold` would."""
    case.entries.append(entry)
    problem = _author_problem(case, entry) or _EFFECTS[type(entry.event)](case, entry, entry.event)
    if problem:
        case.void[entry.seq] = problem


def _author_problem(case: Case, entry: Entry) -> Problem | None:
    problem = case.member_problem(entry.author, steps_aside=False)
    return problem and case.member_problem(entry.author, steps_aside=_steps_aside(entry))


def _steps_aside(entry: Entry) -> bool:
    event = entry.event
    return isinstance(event, ConflictDeclared) or (isinstance(event, MemberExcluded) and event.member == entry.author)


def _unread(case: Case, _entry: Entry, event: Unread) -> Problem:
    case.read_only = case.read_only or event.newer
    return UNREADABLE


_EFFECTS: Effects = {
    Unread: _unread,
    **reports.EFFECTS,
    **messages.EFFECTS,
    **steps.EFFECTS,
    **members.EFFECTS,
    **decisions.EFFECTS,
    **danger.EFFECTS,
    **links.EFFECTS,
}
