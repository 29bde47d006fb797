# SPDX-License-Identifier: EUPL-1.2
"""Roads through a protocol, written as a table: what is done in a case, word by word.

`A03=vooronderzoek` completes step A03 with that option, `A18` one without options. `A07=sepot+strafbaar_feit` has a
record that answers a yes_no field with yes, `C03=niet_in_behandeling+kennisgeving:volgt` one with that choice.
`acknowledge`, `declare` and `feedback` are what their names say; nothing else is a word.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from casework.domain.case.commands import CompleteStep, DeclareConflict
from casework.domain.case.events import StepCompleted
from casework.domain.protocol.model import InvestigationProtocol, Step
from support.casebook import ANNA, Casebook, filled_in

ON = "2026-11-24"

_ACTS: dict[str, Callable[[Casebook], object]] = {
    "acknowledge": lambda book: book.send("acknowledgement", on=ON),
    "declare": lambda book: book.do(DeclareConflict(ANNA, conflict=False), on=ON),
    "feedback": lambda book: book.send("feedback", on=ON, final=True),
}


class Completion(NamedTuple):
    """A word of a road that completes a step: which one, with which option, and what its record must say."""

    step: str
    option: str | None
    facts: Mapping[str, str | bool]


class Place(NamedTuple):
    """A case just before a step of a road is completed."""

    book: Casebook
    step: Step
    completion: Completion


def read(word: str) -> Completion:
    """What a word of a road completes."""
    act, *facts = word.split("+")
    step, _, option = act.partition("=")
    answers = (fact.partition(":") for fact in facts)
    return Completion(step, option or None, {name: value or True for name, _, value in answers})


def places(protocol: InvestigationProtocol, road: str) -> Iterator[Place]:
    """Walk a road in a new case, and stop before each step that it completes; all on one day."""
    return _on(Casebook(protocol=protocol), road)


def go(book: Casebook, road: str) -> Casebook:
    """Have a case go on along a road."""
    for _ in _on(book, road):
        pass
    return book


def walked(protocol: InvestigationProtocol, road: str) -> Casebook:
    """The case at the end of a road."""
    return go(Casebook(protocol=protocol), road)


def taken(book: Casebook) -> Iterator[StepCompleted]:
    """The completions in a case's log."""
    return (entry.event for entry in book.entries if isinstance(entry.event, StepCompleted))


def _on(book: Casebook, road: str) -> Iterator[Place]:
    for word in road.split():
        if word in _ACTS:
            _ACTS[word](book)
            continue
        completion = read(word)
        step = book.protocol.steps[completion.step]
        yield Place(book, step, completion)
        record = filled_in(step.record, completion.option, ON, completion.facts)
        book.do(CompleteStep(ANNA, step.id, record, completion.option), on=ON)
