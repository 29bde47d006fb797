# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a step's record: a sentence for every field that is not as it must be."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from casework.domain.case.events import Record, RecordValue
from casework.domain.case.records import FieldType, RecordField
from casework.domain.case.value_check import MISSING, VALUE_CHECKS, of_field, unfit
from casework.domain.errors import Problem
from casework.domain.text import Text

_Check = Callable[[RecordValue, Record, date | None], Problem | None]


class RecordCheck:
    """What a record must be where this option is chosen; worked out once for every record of its step."""

    def __init__(self, fields: Sequence[RecordField], option: str | None) -> None:
        self._fields = [field for field in fields if field.applies(option)]
        self._checks = {field.name: _check(field) for field in self._fields}
        self._needed = {field.name for field in self._fields if field.required and not _depends(field)}
        self._depending = [field for field in self._fields if _depends(field)]

    def problem(self, record: Record, today: date | None = None) -> Problem | None:
        """Return the first thing that is wrong with a record, or None; `today` is that of `problems`."""
        # Nearly every record is right, and to see that takes much less than to say what is wrong.
        return None if self._is_right(record, today) else next((why for _, why in self.problems(record, today)), None)

    def problems(self, record: Record, today: date | None = None) -> Iterator[tuple[str, Problem]]:
        """Yield what is wrong with a record, with the name of the field; at most one problem a field.

        `today` is the day of recording, which days of the past or the future are held against; without it they are not.
        """
        applying = [field for field in self._fields if field.only_if is None or field.only_if.holds(record)]
        known = {field.name for field in applying}
        for name in record:
            if name not in known:
                yield name, _unknown(name)
        for field in applying:
            problem = self._field_problem(field, record, today)
            if problem:
                yield field.name, problem

    def _field_problem(self, field: RecordField, record: Record, today: date | None) -> Problem | None:
        value = record.get(field.name)
        if value is None:
            return None if field.may_stay_empty(record) else of_field(field, *MISSING)
        return self._checks[field.name](value, record, today)

    def _is_right(self, record: Record, today: date | None) -> bool:
        for name, value in record.items():
            check = self._checks.get(name)
            if check is None or check(value, record, today):
                return False
        for field in self._depending:
            if not _is_in_place(field, record):
                return False
        return record.keys() >= self._needed


def record_problems(
    fields: Sequence[RecordField], record: Record, option: str | None, today: date | None = None
) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with one record, as `RecordCheck.problems` does."""
    return RecordCheck(fields, option).problems(record, today)


def _depends(field: RecordField) -> bool:
    """Say whether the rest of a record decides if the field belongs to it, or may stay empty."""
    return field.only_if is not None or (field.required and field.unless is not None)


def _is_in_place(field: RecordField, record: Record) -> bool:
    given = field.name in record
    if field.only_if and not field.only_if.holds(record):
        return not given
    return given or field.may_stay_empty(record)


def _check(field: RecordField) -> _Check:
    if field.type is FieldType.ROWS:
        return partial(_rows_problem, field, RecordCheck(field.columns, None))
    return partial(VALUE_CHECKS[field.type], field)


def _rows_problem(
    field: RecordField, check: RecordCheck, value: RecordValue, _record: Record, today: date | None
) -> Problem | None:
    if not isinstance(value, tuple) or not value:
        return unfit(field, value)
    rows = [row for row in value if not isinstance(row, str)]
    if len(rows) < len(value):
        return unfit(field, value)
    for number, row in enumerate(rows, start=1):
        problem = check.problem(row, today)
        if problem:
            nl, en = f"regel {number}: {problem.text.nl}", f"row {number}: {problem.text.en}"
            return Problem(problem.code, Text(f"‘{field.label.nl}’, {nl}", f"‘{field.label.en}’, {en}"))
    return None


def _unknown(name: str) -> Problem:
    return Problem(
        "unknown_field", Text(f"‘{name}’ hoort niet bij deze stap.", f"‘{name}’ does not belong to this step.")
    )
