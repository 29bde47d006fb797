# SPDX-License-Identifier: EUPL-1.2
"""The record that a step leaves: typed fields, from which a form can be made.

A record maps field names to text, true/false, a tuple of texts, or a tuple of rows. Days are `YYYY-MM-DD`. What is
not filled in is absent, never empty. What is wrong with a record, `record_check` says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from casework.domain.case.events import Record, RecordValue, Row
from casework.domain.terms.term import Length
from casework.domain.text import Text


class FieldType(StrEnum):
    """What a field holds.

    Text: text, long_text, day, choice, and hash (a SHA-256 in 64 lower-case hex digits). True or false: yes_no. A
    tuple of texts: choices, members. A tuple of rows, each a record of the field's columns: rows.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    CHOICES = "choices"
    MEMBERS = "members"
    HASH = "hash"
    ROWS = "rows"


class When(StrEnum):
    """Where a day must lie: not after, or not before, the day on which it is recorded."""

    PAST = "past"
    COMING = "coming"


class Choice(NamedTuple):
    """One of the values that a choice field takes; `counts_as` is its code in the annual report, if that differs."""

    value: str
    label: Text
    counts_as: str | None = None


class Condition(NamedTuple):
    """That a field has one of these values; for yes_no "yes" or "no"."""

    field: str
    values: tuple[str, ...]

    def holds(self, record: Record) -> bool:
        """Say whether the record answers the field with one of the values."""
        value = record.get(self.field)
        if isinstance(value, str):
            return value in self.values
        if isinstance(value, bool):
            return ("yes" if value else "no") in self.values
        return any(one in self.values for one in value or ())


class Earliest(NamedTuple):
    """That a day comes so long after another day field, unless the field `unless` gives a reason."""

    length: Length
    after: str
    unless: str | None


@dataclass(frozen=True)
class RecordField:
    """One field of a record.

    With `options` it belongs to those options of the step only, with `only_if` to records of which that holds. A
    field with `unless` may stay empty if that other field is filled in. `when`, `earliest` and `latest` limit a day:
    `latest` is how long after the day of recording it comes at most. `flag`
    marks a yes that the whole case shows; `figure` the figure of the annual report that the field feeds.
    """

    name: str
    type: FieldType
    label: Text
    help: Text | None = None
    required: bool = True
    choices: tuple[Choice, ...] = ()
    options: tuple[str, ...] = ()
    columns: tuple["RecordField", ...] = ()
    only_if: Condition | None = None
    unless: str | None = None
    when: When | None = None
    earliest: Earliest | None = None
    latest: Length | None = None
    flag: str | None = None
    figure: int | None = None

    @cached_property
    def values(self) -> frozenset[str]:
        """The values of its choices."""
        return frozenset(choice.value for choice in self.choices)

    def applies(self, option: str | None, record: Record | None = None) -> bool:
        """Say whether the field belongs to the record when this option is chosen; without a record: whether it may."""
        if self.options and option not in self.options:
            return False
        return self.only_if is None or record is None or self.only_if.holds(record)

    def may_stay_empty(self, record: Record) -> bool:
        """Say whether the record is complete without this field."""
        return not self.required or bool(self.unless and not is_empty(record.get(self.unless)))


TUPLES = (FieldType.CHOICES, FieldType.MEMBERS)
OF_FORMS = ("option", "more", "csrf")
"""What a field cannot be called, because every form of a step has these for itself."""
_ROW_NUMBER = re.compile(r"0|[1-9][0-9]{0,3}")


def missing_fields(fields: Sequence[RecordField], record: Record, option: str | None) -> tuple[RecordField, ...]:
    """Return the fields that the record must have a value for and has not."""
    applying = (field for field in fields if field.applies(option, record) and not field.may_stay_empty(record))
    return tuple(field for field in applying if is_empty(record.get(field.name)))


def is_empty(value: RecordValue | None) -> bool:
    """Say whether nothing was filled in; "no" is an answer."""
    return not value.strip() if isinstance(value, str) else value is None or value == ()


def record_from_form(fields: Sequence[RecordField], form: Mapping[str, Sequence[str]]) -> dict[str, RecordValue]:
    """Return the record that filled-in form values stand for, without judging it.

    Every field gives its values under its own name; yes_no gives "yes" or "no"; a row's column gives them under
    `cell_name`. What is left empty, and what belongs to no field, is absent.
    """
    return dict(_filled_in(fields, form))


def cell_name(field: str, row: int, column: str) -> str:
    """Return the name of a row's column in a form; rows count from 0."""
    return f"{field}.{row}.{column}"


def row_numbers(field: str, form: Mapping[str, Sequence[str]]) -> tuple[int, ...]:
    """Return the numbers of the rows that a form has for a field, in order."""
    parts = (name.split(".") for name in form if name.startswith(f"{field}."))
    return tuple(sorted({int(part[1]) for part in parts if _ROW_NUMBER.fullmatch(part[1])}))


def _filled_in(fields: Sequence[RecordField], form: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, RecordValue]]:
    for field in fields:
        value = _rows(field, form) if field.type is FieldType.ROWS else _value(field, form.get(field.name, ()))
        if not is_empty(value) and value is not None:
            yield field.name, value


def _value(field: RecordField, given: Sequence[str]) -> str | bool | tuple[str, ...] | None:
    values = tuple(value.strip() for value in given if value.strip())
    if not values:
        return None
    if field.type in TUPLES:
        return values
    if field.type is FieldType.YES_NO and values[0] in ("yes", "no"):
        return values[0] == "yes"
    return values[0]


def _rows(field: RecordField, form: Mapping[str, Sequence[str]]) -> tuple[Row, ...]:
    rows = (_row(field, number, form) for number in row_numbers(field.name, form))
    return tuple(row for row in rows if row)


def _row(field: RecordField, number: int, form: Mapping[str, Sequence[str]]) -> dict[str, str | bool]:
    cells = ((column, form.get(cell_name(field.name, number, column.name), ())) for column in field.columns)
    values = ((column.name, _value(column, given)) for column, given in cells)
    return {name: value for name, value in values if isinstance(value, str | bool)}
