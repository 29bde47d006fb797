# SPDX-License-Identifier: EUPL-1.2
"""Events as plain JSON: `{"type": "NoteAdded", "v": 1, ...every field}`, closed and strict both ways.

Dates are ISO 8601 strings, tuples are lists, nothing else is converted. A field too few or too many, or
of another type, is refused; so is a type or version that this tool does not know.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_type_hints

from casework.domain.case.events import EVENT_VERSION, Attached, Entry, Event, Record, RecordValue, Unread
from casework.domain.errors import EventError, MalformedEventError, UnknownEventError

JsonObject = dict[str, Any]
_ATTACHED = {field.name for field in fields(Attached)}
_ATTACHED_TEXTS = _ATTACHED - {"size"}
T = TypeVar("T")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise MalformedEventError("a field must be text")


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise MalformedEventError("a field must be a whole number of 0 or more")


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise MalformedEventError("a field must be true or false")


def read_day(value: object) -> date:
    """Return the date that `YYYY-MM-DD` stands for; raise MalformedEventError for anything else."""
    text = _text(value)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise MalformedEventError("a field must be a day as YYYY-MM-DD") from error
    if day.isoformat() != text:
        raise MalformedEventError("a field must be a day as YYYY-MM-DD")
    return day


def day_or_none(value: object) -> date | None:
    """Return the date that `YYYY-MM-DD` stands for, or None for anything else."""
    return _day_or_none(value) if isinstance(value, str) else None


# The same few days stand in many records, and every look at a case reads them again.
@lru_cache(maxsize=1 << 12)
def _day_or_none(text: str) -> date | None:
    try:
        return read_day(text)
    except MalformedEventError:
        return None


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(item) for item in value)
    raise MalformedEventError("a field must be a list of texts")


def _named_texts(value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return {_text(key): _text(item) for key, item in value.items()}
    raise MalformedEventError("a field must map names to texts")


def _attachments(value: object) -> tuple[Attached, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) and item.keys() == _ATTACHED for item in value):
        raise MalformedEventError("a field must be a list of attachments")
    return tuple(
        Attached(**{name: _text(item[name]) for name in _ATTACHED_TEXTS}, size=_whole(item["size"])) for item in value
    )


def _record(value: object) -> dict[str, RecordValue]:
    if not isinstance(value, dict):
        raise MalformedEventError("a record must map names to values")
    return {_text(key): _record_value(item) for key, item in value.items()}


def _record_value(value: object) -> RecordValue:
    if isinstance(value, bool):
        return value
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return tuple(_row(item) for item in value)
    return _texts(value) if isinstance(value, list) else _text(value)


def _row(value: Mapping[object, object]) -> dict[str, str | bool]:
    return {_text(key): item if isinstance(item, bool) else _text(item) for key, item in value.items()}


def _or_none(read: Callable[[object], T]) -> Callable[[object], T | None]:
    return lambda value: None if value is None else read(value)


_READERS: dict[object, Callable[[object], Any]] = {
    str: _text,
    int: _whole,
    bool: _truth,
    date: read_day,
    str | None: _or_none(_text),
    int | None: _or_none(_whole),
    date | None: _or_none(read_day),
    tuple[str, ...]: _texts,
    Mapping[str, str]: _named_texts,
    tuple[Attached, ...]: _attachments,
    Record: _record,
}

_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(Event)}
_FIELDS = {
    kind: [(field.name, _READERS[get_type_hints(kind)[field.name]]) for field in fields(kind)]
    for kind in _TYPES.values()
}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Attached):
        return asdict(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def event_to_json(event: Event) -> JsonObject:
    """Return the event as a JSON object with its type, version and every field."""
    head: JsonObject = {"type": type(event).__name__, "v": EVENT_VERSION}
    return head | {name: _plain(getattr(event, name)) for name, _ in _FIELDS[type(event)]}


def event_from_json(data: object) -> Event:
    """Return the event that a JSON object stands for.

    Raises UnknownEventError for a version newer than this tool's, and MalformedEventError for anything else that
    is not exactly such an object: a type that this version does not have, too.
    """
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        raise MalformedEventError("an event must be an object with a type")
    if _whole(data.get("v")) > EVENT_VERSION:
        raise UnknownEventError("an event of a version that this tool does not know")
    kind = _TYPES.get(data["type"])
    if kind is None or data["v"] != EVENT_VERSION:
        raise MalformedEventError("an event of a type or version that there never was")
    readers = _FIELDS[kind]
    if data.keys() != {"type", "v"} | {name for name, _ in readers}:
        raise MalformedEventError(f"{kind.__name__} must have exactly its own fields")
    event: Event = kind(**{name: read(data[name]) for name, read in readers})
    return event


def entry_from_json(seq: int, day: date, author: str, data: object) -> Entry:
    """Return the entry of an opened and verified log record; never raises for what stands in `data`."""
    try:
        return Entry(seq, day, author, event_from_json(data))
    except EventError as error:
        return Entry(seq, day, author, Unread(str(error), newer=isinstance(error, UnknownEventError)))
