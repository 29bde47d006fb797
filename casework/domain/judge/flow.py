# SPDX-License-Identifier: EUPL-1.2
"""A case's way through its protocol: which steps were called, done, left out, and which entries do not count.

A step is called when something leads to it. Called again after it was done, a repeatable step has to be
done again; another stays done. A completion that the protocol did not allow at that moment, or whose
record is not as it must be, is irregular: shown, and without effect.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from casework.domain.case.events import (
    CaseClosed,
    CaseReopened,
    DeviationRecorded,
    Entry,
    StepCompleted,
    StepReopened,
)
from casework.domain.case.records import record_problem
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.problems import (
    ALREADY_DONE,
    BY_FEEDBACK,
    BY_REPORT,
    LAW_STEP,
    NOT_DONE,
    NOT_REACHED,
    UNKNOWN_OPTION,
    UNKNOWN_STEP,
)
from casework.domain.protocol.model import DoneBy, InvestigationProtocol, Step
from casework.domain.terms.term import TermKind
from casework.domain.text import Text


class Stage(StrEnum):
    """Where a step stands, guards aside."""

    LATER = "later"
    CALLED = "called"
    DONE = "done"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Flow:
    """How far the case is.

    `called` and `done` give, by step, the seq of the last call and of the last completion that stands;
    `completions` keeps every valid one, reopened or not; `irregular` is by seq.
    """

    protocol: InvestigationProtocol
    case: Case
    called: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    completions: dict[str, list[Entry]] = field(default_factory=dict)
    left_out: dict[str, Entry] = field(default_factory=dict)
    irregular: dict[int, Problem] = field(default_factory=dict)
    exit: str | None = None

    def stage(self, step: Step) -> Stage:
        """Say where a step stands."""
        if step.done_by is not DoneBy.RECORD:
            return self._stage_of_messages(step)
        if step.id in self.done:
            again = step.repeatable and self.called.get(step.id, -1) >= self.done[step.id]
            return Stage.CALLED if again else Stage.DONE
        if step.id in self.left_out:
            return Stage.LEFT_OUT
        return Stage.CALLED if self._may_start(step) else Stage.LATER

    def is_done(self, step_id: str) -> bool:
        """Say whether a step was ever done, or left out with consent."""
        step = self.protocol.steps[step_id]
        return step_id in self.done or self.stage(step) in (Stage.DONE, Stage.LEFT_OUT)

    def open_steps(self) -> tuple[Step, ...]:
        """Return the steps that have to be done before the case can close."""
        steps = self.protocol.steps.values()
        return tuple(s for s in steps if not (s.optional or s.closes) and self.stage(s) is Stage.CALLED)

    def completion_problem(self, event: StepCompleted) -> Problem | None:
        """Return why the protocol does not take this completion now, guards aside, or None."""
        step = self.protocol.steps.get(event.step)
        if step is None:
            return UNKNOWN_STEP
        return (
            self._turn_problem(step)
            or _option_problem(step, event.option)
            or record_problem(step.record, event.record, event.option)
        )

    def deviation_problem(self, step_id: str) -> Problem | None:
        """Return why a step cannot be left out now, or None."""
        step = self.protocol.steps.get(step_id)
        if step is None:
            return UNKNOWN_STEP
        if step.clock or step.closes or (step.term and step.term.rule.kind is TermKind.LAW):
            return LAW_STEP
        return self._turn_problem(step)

    def reopening_problem(self, step_id: str) -> Problem | None:
        """Return why a step cannot be reopened now, or None."""
        if step_id not in self.protocol.steps:
            return UNKNOWN_STEP
        return None if step_id in self.done or step_id in self.left_out else NOT_DONE

    def _stage_of_messages(self, step: Step) -> Stage:
        reports = self.case.reports.values()
        if step.done_by is DoneBy.REPORT:
            return Stage.DONE if reports else Stage.CALLED
        if _feedback_finished(self.case) is not None:
            return Stage.DONE
        return Stage.CALLED if any(report.acknowledged for report in reports) else Stage.LATER

    def _may_start(self, step: Step) -> bool:
        return step.id in self.called or any(other in self.called for other in step.parallel_to)

    def earlier_problem(self, step: Step) -> Problem | None:
        """Return which step of `after` has to be done first, or None."""
        for other in step.after:
            if not self.is_done(other):
                title = self.protocol.steps[other].title
                return Problem(
                    "earlier_step", Text(f"Doe eerst stap {other}: {title.nl}.", f"First do step {other}: {title.en}.")
                )
        return None

    def _turn_problem(self, step: Step) -> Problem | None:
        if step.done_by is not DoneBy.RECORD:
            return BY_REPORT if step.done_by is DoneBy.REPORT else BY_FEEDBACK
        stage = self.stage(step)
        if stage is Stage.LATER:
            return NOT_REACHED
        if stage is not Stage.CALLED and not step.repeatable:
            return ALREADY_DONE
        return self.earlier_problem(step)

    def call(self, step: Step, option: str | None, seq: int) -> None:
        """Note what follows on a step that was done or left out at `seq`."""
        for target in step.targets(option):
            way_out = self.protocol.exits.get(target)
            if way_out is None:
                self.called[target] = seq
                continue
            self.exit = target
            if way_out.leaves:
                self.called = {name: at for name, at in self.called.items() if at == seq}


def walk(protocol: InvestigationProtocol, case: Case) -> Flow:
    """Return the case's way through the protocol that it follows."""
    flow = Flow(protocol, case)
    first = protocol.steps[protocol.first]
    flow.called[first.id] = 0
    if first.done_by is DoneBy.REPORT and case.first_report:
        flow.call(first, None, case.first_report.seq)
    finished = _feedback_finished(case)
    for entry in case.history:
        if finished is not None and entry.seq > finished:
            _call_after_feedback(flow, finished)
            finished = None
        problem = _MOVES[type(entry.event)](flow, entry, entry.event)
        if problem:
            flow.irregular[entry.seq] = problem
    if finished is not None:
        _call_after_feedback(flow, finished)
    return flow


