# SPDX-License-Identifier: EUPL-1.2
"""One step and one report of a case as they stand on a day; `assess` makes them."""

from dataclasses import dataclass
from enum import StrEnum

from casework.domain.case.events import Entry
from casework.domain.case.records import RecordField, missing_fields
from casework.domain.errors import Problem
from casework.domain.protocol.model import Step
from casework.domain.terms.term import Clock


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

    `may_repeat` says that a done step may be done once more. `blocked_by` also tells, for such a step, what
    would be in the way.
    """

    step: Step
    state: StepState
    blocked_by: tuple[Problem, ...]
    clock: Clock | None
    completions: tuple[Entry, ...]
    may_repeat: bool

    @property
    def missing(self) -> tuple[RecordField, ...]:
        """The required fields of a step that is open or blocked, whatever its option will be."""
        to_do = self.state in (StepState.OPEN, StepState.BLOCKED)
        return missing_fields(self.step.record, {}, None) if to_do else ()

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
