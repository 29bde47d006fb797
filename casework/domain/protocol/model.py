# SPDX-License-Identifier: EUPL-1.2
"""An investigation protocol: the steps that a case ought to take. Data only; `reader` reads it.

A step is called by what comes before it (`next`), possibly more than once; what a municipality cannot
change (the clocks and terms of the law, the content of feedback) is code that the file refers to by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from casework.domain.case.events import Record
from casework.domain.case.record_check import RecordCheck
from casework.domain.case.records import Condition, RecordField
from casework.domain.protocol.step_term import Extension, StepTerm
from casework.domain.terms.report_clocks import CLOCK_RULES
from casework.domain.terms.term import TermKind
from casework.domain.text import Text

ACCOUNTS_FOR_DEVIATIONS = "deviations_accounted"
"""The guard on the report that names every step which was left out (fact P04)."""


class DoneBy(StrEnum):
    """What completes a step: its record, the report's arrival, or final feedback to the reporter."""

    RECORD = "record"
    REPORT = "report"
    FEEDBACK = "feedback"


class Phase(StrEnum):
    """The part of the handling of a report that a step belongs to (ISO 37002:2021, clause 8)."""

    RECEIVE = "receive"
    ASSESS = "assess"
    ADDRESS = "address"
    CONCLUDE = "conclude"


