# SPDX-License-Identifier: EUPL-1.2
"""What members decided and noted outside the protocol's steps."""

from casework.domain.case.events import DecisionTaken, Entry, HoldLifted, HoldPlaced, NoteAdded
from casework.domain.case.fold.effect import Effects
from casework.domain.case.fold.finishing import find_impossible, find_possible
from casework.domain.case.state import Case
from casework.domain.case.vocabulary import DECISIONS, FEEDBACK_OUTCOMES, IMPOSSIBLE, WITHDRAWAL_OUTCOMES
from casework.domain.errors import Problem
from casework.domain.problems import NO_HOLD, NO_REPORT, NOT_WITHDRAWN, PART, TWICE, UNKNOWN_VALUE


def _decision_taken(case: Case, entry: Entry, event: DecisionTaken) -> Problem | None:
    if event.about not in DECISIONS:
        return UNKNOWN_VALUE
    decide = _WITH_EFFECT.get(event.about)
    problem = decide(case, entry, event) if decide else None
    if not problem:
        case.decisions.append(entry)
    return problem


def _feedback_decided(case: Case, entry: Entry, event: DecisionTaken) -> Problem | None:
    """That nothing reaches a reporter is decided with grounds, and can be decided back (fact P07)."""
    report = case.reports.get(event.report or "")
    if report is None:
        return NO_REPORT
    if report.received.part_of:
        return PART
    if event.outcome not in FEEDBACK_OUTCOMES:
        return UNKNOWN_VALUE
    if event.outcome == IMPOSSIBLE:
        find_impossible(case, report, event, entry.seq)
    else:
        find_possible(report)
    return None


def _withdrawal_decided(case: Case, entry: Entry, event: DecisionTaken) -> Problem | None:
    """A withdrawn report is kept; what becomes of its case is a member's decision (fact R09)."""
    report = case.reports.get(event.report or "")
    if report is None:
        return NO_REPORT
    if report.withdrawn is None:
        return NOT_WITHDRAWN
    if event.outcome not in WITHDRAWAL_OUTCOMES:
        return UNKNOWN_VALUE
    report.withdrawal_decided = entry
    return None


def _note_added(case: Case, entry: Entry, _event: NoteAdded) -> Problem | None:
    case.notes.append(entry)
    return None


def _hold_placed(case: Case, _entry: Entry, event: HoldPlaced) -> Problem | None:
    if event.hold in case.holds:
        return TWICE
    case.holds[event.hold] = event
    return None


def _hold_lifted(case: Case, _entry: Entry, event: HoldLifted) -> Problem | None:
    return None if case.holds.pop(event.hold, None) else NO_HOLD


_WITH_EFFECT = {"feedback_impossible": _feedback_decided, "withdrawal": _withdrawal_decided}
EFFECTS: Effects = {
    DecisionTaken: _decision_taken,
    NoteAdded: _note_added,
    HoldPlaced: _hold_placed,
    HoldLifted: _hold_lifted,
}
