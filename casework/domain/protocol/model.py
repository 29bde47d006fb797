# SPDX-License-Identifier: EUPL-1.2
"""An investigation protocol: the steps that a case ought to take. Data only; `protocol_file` reads it.

A step is called by what comes before it (`next`), possibly more than once; what a municipality cannot
change (the two clocks of the law, the content of feedback) is code that the file refers to by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.domain.case.records import RecordField
from casework.domain.terms.term import TermRule
from casework.domain.text import Text


class DoneBy(StrEnum):
    """What completes a step: its record, the report's arrival, or final feedback to the reporter."""

    RECORD = "record"
    REPORT = "report"
    FEEDBACK = "feedback"


START_POINTS = ("acknowledged", "question_placed")


@dataclass(frozen=True, slots=True)
class StepTerm:
    """A step's own term and where it starts: a step's id (the day it was done) or one of START_POINTS."""

    rule: TermRule
    start: str


@dataclass(frozen=True, slots=True)
class Option:
    """One outcome of a step, and the steps or exits that it leads to."""

    value: str
    label: Text
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `after` must be done before it; `parallel_to` lets it start beside those steps.

    `clock` names a statutory clock of the report that this step answers, instead of a `term` of its own.
    `guards` are names of rules in `guards`. `closes` marks the step that closes the case.
    """

    id: str
    title: Text
    help: Text
    actors: tuple[str, ...]
    record: tuple[RecordField, ...]
    options: tuple[Option, ...]
    term: StepTerm | None
    clock: str | None
    guards: tuple[str, ...]
    after: tuple[str, ...]
    parallel_to: tuple[str, ...]
    next: tuple[str, ...]
    done_by: DoneBy
    repeatable: bool
    optional: bool
    closes: bool

    def option(self, value: str | None) -> Option | None:
        """Return the option of that value, or None."""
        return next((option for option in self.options if option.value == value), None)

    def targets(self, option: str | None) -> tuple[str, ...]:
        """Return what follows on the step, given the option chosen."""
        chosen = self.option(option)
        return chosen.next if chosen else self.next


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of the protocol. One that `leaves` ends every step that was still to do."""

    id: str
    title: Text
    leaves: bool


@dataclass(frozen=True, slots=True)
class InvestigationProtocol:
    """A protocol and the SHA-256 (hex) of the exact bytes it was read from, which a case pins."""

    id: str
    version: int
    digest: str
    title: Text
    first: str
    reopens_at: str
    actors: Mapping[str, Text]
    steps: Mapping[str, Step]
    exits: Mapping[str, Exit]

    @property
    def closing(self) -> Step:
        """The one step that closes the case."""
        return next(step for step in self.steps.values() if step.closes)
