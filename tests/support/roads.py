# SPDX-License-Identifier: EUPL-1.2
"""Roads through a protocol, as steps with their outcomes, and how a case stands on one."""

from collections.abc import Iterable
from datetime import date

from casework.domain.case.commands import CompleteStep
from casework.domain.protocol.model import DoneBy, InvestigationProtocol
from support.casebook import ANNA, Casebook

DAY = "2026-11-24"

Stride = tuple[str, str | None]
Road = tuple[Stride, ...]


def along(book: Casebook, road: Iterable[Stride], on: str = DAY) -> Casebook:
    """Do the steps of a road."""
    for step, option in road:
        book.complete(step, option, on=on)
    return book


def refused_empty(book: Casebook, road: Iterable[Stride]) -> list[str]:
    """Do the steps of a road, each after an empty record; return why those were refused."""
    found = []
    for step, option in road:
        found.append(book.refusal(CompleteStep(ANNA, step, {}, option), on=DAY))
        book.complete(step, option, on=DAY)
    return found


def recorded_steps(protocol: InvestigationProtocol) -> set[str]:
    """The steps that leave a record."""
    return {step.id for step in protocol.steps.values() if step.done_by is DoneBy.RECORD}


def first_try(book: Casebook, step: str) -> str:
    """What becomes of a step done with its first outcome."""
    option = next((option.value for option in book.protocol.steps[step].options), None)
    return book.refusal(book.completion(step, option, on=DAY), on=DAY)


def to_do(book: Casebook, on: str = DAY) -> set[str]:
    """The steps that have to be done before the case can close, and closing if its turn has come."""
    return {view.step.id for view in book.judged(on).to_do if not view.step.optional}


def due(book: Casebook, step: str, on: str = DAY) -> date | None:
    """When a step is due, if its clock runs."""
    clock = book.judged(on).step(step).clock
    return clock.due if clock else None
