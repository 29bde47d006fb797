# SPDX-License-Identifier: EUPL-1.2
"""Commands in, events out, or a refusal that says why. Pure: nothing is stored here.

In this order: may anybody act in this case, may this member, is the protocol the one that the case
follows, and then the command's own rules. An accepted command's events are never void in `fold`, nor
irregular in `flow`, as long as nothing was appended in between; after a lost race, decide again.
"""

from datetime import date

from casework.domain.case.commands import (
    AddNote,
    Command,
    CompleteStep,
    DeclareConflict,
    DiscloseInDanger,
    ExcludeMember,
    LiftHold,
    OpenCase,
    PlaceHold,
    PlaceMessage,
    ReadmitMember,
    ReceiveDeletion,
    ReceiveMessage,
    RecordDeviation,
    ReopenCase,
    ReopenStep,
    ReviewDisclosure,
)
from casework.domain.case.events import Entry, Event
from casework.domain.case.fold import fold
from casework.domain.case.sizes import size_problem
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.judge.decide import danger, decisions, links, members, messages, reports, steps
from casework.domain.judge.decide.rule import Rules, refuse
from casework.domain.judge.flow import Flow
from casework.domain.judge.walk import is_closed, walk, walk_pinned
from casework.domain.problems import (
    ALREADY_OPEN,
    CLOSED,
    NO_CASE,
    OTHER_PROTOCOL,
    READ_ONLY,
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
    ReadmitMember,
    DeclareConflict,
    PlaceHold,
    LiftHold,
    DiscloseInDanger,
    ReviewDisclosure,
)
_OF_PROTOCOL = (CompleteStep, ReopenStep, RecordDeviation)


def decide(case: Case, protocol: InvestigationProtocol, command: Command, today: date) -> list[Event]:
    """Return the events that the command leads to, in the order in which they must be appended.

    `protocol` is the one that the case pinned, or for OpenCase the one to pin. Raises Refused, with a code
    and a sentence in both languages; then nothing may be recorded.
    """
    refuse(_access_problem(case, protocol, command))
    events = _RULES[type(command)](case, protocol, command, today)
    for event in events:
        refuse(size_problem(event))
    refuse(_trial_problem(case, protocol, command, events, today))
    return events


def _access_problem(case: Case, protocol: InvestigationProtocol, command: Command) -> Problem | None:
    if case.read_only:
        return READ_ONLY
    if isinstance(command, OpenCase):
        return ALREADY_OPEN if case.reports else None
    if not case.reports:
        return NO_CASE
    if isinstance(command, _OF_PROTOCOL) and (case.pinned is None or case.pinned.digest != protocol.digest):
        return OTHER_PROTOCOL
    flow = walk_pinned(protocol, case)
    if is_closed(case, flow) and not _allowed_when_closed(flow, command):
        return CLOSED
    return case.member_problem(command.by, steps_aside=_steps_aside(command))


def _steps_aside(command: Command) -> bool:
    return isinstance(command, DeclareConflict) or (isinstance(command, ExcludeMember) and command.member == command.by)


def _allowed_when_closed(flow: Flow | None, command: Command) -> bool:
    """What arrives is always recorded; of the steps, only those that follow on closing are left."""
    if isinstance(command, CompleteStep):
        return flow is not None and command.step in flow.after_closing
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


_RULES: Rules = {
    **reports.RULES,
    **messages.RULES,
    **steps.RULES,
    **members.RULES,
    **decisions.RULES,
    **danger.RULES,
    **links.RULES,
}
