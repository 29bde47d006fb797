# SPDX-License-Identifier: EUPL-1.2
"""The only judge of a case: what is done, open, blocked and by what, due and overdue, on a given day.

Pure, and made to be read by a page, a calendar and a report alike. A later day makes nothing undone and
no debt disappear; only events do.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from casework.domain.case.events import Entry
from casework.domain.case.records import RecordField, missing_fields
from casework.domain.case.state import Case, Report
from casework.domain.errors import Problem
from casework.domain.judge.flow import Flow, Stage, walk
from casework.domain.judge.guards import Situation, guard_problems
from casework.domain.judge.step_clocks import step_clock
from casework.domain.problems import FAR_DAY, OTHER_PROTOCOL, READ_ONLY, WITHDRAWN
from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.report_clocks import acknowledgement_clock, feedback_clock, meeting_clock
from casework.domain.terms.term import Clock, ClockStatus

_OWED = (ClockStatus.RUNNING, ClockStatus.DUE_TODAY, ClockStatus.OVERDUE)


class StepState(StrEnum):
    """Where a step stands for a reader; blocked is called, with something in the way."""

    LATER = "later"
    OPEN = "open"
    BLOCKED = "blocked"
    DONE = "done"
    LEFT_OUT = "left_out"


class FinalFeedback(StrEnum):
    """Whether a reporter had final feedback; an interim message leaves it open (fact T30)."""

    OPEN = "open"
    GIVEN = "given"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as it stands. `completions` are the valid ones, oldest first, reopened ones among them.

    `missing` are the required fields of a step that is open or blocked, whatever its option will be.
    `may_repeat` says that a done step may be done once more. `blocked_by` also tells, for such a step, what
    would be in the way.
    """

    step: Step
    state: StepState
    blocked_by: tuple[Problem, ...]
    missing: tuple[RecordField, ...]
    clock: Clock | None
    completions: tuple[Entry, ...]
    may_repeat: bool

    @property
    def can_be_done(self) -> bool:
        """Whether a form for this step makes sense now."""
        return not self.blocked_by and (self.state is StepState.OPEN or self.may_repeat)


@dataclass(frozen=True, slots=True)
class ReportView:
    """The statutory clocks of one report, and whether final feedback is still owed.

    `meeting` is None where the reporter did not ask for a conversation.
    """

    report: str
    acknowledgement: Clock
    feedback: Clock
    meeting: Clock | None
    final_feedback: FinalFeedback

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks that run for this report."""
        return (self.acknowledgement, self.feedback, *([self.meeting] if self.meeting else []))


@dataclass(frozen=True, slots=True)
class Assessment:
    """A case on one day.

    `steps` stand in the protocol's order; they are empty where the case's protocol is not at hand.
    `irregular` and `void` give, by seq of the entry, why it does not count. `notices` concern the whole case.
    """

    today: date
    closed: bool
    exit: str | None
    reports: tuple[ReportView, ...]
    steps: tuple[StepView, ...]
    irregular: dict[int, Problem]
    void: dict[int, Problem]
    notices: tuple[Problem, ...]

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock of the reports and the steps, the earliest due first."""
        own = [view.clock for view in self.steps if view.clock and view.clock.term.report is None]
        statutory = [clock for view in self.reports for clock in view.clocks]
        return tuple(sorted((*statutory, *own), key=lambda clock: (clock.due, clock.term.name)))

    @property
    def owed(self) -> tuple[Clock, ...]:
        """The clocks that still have to be met, the earliest due first."""
        return tuple(clock for clock in self.clocks if clock.status in _OWED)

    @property
    def overdue(self) -> tuple[Clock, ...]:
        """The clocks whose strict date has passed unmet."""
        return tuple(clock for clock in self.owed if clock.status is ClockStatus.OVERDUE)

    @property
    def next_due(self) -> Clock | None:
        """The clock to look at first, or None if nothing is owed."""
        return next(iter(self.owed), None)

    @property
    def to_do(self) -> tuple[StepView, ...]:
        """The steps whose turn it is, open or blocked, optional ones among them."""
        return tuple(view for view in self.steps if view.state in (StepState.OPEN, StepState.BLOCKED))

    def step(self, step_id: str) -> StepView:
        """Return the view of one step; raise KeyError for an unknown one."""
        for view in self.steps:
            if view.step.id == step_id:
                return view
        raise KeyError(step_id)


