# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with one value of a record, by the type of its field; `record_check` judges the record as a whole."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeGuard

from casework.domain.case.event_json import day_or_none
from casework.domain.case.events import Record, RecordValue
from casework.domain.case.records import Earliest, FieldType, RecordField, When, is_empty
from casework.domain.case.sizes import SURELY_FITS, excess
from casework.domain.errors import Problem
from casework.domain.terms.term import term_end
from casework.domain.text import Text

_Fault = tuple[str, str, str]
"""A code, and what is said of the field in Dutch and English."""

MISSING: _Fault = ("missing_field", "is niet ingevuld", "is not filled in")
WRONG: _Fault = ("wrong_value", "heeft een onbruikbare waarde", "has a value of the wrong kind")
_UNKNOWN_CHOICE = ("unknown_choice", "heeft een onbekende keuze", "has an unknown choice")
_WRONG_DAY = ("wrong_day", "is geen dag (jjjj-mm-dd)", "is not a day (yyyy-mm-dd)")
_WRONG_HASH = (
    "wrong_hash",
    "is geen SHA-256: dat zijn 64 tekens, 0 tot en met 9 en a tot en met f",
    "is not a SHA-256: that is 64 characters, 0 to 9 and a to f",
)
_HASH = re.compile(r"[0-9a-f]{64}")

ValueCheck = Callable[[RecordField, RecordValue, Record, date | None], Problem | None]
"""Returns what is wrong with the value of a field, in its record, on the day of recording (None: days are not held
against it), or None."""


def of_field(field: RecordField, code: str, nl: str, en: str) -> Problem:
    """Return a problem that names its field."""
    return Problem(code, Text(f"‘{field.label.nl}’ {nl}.", f"‘{field.label.en}’ {en}."))


def unfit(field: RecordField, value: RecordValue, wrong_text: _Fault = WRONG) -> Problem:
    """Return why a value is not what the field holds: empty, too long, a wrong text, or no text."""
    if is_empty(value):
        return of_field(field, *MISSING)
    over = excess(value) if isinstance(value, str) else 0
    if over:
        nl, en = f"is te lang: er moeten ongeveer {over} tekens af", f"is too long: about {over} characters must go"
        return of_field(field, "too_long", nl, en)
    return of_field(field, *(wrong_text if isinstance(value, str) else WRONG))


def _text(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    if isinstance(value, str) and value.strip() and (len(value) <= SURELY_FITS or not excess(value)):
        return None
    return unfit(field, value)


def _yes_no(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    return None if isinstance(value, bool) else unfit(field, value)


def _choice(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    if isinstance(value, str) and value in field.values:
        return None
    return unfit(field, value, _UNKNOWN_CHOICE)


def _choices(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    if not _is_texts(value):
        return unfit(field, value)
    return None if field.values.issuperset(value) else of_field(field, *_UNKNOWN_CHOICE)


def _members(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    return None if _is_texts(value) else unfit(field, value)


def _is_texts(value: RecordValue) -> TypeGuard[tuple[str, ...]]:
    return isinstance(value, tuple) and bool(value) and all(isinstance(one, str) for one in value)


def _hash(field: RecordField, value: RecordValue, _record: Record, _today: date | None) -> Problem | None:
    if isinstance(value, str) and _HASH.fullmatch(value):
        return None
    return unfit(field, value, _WRONG_HASH)


def _day(field: RecordField, value: RecordValue, record: Record, today: date | None) -> Problem | None:
    day = day_or_none(value)
    if day is None:
        return unfit(field, value, _WRONG_DAY)
    if today and field.when is When.PAST and day > today:
        return of_field(field, "day_to_come", "ligt in de toekomst", "lies in the future")
    if today and field.when is When.COMING and day < today:
        return of_field(field, "day_gone", "is al voorbij", "has passed")
    last = term_end(today, field.latest)[0] if today and field.latest else day
    if day > last:
        nl, en = f"is te ver weg: kan tot en met {last.isoformat()}", f"is too far: possible until {last.isoformat()}"
        return of_field(field, "too_late", nl, en)
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
    return of_field(field, "too_early", nl, en)


VALUE_CHECKS: Mapping[FieldType, ValueCheck] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.DAY: _day,
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICES: _choices,
    FieldType.MEMBERS: _members,
    FieldType.HASH: _hash,
}
"""By type of field; rows are records themselves."""
