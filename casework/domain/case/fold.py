# SPDX-License-Identifier: EUPL-1.2
"""The fold of a case log. Tolerant: an entry that breaks a rule is void and kept, and nothing stops the fold.

These rules need no protocol. Whether a completed step was allowed by the protocol is judged in `flow`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from casework.domain.case.events import (
    CaseClosed,
    CaseRegistered,
    CaseReopened,
    CaseSplit,
    ConflictDeclared,
    DecisionTaken,
    DeviationRecorded,
    Entry,
    HoldLifted,
    HoldPlaced,
    MailboxDeleted,
    MemberExcluded,
    MessagePlaced,
    MessageReceived,
    MessageWritten,
    NoteAdded,
    ProtocolPinned,
    ReportReceived,
    ReportsJoined,
    StepCompleted,
    StepReopened,
    Unread,
)
from casework.domain.case.messages import message_problem
from casework.domain.case.state import Case, Message, Report
from casework.domain.case.vocabulary import CHANNELS, DECISIONS, RECEIVED_KINDS, WAYS, WITHDRAWAL_OUTCOMES
from casework.domain.errors import Problem
from casework.domain.problems import (
    CLOSED,
    EXCLUDED,
    MOVE_WITHOUT_REASON,
    NO_MESSAGE,
    NO_REPORT,
    NOT_CLOSED,
    NOT_OWN,
    NOT_WITHDRAWN,
    ONE_SOURCE,
    TWICE,
    UNKNOWN_VALUE,
    UNREADABLE,
)


def fold(entries: Iterable[Entry]) -> Case:
    """Return the case that its entries, in log order, add up to. Never raises for what they hold."""
    case = Case()
    for entry in entries:
        extend(case, entry)
    return case


def extend(case: Case, entry: Entry) -> None:
    """Take one more entry of the log into the case, as `fold` would."""
    case.entries.append(entry)
    problem = EXCLUDED if entry.author in case.excluded else _EFFECTS[type(entry.event)](case, entry, entry.event)
    if problem:
        case.void[entry.seq] = problem


def _unread(case: Case, entry: Entry, event: Unread) -> Problem:
    declared = case.declarations.get(entry.author)
    # Whoever may not act in a case must not be able to stop the others either.
    case.read_only = case.read_only or (event.newer and not (declared and declared.conflict))
    return UNREADABLE


def _report_received(case: Case, entry: Entry, event: ReportReceived) -> Problem | None:
    if event.report in case.reports:
        return TWICE
    if (event.statement is None) == (event.account is None):
        return ONE_SOURCE
    if event.channel not in CHANNELS:
        return UNKNOWN_VALUE
    acknowledged = event.received if event.receipt_is_ack else None
    case.reports[event.report] = Report(event, entry.seq, acknowledged=acknowledged)
    return None


def _case_registered(case: Case, _entry: Entry, event: CaseRegistered) -> Problem | None:
    case.number, case.title = event.number, event.title
    return None


def _protocol_pinned(case: Case, _entry: Entry, event: ProtocolPinned) -> Problem | None:
    if case.pinned and not event.reason:
        return MOVE_WITHOUT_REASON
    case.pinned = event
    return None


def _message_received(case: Case, entry: Entry, event: MessageReceived) -> Problem | None:
    report = case.reports.get(event.report)
    if report is None:
        return NO_REPORT
    if event.seq in report.follow_ups:
        return TWICE
    if event.kind not in RECEIVED_KINDS:
        return UNKNOWN_VALUE
    report.follow_ups[event.seq] = event
    if event.kind == "withdrawal" and report.withdrawn is None:
        report.withdrawn = entry
    return None


def _mailbox_deleted(case: Case, _entry: Entry, event: MailboxDeleted) -> Problem | None:
    report = case.reports.get(event.report)
    if report is None:
        return NO_REPORT
    if report.deleted:
        return TWICE
    report.deleted = event.received
    return None


def _message_written(case: Case, entry: Entry, event: MessageWritten) -> Problem | None:
    if event.report not in case.reports:
        return NO_REPORT
    if event.message in case.messages:
        return TWICE
    problem = message_problem(event)
    if not problem:
        case.messages[event.message] = Message(event, entry.seq, entry.day, entry.author)
    return problem


def _message_placed(case: Case, entry: Entry, event: MessagePlaced) -> Problem | None:
    message = case.messages.get(event.message)
    if message is None:
        return NO_MESSAGE
    if message.placed:
        return TWICE
    if event.way not in WAYS:
        return UNKNOWN_VALUE
    message.placed = event
    _count_placing(case.reports[message.written.report], message.written, event, entry.seq)
    return None


def _count_placing(report: Report, written: MessageWritten, placed: MessagePlaced, seq: int) -> None:
    """Only the day of placing stops a clock; of several, the earliest counts."""
    day = placed.placed
    if written.proposes_meeting:
        report.meeting_proposed = min(report.meeting_proposed or day, day)
    if written.kind == "acknowledgement":
        report.acknowledged = min(report.acknowledged or day, day)
    elif written.kind == "question":
        report.last_question = (seq, day)
    elif written.kind == "feedback":
        report.feedback = min(report.feedback or day, day)
        if written.final:
            report.final_feedback = min(report.final_feedback or day, day)
            report.finished_seq = seq if report.finished_seq is None else report.finished_seq


def _on_the_way(case: Case, entry: Entry, _event: object) -> Problem | None:
    case.history.append(entry)
    return None


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


def _decision_taken(case: Case, entry: Entry, event: DecisionTaken) -> Problem | None:
    if event.about not in DECISIONS:
        return UNKNOWN_VALUE
    if event.about == "feedback_impossible":
        report = case.reports.get(event.report or "")
        if report is None:
            return NO_REPORT
        report.feedback_impossible = event
        report.finished_seq = entry.seq if report.finished_seq is None else report.finished_seq
    if event.about == "withdrawal":
        problem = _withdrawal_decided(case, entry, event)
        if problem:
            return problem
    case.decisions.append(entry)
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
    return None if case.holds.pop(event.hold, None) else UNKNOWN_VALUE


def _linked(case: Case, entry: Entry, _event: object) -> Problem | None:
    case.links.append(entry)
    return None


def _case_closed(case: Case, entry: Entry, event: CaseClosed) -> Problem | None:
    if case.closed:
        return CLOSED
    case.closed = event
    case.history.append(entry)
    return None


def _case_reopened(case: Case, entry: Entry, _event: CaseReopened) -> Problem | None:
    if not case.closed:
        return NOT_CLOSED
    case.closed = None
    case.history.append(entry)
    return None


_EFFECTS: dict[type, Callable[[Case, Entry, Any], Problem | None]] = {
    Unread: _unread,
    ReportReceived: _report_received,
    CaseRegistered: _case_registered,
    ProtocolPinned: _protocol_pinned,
    MessageReceived: _message_received,
    MailboxDeleted: _mailbox_deleted,
    MessageWritten: _message_written,
    MessagePlaced: _message_placed,
    StepCompleted: _on_the_way,
    StepReopened: _on_the_way,
    DeviationRecorded: _on_the_way,
    ConflictDeclared: _conflict_declared,
    MemberExcluded: _member_excluded,
    DecisionTaken: _decision_taken,
    NoteAdded: _note_added,
    HoldPlaced: _hold_placed,
    HoldLifted: _hold_lifted,
    ReportsJoined: _linked,
    CaseSplit: _linked,
    CaseClosed: _case_closed,
    CaseReopened: _case_reopened,
}