def assess(
    protocol: InvestigationProtocol | None,
    case: Case,
    today: date,
    calendar: StatutoryCalendar = DUTCH_CALENDAR,
    *,
    by: str | None = None,
) -> Assessment:
    """Judge a case by the protocol that it pinned, as of `today`.

    With `by`, the member who looks, `blocked_by` also tells what is in that member's way alone. Without the
    protocol at hand (None, or another digest) the reports' clocks are judged all the same.
    """
    reports = tuple(_report_view(report, today, calendar) for report in case.reports.values())
    follows = protocol is not None and case.pinned is not None and protocol.digest == case.pinned.digest
    flow = walk(protocol, case) if follows and protocol is not None else None
    return Assessment(
        today=today,
        closed=case.closed is not None,
        exit=flow.exit if flow else None,
        reports=reports,
        steps=_step_views(flow, _Look(reports, today, calendar, by)) if flow else (),
        irregular=flow.irregular if flow else {},
        void=dict(case.void),
        notices=_notices(case, flow, today),
    )


def _report_view(report: Report, today: date, calendar: StatutoryCalendar) -> ReportView:
    final = FinalFeedback.IMPOSSIBLE if report.feedback_impossible else FinalFeedback.OPEN
    return ReportView(
        report.received.report,
        acknowledgement_clock(report.facts, today, calendar),
        feedback_clock(report.facts, today, calendar),
        meeting_clock(report.facts, today, calendar),
        FinalFeedback.GIVEN if report.final_feedback else final,
    )


def _notices(case: Case, flow: Flow | None, today: date) -> tuple[Problem, ...]:
    notices = [READ_ONLY] if case.read_only else []
    # One day ahead is allowed between the intake and this device, as everywhere.
    if any((report.received.received - today).days > 1 for report in case.reports.values()):
        notices.append(FAR_DAY)
    if any(report.withdrawn and not report.withdrawal_decided for report in case.reports.values()):
        notices.append(WITHDRAWN)
    if flow is None:
        notices.append(OTHER_PROTOCOL)
    return tuple(notices)


class _Look(NamedTuple):
    reports: tuple[ReportView, ...]
    today: date
    calendar: StatutoryCalendar
    by: str | None


def _step_views(flow: Flow, look: _Look) -> tuple[StepView, ...]:
    return tuple(_step_view(flow, step, look) for step in flow.protocol.steps.values())


def _step_view(flow: Flow, step: Step, look: _Look) -> StepView:
    stage = flow.stage(step)
    may_repeat = stage is Stage.DONE and step.repeatable
    blocked_by = _in_the_way(flow, step, look.by) if stage is Stage.CALLED or may_repeat else ()
    return StepView(
        step=step,
        state=_state(stage, blocked_by),
        blocked_by=blocked_by,
        missing=missing_fields(step.record, {}, None) if stage is Stage.CALLED else (),
        clock=_clock(flow, step, stage, look),
        completions=tuple(flow.completions.get(step.id, ())),
        may_repeat=may_repeat,
    )


def _clock(flow: Flow, step: Step, stage: Stage, look: _Look) -> Clock | None:
    if step.clock:
        return _statutory(step.clock, look.reports)
    return step_clock(flow, step, stage, look.today, look.calendar)


def _state(stage: Stage, blocked_by: tuple[Problem, ...]) -> StepState:
    if stage is Stage.CALLED:
        return StepState.BLOCKED if blocked_by else StepState.OPEN
    return StepState(stage.value)


def _in_the_way(flow: Flow, step: Step, by: str | None) -> tuple[Problem, ...]:
    earlier = flow.earlier_problem(step)
    return ((earlier,) if earlier else ()) + guard_problems(Situation(flow, step, by))


def _statutory(name: str, reports: tuple[ReportView, ...]) -> Clock | None:
    """Of several reports in one case, the clock that presses most stands at the step."""
    clocks = [getattr(view, name) for view in reports]
    return min(clocks, key=lambda clock: (clock.stopped is not None, clock.due), default=None)
