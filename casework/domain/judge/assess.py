# SPDX-License-Identifier: EUPL-1.2
"""The only judge of a case: what is done, open, blocked and by what, due and overdue, on a given day.

Pure, and made to be read by a page, a calendar and a report alike. A later day makes nothing undone and
no debt disappear; only events do. What nobody reads is not worked out.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casework.domain.case.disclosures import DisclosureView, disclosures
from casework.domain.case.events import Entry
from casework.domain.case.records import RecordField
from casework.domain.case.state import Case, Report
from casework.domain.errors import Problem
from casework.domain.judge.flow import Flow, Stage
from casework.domain.judge.notices import notices
from casework.domain.judge.standing import Standing, standing
from casework.domain.judge.views import FinalFeedback, ReportView, StepState, StepView
from casework.domain.judge.walk import is_closed, walk_pinned
from casework.domain.problems import OTHER_PROTOCOL
from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.report_clocks import acknowledgement_clock, feedback_clock, meeting_clock
from casework.domain.terms.term import Clock, ClockStatus

_OWED = (ClockStatus.RUNNING, ClockStatus.DUE_TODAY, ClockStatus.OVERDUE)


@dataclass(frozen=True)
class Assessment:
    """A case on one day, as `assess` made it. Equal cases on equal days have equal assessments.

    `by` is the member who looks: then `blocked_by` also tells what is in that member's way alone. `flow` is None where
    the case's protocol is not at hand; `steps` are then empty, and the reports' clocks are judged all the same.
    `split_off` says that the case which a part names as its first names this one as its part.
    """

    today: date
    case: Case
    flow: Flow | None
    calendar: StatutoryCalendar
    by: str | None
    split_off: bool

    @property
    def closed(self) -> bool:
        """Whether the case is closed."""
        return is_closed(self.case, self.flow)

    @property
    def exit(self) -> str | None:
        """The exit of the protocol that the case took last, by its id."""
        return self.flow.exit if self.flow else None

    @property
    def void(self) -> dict[int, Problem]:
        """Why an entry has no effect, whatever the protocol, by its seq."""
        return dict(self.case.void)

    @property
    def irregular(self) -> dict[int, Problem]:
        """Why the protocol does not count an entry, by its seq."""
        return self.flow.irregular if self.flow else {}

    @cached_property
    def reports(self) -> tuple[ReportView, ...]:
        """The reports whose reporters this case answers, in the order of the log.

        A report says of itself that it is a part. Until its first case says so too, the clocks run here.
        """
        own = self.case.own_reports if self.split_off else self.case.reports.values()
        return tuple(_report_view(report, self.today, self.calendar) for report in own)

    @cached_property
    def disclosures(self) -> tuple[DisclosureView, ...]:
        """What was told outside because of a danger to life, in the order of the log."""
        return disclosures(self.case, self.today, self.calendar)

    @cached_property
    def steps(self) -> tuple[StepView, ...]:
        """Every step, in the protocol's order."""
        return tuple(self._views(tuple(Stage)))

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock of the reports, the disclosures and the steps, the earliest due first."""
        found = [clock for view in self.reports for clock in view.clocks]
        found += [view.clock for view in self.disclosures]
        found += self._step_clocks.values()
        return tuple(sorted(found, key=lambda clock: (clock.due, clock.term.name)))

    @property
    def owed(self) -> tuple[Clock, ...]:
        """The clocks that still have to be met, the earliest due first."""
        return tuple(clock for clock in self.clocks if clock.status in _OWED)

    @property
    def overdue(self) -> tuple[Clock, ...]:
        """The clocks whose strict date has passed unmet."""
        return tuple(clock for clock in self.clocks if clock.status is ClockStatus.OVERDUE)

    @property
    def next_due(self) -> Clock | None:
        """The clock to look at first, or None if nothing is owed."""
        return next(iter(self.owed), None)

    @cached_property
    def to_do(self) -> tuple[StepView, ...]:
        """The steps whose turn it is, open or blocked, optional ones among them."""
        return tuple(self._views((Stage.CALLED,)))

    @cached_property
    def flags(self) -> dict[str, RecordField]:
        """What a record says of the whole case, by flag (`vocabulary.FLAGS`), with the field that was answered yes."""
        return dict(_flags(self.flow)) if self.flow else {}

    @property
    def deviations(self) -> tuple[Entry, ...]:
        """The steps that stand left out with consent (fact P04), as their entries."""
        return tuple(self.flow.left_out.values()) if self.flow else ()

    @property
    def onward(self) -> str | None:
        """The protocol to which the exit that was taken leads, by its id; None while this one goes on."""
        way_out = self.flow.protocol.exits[self.flow.exit] if self.flow and self.flow.exit else None
        return way_out.to if way_out else None

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What a reader should know first of the whole case."""
        of_protocol = () if self.flow else (OTHER_PROTOCOL,)
        return (*notices(self.case, self.reports, self.today, split_off=self.split_off), *of_protocol)

    def step(self, step_id: str) -> StepView:
        """Return the view of one step; raise KeyError for an unknown one."""
        if self._standing is None:
            raise KeyError(step_id)
        step = self._standing.flow.protocol.steps[step_id]
        return self._view(self._standing, step, self._standing.stage(step))

    @cached_property
    def _standing(self) -> Standing | None:
        return standing(self.flow, self.calendar, self.today) if self.flow else None

    @cached_property
    def _step_clocks(self) -> Mapping[str, Clock]:
        return self._standing.clocks(self.today) if self._standing else {}

    def _views(self, stages: Container[Stage]) -> Iterator[StepView]:
        if self._standing:
            for step, stage in self._standing.stages:
                if stage in stages:
                    yield self._view(self._standing, step, stage)

    def _view(self, kept: Standing, step: Step, stage: Stage) -> StepView:
        may_repeat = stage is Stage.DONE and step.repeatable
        blocked_by = kept.in_the_way(step, self.by) if stage is Stage.CALLED or may_repeat else ()
        return StepView(
            step=step,
            state=_state(stage, blocked_by),
            blocked_by=blocked_by,
            clock=_statutory(step.clock, self.reports) if step.clock else self._step_clocks.get(step.id),
            completions=tuple(done.entry for done in kept.flow.completions.get(step.id, ())),
            may_repeat=may_repeat,
        )


