# SPDX-License-Identifier: EUPL-1.2
"""A case's way through its protocol: which steps were called, done, left out, and which entries do not count.

A step is called when something leads to it. Called again after it was done, a repeatable step has to be
done again; another stays done. A completion that the protocol did not allow at that moment, or whose
record is not as it must be, is irregular: shown, and without effect.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from casework.domain.case.closing import feedback_problem
from casework.domain.case.events import (
    Entry,
    StepCompleted,
)
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.judge.step_problems import (
    ALREADY_DONE,
    ALREADY_EXTENDED,
    BY_FEEDBACK,
    BY_REPORT,
    NEEDED_STEP,
    NOT_DONE,
    NOT_REACHED,
    UNKNOWN_OPTION,
    UNKNOWN_STEP,
    law_step,
)
from casework.domain.protocol.model import DoneBy, Exit, InvestigationProtocol, Step
from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.law import EXTENSIONS
from casework.domain.text import Text


class Stage(StrEnum):
    """Where a step stands, guards aside."""

    LATER = "later"
    CALLED = "called"
    DONE = "done"
    LEFT_OUT = "left_out"


class Completion(NamedTuple):
    """A completion that counts: its entry, with the place in the log and the day of recording, and what was done."""

    seq: int
    day: date
    event: StepCompleted
    entry: Entry


@dataclass(slots=True)
class Flow:
    """How far the case is.

    `called` and `done` give, by step, the seq of the last call and of the last completion that stands;
    `completions` keeps every valid one, reopened or not; `irregular` is by seq. `entries` is how many the case had.
    `closing` is the completion of the closing step that waits for its closing: alone it does nothing.
    """

    protocol: InvestigationProtocol
    case: Case
    entries: int
    called: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    completions: dict[str, list[Completion]] = field(default_factory=dict)
    left_out: dict[str, Entry] = field(default_factory=dict)
    irregular: dict[int, Problem] = field(default_factory=dict)
    exit: str | None = None
    closing: Entry | None = None
    closed: bool = False
    standings: dict[StatutoryCalendar, object] = field(default_factory=dict, compare=False, repr=False)
    """What `judge.standing` remembers of this walk, by calendar; it follows from the rest."""

    @property
    def after_closing(self) -> tuple[str, ...]:
        """What the last closing leads to, and what was done of that: a closed case waits for nothing else."""
        led = list(self.completions.get(self.protocol.closing.id, ())[-1:])
        since = led[0].seq if led else 0
        found: dict[str, None] = {}
        for done in led:
            targets = self.protocol.steps[done.event.step].targets(done.event.option, done.event.record)
            new = [target for target in targets if target not in found]
            found.update(dict.fromkeys(new))
            led += [later for name in new for later in self.completions.get(name, ()) if later.seq > since]
        return tuple(found)

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
        return step_id in self.done or self.stage(self.protocol.steps[step_id]) in (Stage.DONE, Stage.LEFT_OUT)

    def open_steps(self) -> tuple[Step, ...]:
        """Return the steps that have to be done before the case can close."""
        steps = self.protocol.steps.values()
        return tuple(s for s in steps if not (s.optional or s.closes) and self.stage(s) is Stage.CALLED)

    def completion_problem(self, event: StepCompleted, today: date) -> Problem | None:
        """Return why the protocol does not take this completion on that day, guards aside, or None."""
        step = self.protocol.steps.get(event.step)
        if step is None:
            return UNKNOWN_STEP
        check = step.checks.get(event.option)
        return self._turn_problem(step) or (check.problem(event.record, today) if check else UNKNOWN_OPTION)

    def knows(self, event: StepCompleted) -> bool:
        """Say whether a record completes this step here, with an outcome that it has; a closing never does."""
        step = self.protocol.steps.get(event.step)
        if step is None or step.closes:
            return False
        return step.done_by is DoneBy.RECORD and step.takes(event.option)

    def chosen(self, step_id: str) -> str | None:
        """Return the option chosen at the last completion of a step, if it has options."""
        return self.completions[step_id][-1].event.option

    def deviation_problem(self, step_id: str) -> Problem | None:
        """Return why a step cannot be left out now, or None."""
        step = self.protocol.steps.get(step_id)
        if step is None:
            return UNKNOWN_STEP
        if not self.protocol.may_leave_out(step):
            return law_step(step.statute) if step.statute else NEEDED_STEP
        return self._turn_problem(step) or (ALREADY_DONE if self.stage(step) is Stage.DONE else None)

    def reopening_problem(self, step_id: str) -> Problem | None:
        """Return why a step cannot be reopened now, or None."""
        if step_id not in self.protocol.steps:
            return UNKNOWN_STEP
        return None if step_id in self.done or step_id in self.left_out else NOT_DONE

    def _stage_of_messages(self, step: Step) -> Stage:
        if step.done_by is DoneBy.REPORT:
            return Stage.DONE if self.case.reports else Stage.CALLED
        if self._passes_over(step):
            return Stage.DONE if step.id in self.called else Stage.LATER
        if feedback_problem(self.case) is None:
            return Stage.DONE
        return Stage.CALLED if any(report.acknowledged for report in self.case.own_reports) else Stage.LATER

    def _passes_over(self, step: Step) -> bool:
        """Say whether a step gives feedback and has nobody to give it to: the reporter of a part is elsewhere."""
        return step.done_by is DoneBy.FEEDBACK and not self.case.own_reports

    def _may_start(self, step: Step) -> bool:
        return step.id in self.called or not self.called.keys().isdisjoint(step.parallel_to)

    def earlier_problem(self, step: Step) -> Problem | None:
        """Return which step of `after` has to be done first, or None."""
        for other in step.after:
            if not (self.is_done(other) or self._was_taken_away(other)):
                title = self.protocol.steps[other].title
                return Problem(
                    "earlier_step", Text(f"Doe eerst stap {other}: {title.nl}.", f"First do step {other}: {title.en}.")
                )
        return None

    def _was_taken_away(self, step_id: str) -> bool:
        """Say whether a way out ended the step before its turn, so that nothing waits for it."""
        left = self.exit is not None and self.protocol.exits[self.exit].leaves
        return left and self.stage(self.protocol.steps[step_id]) is Stage.LATER

    def _turn_problem(self, step: Step) -> Problem | None:
        if step.done_by is not DoneBy.RECORD:
            return BY_REPORT if step.done_by is DoneBy.REPORT else BY_FEEDBACK
        stage = self.stage(step)
        if stage is Stage.LATER:
            return NOT_REACHED
        if stage is not Stage.CALLED and not step.repeatable:
            return ALREADY_DONE
        return self.earlier_problem(step) or self._extension_problem(step)

    def _extension_problem(self, step: Step) -> Problem | None:
        """Return why the step cannot extend the term of another now, or None."""
        if step.extends is None:
            return None
        rule = EXTENSIONS[step.extends.law]
        return ALREADY_EXTENDED if rule.once and step.id in self.done else None

    def complete(self, event: StepCompleted, entry: Entry) -> None:
        """Note that a step of this protocol was done, and what follows on it."""
        step = self.protocol.steps[event.step]
        self.done[step.id] = entry.seq
        self.completions.setdefault(step.id, []).append(Completion(entry.seq, entry.day, event, entry))
        self.left_out.pop(step.id, None)
        self.call(step.targets(event.option, event.record), entry.seq)

    def call(self, targets: Iterable[str], seq: int) -> None:
        """Note the steps and exits that something at `seq` leads to."""
        for target in targets:
            step = self.protocol.steps.get(target)
            if step is None:
                self._take(self.protocol.exits[target], seq)
            elif target not in self.called and self._passes_over(step):
                self.called[target] = seq
                self.call(step.next, seq)
            else:
                self.called[target] = seq

    def _take(self, way_out: Exit, seq: int) -> None:
        self.exit = way_out.id
        if way_out.leaves:
            self.called = {name: at for name, at in self.called.items() if at == seq or self._is_owed(name, way_out)}

    def _is_owed(self, step_id: str, way_out: Exit) -> bool:
        """Say whether no way out takes a step away whose turn has come.

        So it is with what the law wants without delay (P05) and with what it sets a term for and was put off. Who is
        accused must have been told, or the exception recorded (P03); another protocol asks for that itself.
        """
        step = self.protocol.steps[step_id]
        ends_here = way_out.to is None
        stays = step.is_prompt or self._is_put_off(step) or (ends_here and step.is_lasting)
        return stays and self.stage(step) is Stage.CALLED

    def _is_put_off(self, step: Step) -> bool:
        chosen = step.option(self.chosen(step.id)) if step.term_of_law and step.id in self.done else None
        return chosen is not None and chosen.again_on is not None