class Call(NamedTuple):
    """What else follows on a step when its record says so."""

    condition: Condition
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One outcome of a step, and the steps or exits that it leads to.

    With `again_on`, a day field, the step stays to be done, by that day. `counts_as` is the outcome's code in the
    annual report, if that is not its value.
    """

    value: str
    label: Text
    next: tuple[str, ...]
    counts_as: str | None = None
    again_on: str | None = None


@dataclass(frozen=True)
class Step:
    """One step. `after` must be done before it; `parallel_to` lets it start beside those steps.

    `clock` names a statutory clock of the report that this step answers, instead of terms of its own; of several
    `terms` the first that holds counts. `guards` are names of rules in `judge.guards`. `closes` marks the step that
    closes the case. `figure` is the figure of the annual report that its options feed. `law` is a statute that asks
    for it.
    """

    id: str
    title: Text
    help: Text
    phase: Phase
    actors: tuple[str, ...]
    record: tuple[RecordField, ...]
    options: tuple[Option, ...]
    terms: tuple[StepTerm, ...]
    clock: str | None
    guards: tuple[str, ...]
    after: tuple[str, ...]
    parallel_to: tuple[str, ...]
    next: tuple[str, ...]
    calls: tuple[Call, ...]
    extends: Extension | None
    done_by: DoneBy
    repeatable: bool
    optional: bool
    closes: bool
    figure: int | None
    law: Text | None

    @cached_property
    def is_law(self) -> bool:
        """Whether a statute asks for the step, so that it cannot be left out."""
        return self.statute is not None

    @cached_property
    def statute(self) -> Text | None:
        """Where the law asks for the step, or None."""
        return self.law or self.term_of_law

    @cached_property
    def term_of_law(self) -> Text | None:
        """Where the law says by when the step is due, or None."""
        if self.clock:
            return CLOCK_RULES[self.clock].basis
        return next((rule.basis for term in self.terms for rule in term.rules if rule.kind is TermKind.LAW), None)

    @cached_property
    def is_prompt(self) -> bool:
        """Whether a statute asks for the step without delay, in words and not by a number of days (Sv 162)."""
        return any(rule.in_words for term in self.terms for rule in term.rules)

    @cached_property
    def is_lasting(self) -> bool:
        """Whether a statute asks for the step however the case ends (AVG 14(3))."""
        return any(rule.lasting for term in self.terms for rule in term.rules)

    @cached_property
    def has_days(self) -> bool:
        """Whether a clock of the step's own can ever run."""
        return bool(self.terms) or self.can_be_put_off

    @cached_property
    def can_be_put_off(self) -> bool:
        """Whether an outcome of the step says by which day it is to be done again."""
        return any(option.again_on for option in self.options)

    @cached_property
    def when_done(self) -> Text:
        """The sentence that the step was done."""
        return Text(f"Stap {self.id} ({self.title.nl}) is gedaan.", f"Step {self.id} ({self.title.en}) was done.")

    def option(self, value: str | None) -> Option | None:
        """Return the option of that value, or None."""
        return self._options.get(value or "")

    def takes(self, option: str | None) -> bool:
        """Say whether the step can have this outcome: one of its own, or none where it has none."""
        return option in self.checks

    @cached_property
    def checks(self) -> Mapping[str | None, RecordCheck]:
        """What the record must be, by each outcome that the step can have."""
        return {option: RecordCheck(self.record, option) for option in self._options or (None,)}

    @cached_property
    def _options(self) -> Mapping[str, Option]:
        return {option.value: option for option in self.options}

    def field(self, name: str) -> RecordField | None:
        """Return the field of the record with that name, or None."""
        return next((field for field in self.record if field.name == name), None)

    def when_said(self, name: str) -> Text:
        """Return the sentence that a field of the record says when something was; without one, that it was done."""
        return self._sayings.get(name, self.when_done)

    @cached_property
    def _sayings(self) -> Mapping[str, Text]:
        labels = {field.name: field.label for field in self.record}
        return {name: Text(_said_in(self.id, label.nl), _said_in(self.id, label.en)) for name, label in labels.items()}

    def targets(self, option: str | None, record: Record | None = None) -> tuple[str, ...]:
        """Return what follows on the step, given the option chosen and the record."""
        follow = self._follow.get(option, self.next)
        if not self.calls or not record:
            return follow
        return (*follow, *(target for call in self.calls if call.condition.holds(record) for target in call.next))

    @cached_property
    def _follow(self) -> Mapping[str | None, tuple[str, ...]]:
        """What follows on each option; one that is to be done again calls the step itself."""
        return {option.value: (*option.next, *((self.id,) if option.again_on else ())) for option in self.options}

    def all_targets(self) -> Iterator[str]:
        """Yield everything that can follow on the step, done or left out."""
        yield from self.next
        yield from self.targets_when_done()

    def targets_when_done(self) -> Iterator[str]:
        """Yield everything that can follow once the step is done: where it has options, its own `next` does not."""
        for source in (self.options or (self,), self.calls):
            for one in source:
                yield from one.next


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of the protocol.

    One that `leaves` ends every step that was still to do; `to` is the id of the protocol that the case should follow
    from there, if it is another.
    """

    id: str
    title: Text
    leaves: bool
    to: str | None = None


@dataclass(frozen=True)
class InvestigationProtocol:
    """A protocol and the SHA-256 (hex) of the exact bytes it was read from, which a case pins.

    `deviation_authority` is the actor whose consent leaving out a step needs.
    """

    id: str
    version: int
    digest: str
    title: Text
    first: str
    reopens_at: str
    deviation_authority: str
    actors: Mapping[str, Text]
    steps: Mapping[str, Step]
    exits: Mapping[str, Exit]

    def may_leave_out(self, step: Step) -> bool:
        """Say whether a case can do without the step, with consent; every case needs its beginning, report and end."""
        return not (step.is_law or step.closes or step.id == self.first or ACCOUNTS_FOR_DEVIATIONS in step.guards)

    @cached_property
    def closing(self) -> Step:
        """The one step that closes the case."""
        return next(step for step in self.steps.values() if step.closes)

    @cached_property
    def extended_by(self) -> Mapping[str, Mapping[str, str]]:
        """By step, the steps that extend its term, each with the rule of law that lets it."""
        found: dict[str, dict[str, str]] = {}
        for step in self.steps.values():
            if step.extends:
                found.setdefault(step.extends.step, {})[step.id] = step.extends.law
        return found


def _said_in(step_id: str, label: str) -> str:
    """Return where a day was recorded; a label may be a question."""
    return f"{step_id}: {label}" if label.endswith("?") else f"{step_id}: {label}."
