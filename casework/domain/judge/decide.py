# SPDX-License-Identifier: EUPL-1.2
"""Commands in, events out, or a refusal that says why. Pure: nothing is stored here.

In this order: may anybody act in this case, may this member, is the protocol the one that the case
follows, and then the command's own rules. An accepted command's events are never void in `fold`, nor
irregular in `flow`, as long as nothing was appended in between; after a lost race, decide again.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from casework.domain.case.commands import (
    AddNote,
    Command,
    CompleteStep,
    DeclareConflict,
    ExcludeMember,
    OpenCase,
    PlaceMessage,
    ReceiveDeletion,
    ReceiveMessage,
    RecordDeviation,
    RegisterCase,
    ReopenCase,
    ReopenStep,
    TakeDecision,
    WriteMessage,
)
from casework.domain.case.events import (
    CaseClosed,
    CaseRegistered,
    CaseReopened,
    ConflictDeclared,
    DecisionTaken,
    DeviationRecorded,
    Entry,
    Event,
    MailboxDeleted,
    MemberExcluded,
    MessagePlaced,
    MessageReceived,
    MessageWritten,
    NoteAdded,
    ProtocolPinned,
    StepCompleted,
    StepReopened,
)
from casework.domain.case.fold import fold
from casework.domain.case.sizes import size_problem
from casework.domain.case.state import Case
from casework.domain.errors import Problem, Refused
from casework.domain.judge.flow import walk
from casework.domain.judge.guards import Situation, guard_problems
from casework.domain.problems import (
    ALREADY_ACKNOWLEDGED,
    ALREADY_OPEN,
    CLOSED,
    DAY_OUT_OF_ORDER,
    DECLARED_CONFLICT,
    EXCLUDED,
    MAILBOX_DELETED,
    NO_CASE,
    NO_MAILBOX,
    NO_MAILBOX_ENTRY,
    NO_MESSAGE,
    OTHER_PROTOCOL,
    READ_ONLY,
    needs_text,
)
from casework.domain.protocol.model import InvestigationProtocol

_WHEN_CLOSED = (
    ReceiveMessage,
    ReceiveDeletion,
    PlaceMessage,
    AddNote,
    ReopenCase,
    CompleteStep,
    ExcludeMember,
    DeclareConflict,
)
_WITH_CONFLICT = (DeclareConflict, ExcludeMember)
_OF_PROTOCOL = (CompleteStep, ReopenStep, RecordDeviation)


def decide(case: Case, protocol: InvestigationProtocol, command: Command, today: date) -> list[Event]:
    """Return the events that the command leads to, in the order in which they must be appended.

    `protocol` is the one that the case pinned, or for OpenCase the one to pin. Raises Refused, with a code
    and a sentence in both languages; then nothing may be recorded.
    """
    _refuse(_access_problem(case, protocol, command))
    events = _EVENTS[type(command)](case, protocol, command, today)
    for event in events:
        _refuse(size_problem(event))
    _refuse(_trial_problem(case, protocol, command, events, today))
    return events


def _refuse(problem: Problem | None) -> None:
    if problem:
        raise Refused(problem)


def _access_problem(case: Case, protocol: InvestigationProtocol, command: Command) -> Problem | None:
    if case.read_only:
        return READ_ONLY
    if isinstance(command, OpenCase):
        return ALREADY_OPEN if case.reports else None
    if not case.reports:
        return NO_CASE
    if isinstance(command, _OF_PROTOCOL) and (case.pinned is None or case.pinned.digest != protocol.digest):
        return OTHER_PROTOCOL
    if case.closed and not _allowed_when_closed(protocol, command):
        return CLOSED
    return _member_problem(case, command)


def _member_problem(case: Case, command: Command) -> Problem | None:
    if command.by in case.excluded:
        return EXCLUDED
    declared = case.declarations.get(command.by)
    if declared and declared.conflict and not isinstance(command, _WITH_CONFLICT):
        return DECLARED_CONFLICT
    return None


def _allowed_when_closed(protocol: InvestigationProtocol, command: Command) -> bool:
    """What arrives is always recorded; of the steps, only those that follow on closing are left."""
    if isinstance(command, CompleteStep):
        return command.step in protocol.closing.targets(None)
    return isinstance(command, _WHEN_CLOSED)


def _trial_problem(
    case: Case, protocol: InvestigationProtocol, command: Command, events: list[Event], today: date
) -> Problem | None:
    """Fold the events on trial, so that what is void or irregular for a reader is refused to the writer."""
    after = case.entries[-1].seq + 1 if case.entries else 0
    new = [Entry(after + place, today, command.by, event) for place, event in enumerate(events)]
    trial = fold([*case.entries, *new])
    problems = dict(trial.void)
    if isinstance(command, _OF_PROTOCOL):
        problems |= walk(protocol, trial).irregular
    return next((problems[entry.seq] for entry in new if entry.seq in problems), None)


def _open_case(_case: Case, protocol: InvestigationProtocol, command: OpenCase, today: date) -> list[Event]:
    _need(command.number, "het meldnummer", "the report's number")
    if command.report.mailbox is None and command.report.received > today:
        raise Refused(DAY_OUT_OF_ORDER)
    pinned = ProtocolPinned(protocol.id, protocol.version, protocol.digest, None)
    return [pinned, command.report, CaseRegistered(command.number, command.title)]


def _register_case(_case: Case, _protocol: object, command: RegisterCase, _today: date) -> list[Event]:
    _need(command.number, "het meldnummer", "the report's number")
    return [CaseRegistered(command.number, command.title)]


def _receive_message(_case: Case, _protocol: object, command: ReceiveMessage, _today: date) -> list[Event]:
    return [
        MessageReceived(
            command.report,
            command.seq,
            command.head,
            command.received,
            command.statement,
            command.ciphertext_hash,
            command.file_keys,
            command.kind,
            command.about,
        )
    ]


def _receive_deletion(_case: Case, _protocol: object, command: ReceiveDeletion, _today: date) -> list[Event]:
    return [MailboxDeleted(command.report, command.seq, command.received, command.statement)]


def _write_message(case: Case, _protocol: object, command: WriteMessage, _today: date) -> list[Event]:
    report = case.reports.get(command.report)
    _refuse(MAILBOX_DELETED if report and report.deleted else None)
    if command.kind == "acknowledgement" and _is_acknowledged(case, command.report):
        raise Refused(ALREADY_ACKNOWLEDGED)
    return [
        MessageWritten(
            command.message,
            command.report,
            command.kind,
            command.text,
            command.assessment,
            command.follow_up,
            command.follow_up_text,
            command.grounds,
            command.final,
            command.consent,
            command.attachments,
            command.proposes_meeting,
        )
    ]


def _is_acknowledged(case: Case, report_id: str) -> bool:
    """Written is enough: two members who press the button at once must not send two acknowledgements."""
    report = case.reports.get(report_id)
    written = (message.written for message in case.messages.values())
    return bool(report and report.acknowledged) or any(
        message.kind == "acknowledgement" and message.report == report_id for message in written
    )


def _place_message(case: Case, _protocol: object, command: PlaceMessage, today: date) -> list[Event]:
    message = case.messages.get(command.message)
    if message is None:
        raise Refused(NO_MESSAGE)
    received = case.reports[message.written.report].received
    if command.way == "mailbox":
        _refuse(NO_MAILBOX if received.mailbox is None else None)
        _refuse(NO_MAILBOX_ENTRY if command.seq is None or command.head is None else None)
    elif not received.received <= command.placed <= today:
        # Not asked of the mailbox: there the intake dates the entry, and this computer's clock may be wrong.
        raise Refused(DAY_OUT_OF_ORDER)
    return [MessagePlaced(command.message, command.way, command.placed, command.seq, command.head)]


def _complete_step(case: Case, protocol: InvestigationProtocol, command: CompleteStep, _today: date) -> list[Event]:
    flow = walk(protocol, case)
    completed = StepCompleted(command.step, dict(command.record), command.option)
    _refuse(flow.completion_problem(completed))
    step = protocol.steps[command.step]
    _refuse(next(iter(guard_problems(Situation(flow, step, command.by, command.record))), None))
    return [completed, CaseClosed(step.id)] if step.closes else [completed]


def _reopen_step(_case: Case, _protocol: object, command: ReopenStep, _today: date) -> list[Event]:
    _need(command.reason, "de reden", "the reason")
    return [StepReopened(command.step, command.reason)]


def _record_deviation(_case: Case, _protocol: object, command: RecordDeviation, _today: date) -> list[Event]:
    _need(command.grounds, "de gronden", "the grounds")
    _need(command.consent_by, "wie toestemming gaf", "who consented")
    return [DeviationRecorded(command.step, command.grounds, command.consent_by)]


def _declare_conflict(_case: Case, _protocol: object, command: DeclareConflict, _today: date) -> list[Event]:
    if command.conflict:
        _need(command.explanation, "welk belang u hebt", "which interest you have")
    return [ConflictDeclared(command.by, command.conflict, command.explanation)]


def _exclude_member(_case: Case, _protocol: object, command: ExcludeMember, _today: date) -> list[Event]:
    _need(command.ground, "de reden van uitsluiting", "the reason of the exclusion")
    return [MemberExcluded(command.member, command.ground)]


def _take_decision(_case: Case, _protocol: object, command: TakeDecision, _today: date) -> list[Event]:
    _need(command.outcome, "het besluit", "the decision")
    _need(command.grounds, "de gronden", "the grounds")
    return [DecisionTaken(command.about, command.report, command.outcome, command.grounds, command.authority)]


def _add_note(_case: Case, _protocol: object, command: AddNote, _today: date) -> list[Event]:
    _need(command.text, "de notitie", "the note")
    return [NoteAdded(command.text, command.step)]


def _reopen_case(_case: Case, _protocol: object, command: ReopenCase, _today: date) -> list[Event]:
    _need(command.reason, "de reden", "the reason")
    return [CaseReopened(command.reason)]


def _need(text: str, nl: str, en: str) -> None:
    if not text.strip():
        raise Refused(needs_text(nl, en))


_EVENTS: dict[type, Callable[[Case, InvestigationProtocol, Any, date], list[Event]]] = {
    OpenCase: _open_case,
    RegisterCase: _register_case,
    ReceiveMessage: _receive_message,
    ReceiveDeletion: _receive_deletion,
    WriteMessage: _write_message,
    PlaceMessage: _place_message,
    CompleteStep: _complete_step,
    ReopenStep: _reopen_step,
    RecordDeviation: _record_deviation,
    DeclareConflict: _declare_conflict,
    ExcludeMember: _exclude_member,
    TakeDecision: _take_decision,
    AddNote: _add_note,
    ReopenCase: _reopen_case,
}
