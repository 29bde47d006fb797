# SPDX-License-Identifier: EUPL-1.2
"""Going through the protocol."""

from datetime import date

from casework.domain.case.commands import CompleteStep, RecordDeviation, ReopenCase, ReopenStep
from casework.domain.case.events import CaseClosed, CaseReopened, DeviationRecorded, Event, StepCompleted, StepReopened
from casework.domain.case.state import Case
from casework.domain.judge.decide.rule import Rules, need, refuse
from casework.domain.judge.flow import walk
from casework.domain.judge.guards import Situation, guard_problems
from casework.domain.protocol.model import InvestigationProtocol


def _complete_step(case: Case, protocol: InvestigationProtocol, command: CompleteStep, _today: date) -> list[Event]:
    flow = walk(protocol, case)
    completed = StepCompleted(command.step, dict(command.record), command.option)
    refuse(flow.completion_problem(completed))
    step = protocol.steps[command.step]
    refuse(next(iter(guard_problems(Situation(flow, step, command.by, command.record))), None))
    return [completed, CaseClosed(step.id)] if step.closes else [completed]


def _reopen_step(_case: Case, _protocol: object, command: ReopenStep, _today: date) -> list[Event]:
    need(command.reason, "de reden", "the reason")
    return [StepReopened(command.step, command.reason)]


def _record_deviation(_case: Case, _protocol: object, command: RecordDeviation, _today: date) -> list[Event]:
    need(command.grounds, "de gronden", "the grounds")
    need(command.consent_by, "wie toestemming gaf", "who consented")
    return [DeviationRecorded(command.step, command.grounds, command.consent_by)]


def _reopen_case(_case: Case, _protocol: object, command: ReopenCase, _today: date) -> list[Event]:
    need(command.reason, "de reden", "the reason")
    return [CaseReopened(command.reason)]


RULES: Rules = {
    CompleteStep: _complete_step,
    ReopenStep: _reopen_step,
    RecordDeviation: _record_deviation,
    ReopenCase: _reopen_case,
}
