# SPDX-License-Identifier: EUPL-1.2
"""The protocol of a case as a compact map, and what to do first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import url_for

from casework.domain.case.vocabulary import MESSAGE_KINDS
from casework.domain.judge.guards import author_declared
from casework.domain.judge.views import StepState, StepView
from casework.domain.protocol.model import DoneBy
from casework.domain.terms.term import ClockStatus
from casework.logs.evidence import LETTER
from casework.views.cases import CaseView

# What a member can do about a step that is blocked, by the code of the problem.
_DECLARE = "declare"
_EXCLUDE = "exclude"
_UNANSWERABLE = "feedback-impossible"
_WAITS = "earlier_step"
A_WEEK = 7
_PRESSING = (ClockStatus.OVERDUE, ClockStatus.DUE_TODAY)
_REMEDIES = {
    "not_acknowledged": "acknowledgement",
    "own_declaration_missing": _DECLARE,
    "declaration_missing": _DECLARE,
    "final_feedback_missing": "feedback",
    "conflict_not_excluded": _EXCLUDE,
    "disclosure_not_reviewed": "review-disclosure",
}


class Remedy(NamedTuple):
    """A page that brings a step further; `name` is one of `_REMEDIES`' pages, `tell`, `sync` or `step`."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class StepMap:
    """The steps by where they stand; by id, the page that brings each further, and the page on which it stands.

    `todo` begins with what is overdue, then what is due within a week, the earliest first; then come the others in
    their order, and last what waits for another step. `first` is the one to go on with, `late` are those of the others
    that are overdue or due today. `strip` leaves out optional steps that nobody called.
    """

    todo: tuple[StepView, ...]
    optional: tuple[StepView, ...]
    done: tuple[StepView, ...]
    later: tuple[StepView, ...]
    left_out: tuple[StepView, ...]
    strip: tuple[StepView, ...]
    first: StepView | None
    late: tuple[StepView, ...]
    remedies: Mapping[str, Remedy]
    pages: Mapping[str, str]


def step_map(view: CaseView, member: str) -> StepMap:
    """Return the map of a case's steps for this member."""
    steps = view.assessment.steps
    called = view.assessment.to_do
    todo = tuple(sorted((step for step in called if not step.step.optional), key=_order))
    remedies = {step.step.id: found for step in steps if (found := remedy(view, step, member))}
    first = next((step for step in todo if step.step.id in remedies), None)
    return StepMap(
        todo=todo,
        optional=tuple(step for step in called if step.step.optional),
        done=_in_state(steps, StepState.DONE),
        later=_in_state(steps, StepState.LATER),
        left_out=_in_state(steps, StepState.LEFT_OUT),
        strip=tuple(step for step in steps if not step.step.optional or step.state is not StepState.LATER),
        first=first,
        late=tuple(step for step in todo if step is not first and step.clock and step.clock.status in _PRESSING),
        remedies=remedies,
        pages={step.step.id: page for step in steps if (page := _page(view, step, remedies))},
    )


def remedy(view: CaseView, step: StepView, member: str) -> Remedy | None:
    """Return the page that brings a step further, or None if no page of this member can."""
    if view.line.read_only or not (step.state in (StepState.OPEN, StepState.BLOCKED) or step.may_repeat):
        return None
    name = _way_on(view, step, member)
    if name in MESSAGE_KINDS and not has_mailbox(view):
        return Remedy("tell", url_for("act.show", case_id=view.line.id, name="tell", kind=name))
    return Remedy(name, _address(name, view.line.id, step.step.id)) if name else None


def has_mailbox(view: CaseView) -> bool:
    """Say whether what is written for a reporter of this case goes to a mailbox."""
    return any(report.has_mailbox for report in view.case.own_reports)


def _page(view: CaseView, step: StepView, remedies: Mapping[str, Remedy]) -> str | None:
    """Return the page on which a step can be recorded or read."""
    if step.step.done_by is DoneBy.RECORD:
        return url_for("write.step", case_id=view.line.id, step_id=step.step.id)
    found = remedies.get(step.step.id)
    return found.address if found and found.name in ("feedback", "tell") else None


def _address(name: str, case_id: str, step_id: str) -> str:
    match name:
        case "step":
            return url_for("write.step", case_id=case_id, step_id=step_id)
        case "sync":
            return url_for("sync.start")
        case "declare" | "exclude" | "review-disclosure" | "feedback-impossible":
            return url_for("act.show", case_id=case_id, name=name)
    return url_for("write.message", case_id=case_id, kind=name)


def needs_declaration(view: CaseView, step: StepView, member: str) -> bool:
    """Say whether this member must first declare to have no interest; `assess` does not know who asks."""
    waits = step.state in (StepState.OPEN, StepState.BLOCKED) or step.may_repeat
    return waits and author_declared.__name__ in step.step.guards and member not in view.case.declarations


def _order(step: StepView) -> tuple[bool, date]:
    """Return what to order by: whether it waits for another step, and the day by which it presses, if it does."""
    waits = any(problem.code == _WAITS for problem in step.blocked_by)
    clock = step.clock
    presses = clock and clock.status in (*_PRESSING, ClockStatus.RUNNING) and clock.days_left <= A_WEEK
    return waits, clock.due if clock and presses else date.max


def _in_state(steps: tuple[StepView, ...], state: StepState) -> tuple[StepView, ...]:
    return tuple(step for step in steps if step.state is state)


def _way_on(view: CaseView, step: StepView, member: str) -> str:
    if step.step.done_by is not DoneBy.RECORD:
        return _answerable(view, "feedback") if step.step.done_by is DoneBy.FEEDBACK else ""
    for problem in step.blocked_by:
        if problem.code in _REMEDIES:
            name = _answerable(view, _REMEDIES[problem.code])
            return "sync" if _is_on_its_way(view, name) else name
    if needs_declaration(view, step, member):
        return _DECLARE
    return "step" if step.can_be_done else ""


def _answerable(view: CaseView, name: str) -> str:
    """Return the page itself, or where it writes to the sender of a locked file, that nobody can be answered."""
    one_way = all(report.channel == LETTER for report in view.reports)
    return _UNANSWERABLE if one_way and name in MESSAGE_KINDS else name


def _is_on_its_way(view: CaseView, kind: str) -> bool:
    return has_mailbox(view) and any(message.written.kind == kind for message in view.unplaced)
