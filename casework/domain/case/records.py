# SPDX-License-Identifier: EUPL-1.2
"""The record that a step leaves: typed fields, from which a form can be made, and what is wrong with one.

A record maps field names to text, true/false, or a tuple of texts. Days are `YYYY-MM-DD`. A field that is
not filled in is absent, never empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from casework.domain.case.event_json import read_day
from casework.domain.case.events import Record, RecordValue
from casework.domain.case.sizes import excess
from casework.domain.errors import MalformedEventError, Problem
from casework.domain.text import Text


class FieldType(StrEnum):
    """What a field holds: the first four are text, yes_no is true or false, the last two are tuples."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    CHOICES = "choices"
    MEMBERS = "members"


class Choice(NamedTuple):
    """One of the values that a choice field takes."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a record. With `options` it belongs to those options of the step only."""

    name: str
    type: FieldType
    label: Text
    help: Text | None = None
    required: bool = True
    choices: tuple[Choice, ...] = ()
    options: tuple[str, ...] = ()

    def applies(self, option: str | None) -> bool:
        """Say whether the field belongs to the record when this option is chosen."""
        return not self.options or option in self.options


_TUPLES = (FieldType.CHOICES, FieldType.MEMBERS)


def record_problem(fields: Sequence[RecordField], record: Record, option: str | None) -> Problem | None:
    """Return the first thing that is wrong with a record, or None."""
    applying = {field.name: field for field in fields if field.applies(option)}
    for name in record:
        if name not in applying:
            return _problem("unknown_field", name, "hoort niet bij deze stap", "does not belong to this step")
    for name, field in applying.items():
        problem = _value_problem(field, record.get(name))
        if problem:
            return problem
    return None


def missing_fields(fields: Sequence[RecordField], record: Record, option: str | None) -> tuple[RecordField, ...]:
    """Return the required fields that the record has no value for."""
    applying = (field for field in fields if field.required and field.applies(option))
    return tuple(field for field in applying if is_empty(record.get(field.name)))


def is_empty(value: RecordValue | None) -> bool:
    """Say whether nothing was filled in; "no" is an answer."""
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def record_from_form(fields: Sequence[RecordField], form: Mapping[str, Sequence[str]]) -> dict[str, RecordValue]:
    """Return the record that filled-in form values stand for, without judging it.

    Every field gives its values under its own name; yes_no gives "yes" or "no". What is left empty, and what
    belongs to no field, is absent.
    """
    return dict(_filled_in(fields, form))


def _filled_in(fields: Sequence[RecordField], form: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, RecordValue]]:
    for field in fields:
        values = tuple(value.strip() for value in form.get(field.name, ()) if value.strip())
        if not values:
            continue
        if field.type in _TUPLES:
            yield field.name, values
        elif field.type is FieldType.YES_NO and values[0] in ("yes", "no"):
            yield field.name, values[0] == "yes"
        else:
            yield field.name, values[0]


def _value_problem(field: RecordField, value: RecordValue | None) -> Problem | None:
    if value is None or is_empty(value):
        missing = field.required or value is not None
        return _of(field, "missing_field", "is niet ingevuld", "is not filled in") if missing else None
    if not isinstance(value, _python_type(field)):
        return _of(field, "wrong_value", "heeft een onbruikbare waarde", "has a value of the wrong kind")
    if over := _excess(value):
        nl, en = f"is te lang: er moeten ongeveer {over} tekens af", f"is too long: about {over} characters must go"
        return _of(field, "too_long", nl, en)
    if field.type is FieldType.DAY and not _is_day(value):
        return _of(field, "wrong_day", "is geen dag (jjjj-mm-dd)", "is not a day (yyyy-mm-dd)")
    if field.choices and not _chosen(value) <= {choice.value for choice in field.choices}:
        return _of(field, "unknown_choice", "heeft een onbekende keuze", "has an unknown choice")
    return None


def _excess(value: RecordValue) -> int:
    return excess(value) if isinstance(value, str) else 0


def _python_type(field: RecordField) -> type:
    if field.type in _TUPLES:
        return tuple
    return bool if field.type is FieldType.YES_NO else str


def _is_day(value: object) -> bool:
    try:
        read_day(value)
    except MalformedEventError:
        return False
    return True


def _chosen(value: RecordValue) -> set[str]:
    if isinstance(value, tuple):
        return set(value)
    return {value} if isinstance(value, str) else set()


def _of(field: RecordField, code: str, nl: str, en: str) -> Problem:
    return Problem(code, Text(f"‘{field.label.nl}’ {nl}.", f"‘{field.label.en}’ {en}."))


def _problem(code: str, name: str, nl: str, en: str) -> Problem:
    return Problem(code, Text(f"‘{name}’ {nl}.", f"‘{name}’ {en}."))
