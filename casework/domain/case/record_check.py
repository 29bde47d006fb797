# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a step's record: a sentence for every field that is not as it must be."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from casework.domain.case.event_json import day_or_none
from casework.domain.case.events import Record, Row
from casework.domain.case.records import TUPLES, Earliest, FieldType, RecordField, When, is_empty
from casework.domain.case.sizes import excess
from casework.domain.errors import Problem
from casework.domain.terms.term import term_end
from casework.domain.text import Text

_MISSING = ("missing_field", "is niet ingevuld", "is not filled in")
_WRONG = ("wrong_value", "heeft een onbruikbare waarde", "has a value of the wrong kind")
_UNKNOWN_CHOICE = ("unknown_choice", "heeft een onbekende keuze", "has an unknown choice")
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
    if value is None:
        return None if field.may_stay_empty(record) else _of(field, *_MISSING)
    if isinstance(value, str):
        return _text_problem(field, value, record, today)
    if isinstance(value, bool):
        return None if field.type is FieldType.YES_NO else _of(field, *_WRONG)
    return _tuple_problem(field, value, today)


def _text_problem(field: RecordField, value: str, record: Record, today: date | None) -> Problem | None:
    if not value.strip():
        return _of(field, *_MISSING)
    over = excess(value)
    if over:
        nl, en = f"is te lang: er moeten ongeveer {over} tekens af", f"is too long: about {over} characters must go"
        return _of(field, "too_long", nl, en)
    if field.takes_any_text:
        return None
    check = _OF_TEXT.get(field.type)
    return check(field, value, record, today) if check else _of(field, *_WRONG)


def _tuple_problem(field: RecordField, value: tuple[str, ...] | tuple[Row, ...], today: date | None) -> Problem | None:
    if not value:
        return _of(field, *_MISSING)
    texts = tuple(one for one in value if isinstance(one, str))
    if field.type is FieldType.ROWS and len(texts) < len(value):
        return _rows_problem(field, [row for row in value if not isinstance(row, str)], today)
    if field.type not in TUPLES or len(texts) < len(value):
        return _of(field, *_WRONG)
    return None if field.type is FieldType.MEMBERS or field.values.issuperset(texts) else _of(field, *_UNKNOWN_CHOICE)


def _day_problem(field: RecordField, value: str, record: Record, today: date | None) -> Problem | None:
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


def _choice_problem(field: RecordField, value: str, _record: Record, _today: date | None) -> Problem | None:
    return None if value in field.values else _of(field, *_UNKNOWN_CHOICE)


def _hash_problem(field: RecordField, value: str, _record: Record, _today: date | None) -> Problem | None:
    if _HASH.fullmatch(value):
        return None
    return _of(
        field,
        "wrong_hash",
        "is geen SHA-256: dat zijn 64 tekens, 0 tot en met 9 en a tot en met f",
        "is not a SHA-256: that is 64 characters, 0 to 9 and a to f",
    )


def _rows_problem(field: RecordField, rows: Sequence[Row], today: date | None) -> Problem | None:
    for number, row in enumerate(rows, start=1):
        problem = record_problem(field.columns, row, None, today)
        if problem:
            nl, en = f"regel {number}: {problem.text.nl}", f"row {number}: {problem.text.en}"
            return Problem(problem.code, Text(f"‘{field.label.nl}’, {nl}", f"‘{field.label.en}’, {en}"))
    return None


_OF_TEXT = {
    FieldType.DAY: _day_problem,
    FieldType.CHOICE: _choice_problem,
    FieldType.HASH: _hash_problem,
}


def _of(field: RecordField, code: str, nl: str, en: str) -> Problem:
    return Problem(code, Text(f"‘{field.label.nl}’ {nl}.", f"‘{field.label.en}’ {en}."))


def _problem(code: str, name: str, nl: str, en: str) -> Problem:
    return Problem(code, Text(f"‘{name}’ {nl}.", f"‘{name}’ {en}."))
