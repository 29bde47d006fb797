# SPDX-License-Identifier: EUPL-1.2
"""Walk a case through its protocol: entry by entry, what counts and what is irregular."""

from collections.abc import Callable
from typing import Any

from casework.domain.case.closing import STAYS_OPEN, too_early
from casework.domain.case.events import (
    CaseClosed,
    CaseReopened,
    DeviationRecorded,
    Entry,
    ProtocolPinned,
    StepCompleted,
    StepReopened,
)
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.judge.flow import Flow
from casework.domain.judge.guards import still_open
from casework.domain.judge.step_problems import NOT_DONE
from casework.domain.problems import CLOSED, NOT_CLOSED
from casework.domain.protocol.model import DoneBy, InvestigationProtocol


def walk(protocol: InvestigationProtocol, case: Case) -> Flow:
    """Return the case's way through the protocol that it follows; worked out once for as long as nothing is added."""
    known = case.walked
    if isinstance(known, Flow) and known.protocol is protocol and known.entries == len(case.entries):
        return known
    case.walked = flow = _walk(protocol, case)
    return flow


def walk_pinned(protocol: InvestigationProtocol | None, case: Case) -> Flow | None:
    """Return the walk where this is the protocol, to the byte, that the case pinned; else None."""
    if protocol is None or case.pinned is None or protocol.digest != case.pinned.digest:
        return None
    return walk(protocol, case)


def is_closed(case: Case, flow: Flow | None) -> bool:
    """Say whether a case is closed; without its protocol at hand, by what the log alone tells."""
    return flow.closed if flow else case.closed is not None


def _walk(protocol: InvestigationProtocol, case: Case) -> Flow:
    flow = Flow(protocol, case, len(case.entries))
    first = protocol.steps[protocol.first]
    flow.called[first.id] = 0
    if first.done_by is DoneBy.REPORT and case.first_report:
        flow.call(first.targets(None), case.first_report.seq)
    finished = case.feedback_finished
    for entry in _taken_over(flow, case):
        if finished is not None and entry.seq > finished:
            _call_after_feedback(flow, finished)
            finished = None
        problem = _MOVES[type(entry.event)](flow, entry, entry.event)
        if problem:
            flow.irregular[entry.seq] = problem
    if finished is not None:
        _call_after_feedback(flow, finished)
    return flow


def _taken_over(flow: Flow, case: Case) -> list[Entry]:
    """Return what happened under the protocol that the case follows now; note what stands of the time before."""
    kept = set(flow.protocol.steps)
    since: list[Entry] = []
    stands: list[tuple[Entry, StepCompleted]] = []
    moved = False
    for entry in reversed(case.history):
        if isinstance(entry.event, ProtocolPinned):
            # A step stands only if every move since it was done kept it.
            kept &= set(entry.event.kept)
            moved = True
        elif not moved:
            since.append(entry)
        elif isinstance(entry.event, StepCompleted) and entry.event.step in kept and flow.knows(entry.event):
            stands.append((entry, entry.event))
    for entry, event in reversed(stands):
        flow.complete(event, entry)
    return since[::-1]


def _call_after_feedback(flow: Flow, seq: int) -> None:
    """Final feedback leads on as a completed step does, but calls nothing a second time."""
    for step in flow.protocol.steps.values():
        if step.done_by is DoneBy.FEEDBACK:
            for target in step.next:
                flow.called.setdefault(target, seq)


def _completed(flow: Flow, entry: Entry, event: StepCompleted) -> Problem | None:
    problem = flow.completion_problem(event, entry.day)
    if problem:
        return problem
    if flow.protocol.steps[event.step].closes:
        flow.closing = entry
        return STAYS_OPEN
    flow.complete(event, entry)
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
    flow.call(flow.protocol.steps[event.step].targets(None), entry.seq)
    return None


def _case_closed(flow: Flow, entry: Entry, event: CaseClosed) -> Problem | None:
    """A closing counts with the completion of its step, by the same member, when every other step was done."""
    if flow.closed:
        return CLOSED
    done, flow.closing = flow.closing, None
    if done is None or done.author != entry.author or not isinstance(done.event, StepCompleted):
        return too_early(NOT_DONE)
    # Whether feedback was given at that time, the fold has judged.
    why = still_open([step for step in flow.open_steps() if step.done_by is DoneBy.RECORD])
    if why or event.step != done.event.step:
        return too_early(why or NOT_DONE)
    del flow.irregular[done.seq]
    flow.complete(done.event, done)
    flow.closed = True
    return None


def _case_reopened(flow: Flow, entry: Entry, _event: CaseReopened) -> Problem | None:
    if not flow.closed:
        return NOT_CLOSED
    flow.closed = False
    for step in flow.after_closing:
        flow.called.pop(step, None)
    for step in (flow.protocol.reopens_at, flow.protocol.closing.id):
        flow.done.pop(step, None)
        flow.called[step] = entry.seq
    flow.exit = None
    return None


_MOVES: dict[type, Callable[[Flow, Entry, Any], Problem | None]] = {
    StepCompleted: _completed,
    StepReopened: _reopened,
    DeviationRecorded: _left_out,
    CaseClosed: _case_closed,
    CaseReopened: _case_reopened,
}
