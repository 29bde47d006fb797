# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a step's record: a sentence for every field that is not as it must be."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from casework.domain.case.event_json import day_or_none
from casework.domain.case.events import Record, RecordValue
from casework.domain.case.records import TUPLES, Earliest, FieldType, RecordField, When, is_empty
from casework.domain.case.sizes import excess
from casework.domain.errors import Problem
from casework.domain.terms.term import term_end
from casework.domain.text import Text

_OF_TEXT = frozenset(FieldType) - {FieldType.YES_NO, FieldType.ROWS, *TUPLES}
_HASH = re.compile(r"[0-9a-f]{64}")


def record_problem(
    fields: Sequence[RecordField], record: Record, option: str | None, today: date | None = None
) -> Problem | None:
    """Return the first thing that is wrong with a record, or None."""
    return next((problem for _, problem in record_problems(fields, record, option, today)), None)


def record_problems(
    fields: Sequence[RecordField], record: Record, option: str | None, today: date | None = None
) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with a record, with the name of the field; at most one problem a field.

    `today` is the day of recording, which days of the past or the future are held against; without it they are not.
    """
    applying = [field for field in fields if field.always_applies or field.applies(option, record)]
    known = {field.name for field in applying}
    for name in record:
        if name not in known:
            yield name, _problem("unknown_field", name, "hoort niet bij deze stap", "does not belong to this step")
    for field in applying:
        problem = _field_problem(field, record, today)
        if problem:
            yield field.name, problem


def _field_problem(field: RecordField, record: Record, today: date | None) -> Problem | None:
    value = record.get(field.name)
    if value is None and field.may_stay_empty(record):
        return None
    if value is None or is_empty(value):
        return _of(field, "missing_field", "is niet ingevuld", "is not filled in")
    if not (field.takes_any_text and isinstance(value, str)) and not _fits(field, value):
        return _of(field, "wrong_value", "heeft een onbruikbare waarde", "has a value of the wrong kind")
    if isinstance(value, str) and (over := excess(value)):
        nl, en = f"is te lang: er moeten ongeveer {over} tekens af", f"is too long: about {over} characters must go"
        return _of(field, "too_long", nl, en)
    check = None if field.takes_any_text else _CHECKS.get(field.type)
    return check(field, value, record, today) if check else None


def _day_problem(field: RecordField, value: RecordValue, record: Record, today: date | None) -> Problem | None:
    day = day_or_none(value)
    if day is None:
        return _of(field, "wrong_day", "is geen dag (jjjj-mm-dd)", "is not a day (yyyy-mm-dd)")
    if today and field.when is When.PAST and day > today:
        return _of(field, "day_to_come", "ligt in de toekomst", "lies in the future")
    if today and field.when is When.COMING and day < today:
        return _of(field, "day_gone", "is al voorbij", "has passed")
    return _too_early(field, field.earliest, day, record) if field.earliest else None


def _too_early(field: RecordField, earliest: Earliest, day: date, record: Record) -> Problem | None:
    start = day_or_none(record.get(earliest.after))
    if start is None or (earliest.unless and not is_empty(record.get(earliest.unless))):
        return None
    first, _ = term_end(start, earliest.length)
    if day >= first:
        return None
    or_nl, or_en = (", of geef de reden", ", or give the reason") if earliest.unless else ("", "")
    nl, en = (
        f"komt te snel: kan vanaf {first.isoformat()}{or_nl}",
        f"is too soon: possible from {first.isoformat()}{or_en}",
    )
    return _of(field, "too_early", nl, en)


def _choice_problem(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    chosen = value if isinstance(value, tuple) and field.type is FieldType.CHOICES else (value,)
    if field.values.issuperset(chosen):
        return None
    return _of(field, "unknown_choice", "heeft een onbekende keuze", "has an unknown choice")


def _hash_problem(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    if isinstance(value, str) and _HASH.fullmatch(value):
        return None
    return _of(
        field,
        "wrong_hash",
        "is geen SHA-256: dat zijn 64 tekens, 0 tot en met 9 en a tot en met f",
        "is not a SHA-256: that is 64 characters, 0 to 9 and a to f",
    )


def _rows_problem(field: RecordField, value: RecordValue, _record: Record, today: date | None) -> Problem | None:
    rows = [row for row in value if not isinstance(row, str)] if isinstance(value, tuple) else []
    for number, row in enumerate(rows, start=1):
        problem = record_problem(field.columns, row, None, today)
        if problem:
            nl, en = f"regel {number}: {problem.text.nl}", f"row {number}: {problem.text.en}"
            return Problem(problem.code, Text(f"‘{field.label.nl}’, {nl}", f"‘{field.label.en}’, {en}"))
    return None


_CHECKS = {
    FieldType.DAY: _day_problem,
    FieldType.CHOICE: _choice_problem,
    FieldType.CHOICES: _choice_problem,
    FieldType.HASH: _hash_problem,
    FieldType.ROWS: _rows_problem,
}


def _fits(field: RecordField, value: RecordValue) -> bool:
    if isinstance(value, str):
        return field.type in _OF_TEXT
    if isinstance(value, bool):
        return field.type is FieldType.YES_NO
    texts = all(isinstance(one, str) for one in value)
    return field.type in TUPLES if texts else field.type is FieldType.ROWS


def _of(field: RecordField, code: str, nl: str, en: str) -> Problem:
    return Problem(code, Text(f"‘{field.label.nl}’ {nl}.", f"‘{field.label.en}’ {en}."))


def _problem(code: str, name: str, nl: str, en: str) -> Problem:
    return Problem(code, Text(f"‘{name}’ {nl}.", f"‘{name}’ {en}."))
