# SPDX-License-Identifier: EUPL-1.2
"""What of a case does not wait for the day on which somebody looks: where steps stand, what bars them, their clocks.

It follows from the events, the protocol and the calendar alone. So it is kept with the case's walk, and a look on
another day only moves the clocks to that day.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from casework.domain.errors import Problem
from casework.domain.judge.flow import Flow, Stage
from casework.domain.judge.guards import Situation, guard_problems
from casework.domain.judge.step_clocks import step_clock
from casework.domain.protocol.model import Step
from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.term import Clock, on_day


@dataclass(frozen=True)
class Standing:
    """What is kept of a case by one calendar; `looked` is the day of the first look, on which its clocks were read."""

    flow: Flow
    calendar: StatutoryCalendar
    looked: date
    _in_the_way: dict[tuple[str, str | None], tuple[Problem, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def stages(self) -> tuple[tuple[Step, Stage], ...]:
        """Every step, in the protocol's order, and where it stands."""
        return tuple((step, self.stage(step)) for step in self.flow.protocol.steps.values())

    def stage(self, step: Step) -> Stage:
        """Say where a step stands; a closed case waits for nothing but what follows on closing."""
        stage = self.flow.stage(step)
        waits = stage is Stage.CALLED and self.flow.closed and step.id not in self.flow.after_closing
        return Stage.LATER if waits else stage

    def clocks(self, today: date) -> dict[str, Clock]:
        """Return the clocks of the steps' own terms as they stand on a day, by step in the protocol's order."""
        if today == self.looked:
            return self._clocks
        return {step_id: on_day(clock, today) for step_id, clock in self._clocks.items()}

    @cached_property
    def _clocks(self) -> dict[str, Clock]:
        timed = ((step, stage) for step, stage in self.stages if step.has_days and not step.clock)
        found = ((step.id, step_clock(self.flow, step, stage, self.looked, self.calendar)) for step, stage in timed)
        return {step_id: clock for step_id, clock in found if clock}

    def in_the_way(self, step: Step, by: str | None) -> tuple[Problem, ...]:
        """Return everything that bars a step from being done now, by this member where one looks."""
        known = self._in_the_way.get((step.id, by))
        if known is None:
            earlier = self.flow.earlier_problem(step)
            known = ((earlier,) if earlier else ()) + guard_problems(Situation(self.flow, step, by))
            self._in_the_way[step.id, by] = known
        return known


def standing(flow: Flow, calendar: StatutoryCalendar, today: date) -> Standing:
    """Return what is kept with a walk for this calendar; worked out at the first look."""
    known = flow.standings.get(calendar)
    if not isinstance(known, Standing):
        flow.standings[calendar] = known = Standing(flow, calendar, today)
    return known