def assess(
    protocol: InvestigationProtocol | None,
    case: Case,
    today: date,
    calendar: StatutoryCalendar = DUTCH_CALENDAR,
    *,
    by: str | None = None,
    split_off: bool = False,
) -> Assessment:
    """Judge a case by the protocol that it pinned, as of `today`; see Assessment for `by` and `split_off`.

    Without the protocol at hand (None, or another digest) the reports' clocks are judged all the same.
    """
    return Assessment(today, case, walk_pinned(protocol, case), calendar, by, split_off)


def _report_view(report: Report, today: date, calendar: StatutoryCalendar) -> ReportView:
    final = FinalFeedback.IMPOSSIBLE if report.feedback_impossible else FinalFeedback.OPEN
    facts = report.facts
    return ReportView(
        facts.report,
        acknowledgement_clock(facts, today, calendar),
        feedback_clock(facts, today, calendar),
        meeting_clock(facts, today, calendar),
        FinalFeedback.GIVEN if report.final_feedback else final,
    )


def _flags(flow: Flow) -> Iterator[tuple[str, RecordField]]:
    for step_id, completions in flow.completions.items():
        record = completions[-1].event.record
        for field in flow.protocol.steps[step_id].record:
            if field.flag and record.get(field.name) is True:
                yield field.flag, field


def _state(stage: Stage, blocked_by: tuple[Problem, ...]) -> StepState:
    if stage is Stage.CALLED:
        return StepState.BLOCKED if blocked_by else StepState.OPEN
    return StepState(stage.value)


def _statutory(name: str, reports: tuple[ReportView, ...]) -> Clock | None:
    """Of several reports in one case, the clock that presses most stands at the step."""
    clocks = [getattr(view, name) for view in reports]
    return min(clocks, key=lambda clock: (clock.stopped is not None, clock.due), default=None)
