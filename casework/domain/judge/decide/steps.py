# SPDX-License-Identifier: EUPL-1.2
"""Going through the protocol."""

from datetime import date

from casework.domain.case.commands import CompleteStep, FollowProtocol, RecordDeviation, ReopenCase, ReopenStep
from casework.domain.case.events import (
    CaseClosed,
    CaseReopened,
    DeviationRecorded,
    Event,
    ProtocolPinned,
    StepCompleted,
    StepReopened,
)
from casework.domain.case.state import Case
from casework.domain.judge.decide.rule import Rules, need, refuse
from casework.domain.judge.guards import Situation, guard_problems
from casework.domain.judge.step_problems import NOT_DONE, SAME_PROTOCOL, not_the_authority
from casework.domain.judge.walk import is_closed, walk, walk_pinned
from casework.domain.problems import NOT_CLOSED
from casework.domain.protocol.model import InvestigationProtocol


def _complete_step(case: Case, protocol: InvestigationProtocol, command: CompleteStep, today: date) -> list[Event]:
    flow = walk(protocol, case)
    completed = StepCompleted(command.step, dict(command.record), command.option)
    refuse(flow.completion_problem(completed, today))
    step = protocol.steps[command.step]
    refuse(next(iter(guard_problems(Situation(flow, step, command.by, command.record))), None))
    return [completed, CaseClosed(step.id)] if step.closes else [completed]


def _reopen_step(_case: Case, _protocol: object, command: ReopenStep, _today: date) -> list[Event]:
    need(command.reason, "de reden", "the reason")
    return [StepReopened(command.step, command.reason)]


def _record_deviation(
    _case: Case, protocol: InvestigationProtocol, command: RecordDeviation, _today: date
) -> list[Event]:
    need(command.grounds, "de gronden", "the grounds")
    need(command.consent_by, "wie toestemming gaf", "who consented")
    authority = protocol.deviation_authority
    refuse(not_the_authority(protocol.actors[authority]) if command.consent_by != authority else None)
    return [DeviationRecorded(command.step, command.grounds, command.consent_by)]


def _follow_protocol(case: Case, protocol: InvestigationProtocol, command: FollowProtocol, _today: date) -> list[Event]:
    need(command.reason, "de reden", "the reason")
    refuse(SAME_PROTOCOL if case.pinned and case.pinned.digest == command.digest else None)
    flow = walk_pinned(protocol, case)
    done = flow.done if flow else {}
    refuse(NOT_DONE if set(command.kept) - done.keys() else None)
    return [ProtocolPinned(command.protocol, command.version, command.digest, command.reason, command.kept)]


def _reopen_case(case: Case, protocol: InvestigationProtocol, command: ReopenCase, _today: date) -> list[Event]:
    refuse(None if is_closed(case, walk_pinned(protocol, case)) else NOT_CLOSED)
    need(command.reason, "de reden", "the reason")
    return [CaseReopened(command.reason)]


RULES: Rules = {
    CompleteStep: _complete_step,
    ReopenStep: _reopen_step,
    RecordDeviation: _record_deviation,
    FollowProtocol: _follow_protocol,
    ReopenCase: _reopen_case,
}