def _feedback_finished(case: Case) -> int | None:
    """Return the seq at which the last reporter had final feedback, or None while one has not."""
    seqs = [report.finished_seq for report in case.reports.values()]
    return max((seq for seq in seqs if seq is not None), default=None) if None not in seqs else None


def _call_after_feedback(flow: Flow, seq: int) -> None:
    """Final feedback leads on as a completed step does, but calls nothing a second time."""
    for step in flow.protocol.steps.values():
        if step.done_by is DoneBy.FEEDBACK:
            for target in step.next:
                flow.called.setdefault(target, seq)


def _completed(flow: Flow, entry: Entry, event: StepCompleted) -> Problem | None:
    problem = flow.completion_problem(event)
    if problem:
        return problem
    flow.done[event.step] = entry.seq
    flow.completions.setdefault(event.step, []).append(entry)
    flow.left_out.pop(event.step, None)
    flow.call(flow.protocol.steps[event.step], event.option, entry.seq)
    return None


def _reopened(flow: Flow, entry: Entry, event: StepReopened) -> Problem | None:
    problem = flow.reopening_problem(event.step)
    if problem:
        return problem
    flow.done.pop(event.step, None)
    flow.left_out.pop(event.step, None)
    flow.called[event.step] = entry.seq
    return None


def _left_out(flow: Flow, entry: Entry, event: DeviationRecorded) -> Problem | None:
    problem = flow.deviation_problem(event.step)
    if problem:
        return problem
    flow.left_out[event.step] = entry
    flow.call(flow.protocol.steps[event.step], None, entry.seq)
    return None


def _case_closed(_flow: Flow, _entry: Entry, _event: CaseClosed) -> Problem | None:
    return None


def _case_reopened(flow: Flow, entry: Entry, _event: CaseReopened) -> Problem | None:
    for step in flow.protocol.closing.next:
        flow.called.pop(step, None)
    for step in (flow.protocol.reopens_at, flow.protocol.closing.id):
        flow.done.pop(step, None)
        flow.called[step] = entry.seq
    flow.exit = None
    return None


def _option_problem(step: Step, value: str | None) -> Problem | None:
    return None if step.option(value) or (value is None and not step.options) else UNKNOWN_OPTION


_MOVES: dict[type, Callable[[Flow, Entry, Any], Problem | None]] = {
    StepCompleted: _completed,
    StepReopened: _reopened,
    DeviationRecorded: _left_out,
    CaseClosed: _case_closed,
    CaseReopened: _case_reopened,
}
