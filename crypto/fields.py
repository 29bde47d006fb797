# SPDX-License-Identifier: EUPL-1.2
"""Readers of closed JSON objects, and the way back (FORMAT.md sections 1.1 and 1.2).

A *reader* takes a JSON value and returns it as our type, or refuses it as EncodingError. `fields`
gives each key of an object to its reader and refuses a key too many or too few. What values mean
together (a day in the past, an unknown member) is not checked here. `to_json` writes a frozen
record whose field names are the keys.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields as record_fields
from dataclasses import is_dataclass
from datetime import date
from typing import Any, TypeVar

from crypto.encoding import (
    MAX_INTEGER,
    b32decode,
    b64decode,
    b64encode,
    parse_day,
    parse_recipient,
    utf8_length,
)
from crypto.errors import EncodingError

MAX_TEXT_BYTES = 200_000
DESK_ID_LENGTH = 16
LOG_ID_LENGTH = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_MEMBER_ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")

T = TypeVar("T")
Reader = Callable[[object], T]
"""Takes a JSON value and returns it as our type, or raises EncodingError."""


def fields(value: object, readers: Mapping[str, Reader[Any]]) -> dict[str, Any]:
    """Return the values of a closed object, each read by the reader of its key.

    Raises:
        EncodingError: not an object, a key too many or too few, or a reader refuses; the message names the field.
    """
    if not isinstance(value, dict):
        raise EncodingError("a JSON value is not an object")
    if value.keys() != readers.keys():
        raise EncodingError("a JSON object has a key too many or too few")
    return {name: _named(name, reader, value[name]) for name, reader in readers.items()}


def versioned(value: object, readers: Mapping[str, Reader[Any]]) -> dict[str, Any]:
    """Return what `fields` returns for an object that also has ``"v": 1``, without that."""
    found = fields(value, {"v": _version_1, **readers})
    del found["v"]
    return found


def _named(name: str, reader: Reader[T], value: object) -> T:
    try:
        return reader(value)
    except EncodingError as error:
        raise EncodingError(f"{name}: {error}") from error


def _version_1(value: object) -> int:
    if integer(value) != 1:
        raise EncodingError("the object is of another version than 1")
    return 1


def text(value: object) -> str:
    """Read a text: well-formed Unicode of at most 200,000 bytes."""
    found = _string(value)
    if utf8_length(found) > MAX_TEXT_BYTES:
        raise EncodingError(f"a text is longer than {MAX_TEXT_BYTES} bytes")
    return found


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise EncodingError("a JSON value is not a text")
    return value


def integer(value: object) -> int:
    """Read an integer from 0 to 2^53 - 1."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_INTEGER:
        raise EncodingError("a JSON value is not an integer from 0 to 2^53 - 1")
    return value


def positive(value: object) -> int:
    """Read an integer from 1 to 2^53 - 1."""
    number = integer(value)
    if number == 0:
        raise EncodingError("a JSON value is not an integer from 1 on")
    return number


def boolean(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise EncodingError("a JSON value is not true or false")
    return value


def day(value: object) -> date:
    """Read a day, ``YYYY-MM-DD``."""
    return parse_day(text(value))


def recipient(value: object) -> str:
    """Read an ``age1pq1…`` string, and leave it as it is."""
    found = text(value)
    parse_recipient(found)
    return found


def base64_of(size: int | None = None) -> Reader[bytes]:
    """Return a reader of b64 that holds ``size`` bytes, or any number: a payload is longer than a text may be."""
    return lambda value: b64decode(_string(value), size)


key = base64_of(32)
"""Read b64 text of 32 bytes: a key, a seed or a hash."""


def desk_id(value: object) -> str:
    """Read a desk id, b32 of 16 bytes, and leave it as text."""
    return _identifier(value, DESK_ID_LENGTH)


def log_id(value: object) -> str:
    """Read a log id or a blob id, b32 of 20 bytes, and leave it as text."""
    return _identifier(value, LOG_ID_LENGTH)


def _identifier(value: object, size: int) -> str:
    found = text(value)
    b32decode(found, size)
    return found


def _matching(pattern: re.Pattern[str], what: str) -> Reader[str]:
    def read(value: object) -> str:
        found = text(value)
        if not pattern.fullmatch(found):
            raise EncodingError(f"a text is not {what}")
        return found

    return read


language = _matching(_LANGUAGE, "a language code")
member_id = _matching(_MEMBER_ID, "a member id")
name = _matching(_NAME, "a name in lower-case letters, digits and low lines")


def one_of(*choices: str) -> Reader[str]:
    """Return a reader of exactly these texts."""

    def read(value: object) -> str:
        found = text(value)
        if found not in choices:
            raise EncodingError(f"a text is none of {', '.join(choices)}")
        return found

    return read


def optional(reader: Reader[T]) -> Reader[T | None]:
    """Return a reader of null, which is None, or of what ``reader`` reads."""
    return lambda value: None if value is None else reader(value)


def list_of(reader: Reader[T], most: int | None = None) -> Reader[tuple[T, ...]]:
    """Return a reader of a list of what ``reader`` reads, ``most`` of them if that is given, as a tuple."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise EncodingError("a JSON value is not a list")
        if most is not None and len(value) > most:
            raise EncodingError(f"a list has more than {most} items")
        return tuple(reader(part) for part in value)

    return read


def member_ids(value: object) -> tuple[str, ...]:
    """Read a list of member ids that is sorted and has none twice."""
    found = list_of(member_id)(value)
    if list(found) != sorted(set(found)):
        raise EncodingError("a list of member ids is not sorted, or has one twice")
    return found


def map_of(key_reader: Reader[str], reader: Reader[T]) -> Reader[dict[str, T]]:
    """Return a reader of an open map: keys by ``key_reader``, values by ``reader``."""

    def read(value: object) -> dict[str, T]:
        if not isinstance(value, dict):
            raise EncodingError("a JSON value is not an object")
        return {key_reader(found): reader(part) for found, part in value.items()}

    return read


open_map = map_of(name, text)
"""Read an open map from names to texts."""


def texts(value: object) -> dict[str, str]:
    """Read a text in at least one language: language code to text."""
    found = map_of(language, text)(value)
    if not found:
        raise EncodingError("a text is given in no language")
    return found


UNSENT = {"sent": False}
"""Metadata of a record's field that is not among its keys."""


def to_json(value: object) -> Any:
    """Return the JSON value of a record or of what it holds: bytes as b64, days as text, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        sent = [field.name for field in record_fields(value) if field.metadata.get("sent", True)]
        return {name: to_json(getattr(value, name)) for name in sent}
    if isinstance(value, bytes):
        return b64encode(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(part) for part in value]
    if isinstance(value, Mapping):
        return {key: to_json(part) for key, part in value.items()}
    return value
