# SPDX-License-Identifier: EUPL-1.2
"""A case on its road through a protocol: doing steps with their outcomes, and how it stands."""

from collections.abc import Iterable
from datetime import date

from support.casebook import Casebook

DAY = "2026-11-24"

Stride = tuple[str, str | None]
Road = tuple[Stride, ...]


def along(book: Casebook, road: Iterable[Stride], on: str = DAY) -> Casebook:
    """Do the steps of a road."""
    for step, option in road:
        book.complete(step, option, on=on)
    return book


def to_do(book: Casebook, on: str = DAY) -> set[str]:
    """The steps that have to be done before the case can close, and closing if its turn has come."""
    return {view.step.id for view in book.judged(on).to_do if not view.step.optional}


def due(book: Casebook, step: str, on: str = DAY) -> date | None:
    """When a step is due, if its clock runs."""
    clock = book.judged(on).step(step).clock
    return clock.due if clock else None
