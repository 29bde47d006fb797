# SPDX-License-Identifier: EUPL-1.2
"""What an act is: a form of a few fields, its words in both languages, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from casework.domain.case.commands import Command
from casework.domain.case.events import Record
from casework.domain.case.records import FieldType, RecordField
from casework.domain.text import Text
from casework.service.open_desk import OpenDesk
from casework.views.cases import CaseView


class Scene(NamedTuple):
    """Where an act is done: an unlocked desk, and a case as this member sees it."""

    desk: OpenDesk
    view: CaseView

    @property
    def by(self) -> str:
        """The member who acts."""
        return self.desk.member


Fields = Callable[[Scene], tuple[RecordField, ...]]
Deed = Callable[[Scene, Record], CaseView]


def nothing(_scene: Scene) -> Record:
    """Return an empty record: the form starts empty."""
    return {}


def always(_scene: Scene) -> bool:
    """Say yes: the act makes sense in any case that can be written in."""
    return True


def while_open(scene: Scene) -> bool:
    """Say whether the case is not closed."""
    return not scene.view.assessment.closed


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a member can do in a case beside completing steps and writing to the reporter.

    `name` is its name in addresses and on the command line. `fields` are the form's, for this case; `start` is what it
    starts with. `offered` says whether the case page offers it; the domain says whether it is accepted. `do` records it
    and returns the case, or raises as `OpenDesk.do` does. `done` says that it was recorded.
    """

    name: str
    heading: Text
    lead: Text
    button: Text
    done: Text
    fields: Fields
    do: Deed
    offered: Callable[[Scene], bool] = always
    start: Callable[[Scene], Record] = nothing


def asks(*fields: RecordField) -> Fields:
    """Return fields that are the same in every case."""
    return lambda _scene: fields


def gives(command: Callable[[Scene, Record], Command]) -> Deed:
    """Return the deed that carries out one command in the case."""
    return lambda scene, record: scene.desk.do(scene.view.line.id, command(scene, record))


def reason(nl: str = "Waarom?", en: str = "Why?", *, name: str = "reason") -> RecordField:
    """Return a field for a reason, as most acts need one."""
    return RecordField(name, FieldType.LONG_TEXT, Text(nl, en))


def texts_of(record: Record, name: str) -> tuple[str, ...]:
    """Return the texts of a record's field with several."""
    value = record.get(name, ())
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def text_of(record: Record, name: str) -> str:
    """Return a text of a record; empty where it was not filled in."""
    value = record.get(name, "")
    return value if isinstance(value, str) else ""
