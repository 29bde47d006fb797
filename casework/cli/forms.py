# SPDX-License-Identifier: EUPL-1.2
"""What was filled in before anything is asked: a form from a TOML file and from NAME=VALUE pairs."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from casework.domain.case.records import FieldType, RecordField, cell_name
from casework.errors import CaseworkError

_Command = TypeVar("_Command", bound=Callable[..., object])
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
_IN_DUTCH = {"ja": "yes", "nee": "no"}
Typed = dict[str, Sequence[str]]
"""Form values in the shape that `record_from_form` reads."""


def takes_form(command: _Command) -> _Command:
    """Give a command the options of `read_form`, as `given` and `record`."""
    given = click.option(
        "--field",
        "given",
        multiple=True,
        metavar="NAME=VALUE",
        help="An answer under the name that the question shows, unless it is a text; may be given more than once.",
    )
    file = click.option(
        "--record",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A TOML file with answers, texts too.",
    )
    return given(file(command))


def read_form(fields: Sequence[RecordField], record: Path | None, given: Sequence[str]) -> Typed:
    """Return what a TOML file and NAME=VALUE pairs say; a pair adds to what the file has under that name.

    Raises:
        CaseworkError: the file is not TOML, a pair has no equals sign, there is no such field, or a pair has a text:
            that would stand in the list of processes and in the history of the shell.
    """
    known = {field.name: field for field in fields}
    form = _in_file(known, record)
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CaseworkError("{pair} has no equals sign: write NAME=VALUE. Nothing was recorded.", pair=pair)
        field = _find(known, name)
        if value and field.type in _TEXTS:
            raise CaseworkError(
                "{name} is a text. Nothing was recorded. What stands on a command line stays in its history: type the "
                "text when it is asked for, or put it into the file of --record.",
                name=name,
            )
        form[name] = [*form.get(name, ()), as_answer(field, value)]
    return form


def as_answer(field: RecordField, typed: str) -> str:
    """Return what was typed as a form holds it: yes and no may be in Dutch."""
    said = typed.strip()
    return _IN_DUTCH.get(said.lower(), said) if field.type is FieldType.YES_NO else said


def _in_file(known: dict[str, RecordField], record: Path | None) -> Typed:
    try:
        values = tomllib.loads(record.read_text(encoding="utf-8")) if record else {}
    except ValueError as error:
        raise CaseworkError("The record is not TOML: {reason}. Nothing was recorded.", reason=error) from error
    form: Typed = {}
    for name, value in values.items():
        _find(known, name)
        form |= _cells(name, value if isinstance(value, list) else [value])
    return form


def _find(known: dict[str, RecordField], name: str) -> RecordField:
    field = known.get(name.partition(".")[0])
    if field is None:
        raise CaseworkError(
            "There is no field {name} here. Nothing was recorded. The fields are: {fields}.",
            name=name,
            fields=", ".join(known),
        )
    return field


def _cells(name: str, values: Sequence[object]) -> Typed:
    """Return what a form has for a field; a list of tables is a field of rows."""
    rows = [value for value in values if isinstance(value, dict)]
    if not rows:
        return {name: [_as_form(value) for value in values]}
    return {
        cell_name(name, number, str(column)): [_as_form(cell)]
        for number, row in enumerate(rows)
        for column, cell in row.items()
    }


def _as_form(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
