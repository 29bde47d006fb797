# SPDX-License-Identifier: EUPL-1.2
"""A table of a TOML file that is read strictly: every key asked for once, with its type, and no key left."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from casework.domain.errors import ProtocolFileError
from casework.domain.text import Text

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)

_KIND_NAMES: dict[type, str] = {
    str: "text; write it between straight quotes",
    int: "a whole number; write it without quotes",
    bool: "true or false; write it without quotes",
    list: "a list; write it between [ and ]",
    dict: "a table; write it as [name] or { key = value }",
}
_ON_TOP = frozenset(
    {"format", "extends", "remove", "id", "version", "title", "first", "reopens_at", "deviation_authority"}
)


_NAME = re.compile(r"[A-Za-z0-9_-]+")
_SEEN = "\n\t\u00ad\u200c\u200d"


def _is_hidden(sign: str) -> bool:
    """Tell whether a sign steers a terminal or a page instead of standing on it; breaks and joiners are writing."""
    return sign not in _SEEN and unicodedata.category(sign)[0] == "C"


def listed(names: Iterable[str]) -> str:
    """Return names as a list for a message."""
    return ", ".join(names)


LONGEST_WORD = 80


class StrictTable:
    """One table of the file: hands out its keys once, with their types, and refuses what is left."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise ProtocolFileError(f"{where}: must be a table; write it as [name] or {{ key = value }}")
        self._data: dict[str, Any] = dict(data)
        self._known: list[str] = []
        self.where = where

    def fail(self, message: str) -> NoReturn:
        """Refuse the file, naming this table; `message` says what is wrong and the cure."""
        raise ProtocolFileError(f"{self.where}: {message}")

    def take(self, key: str, kind: type[_T], default: _T | None = None) -> _T:
        """Return the value of a key, of this type; without a default it must be there and not empty."""
        self._known.append(key)
        if key not in self._data:
            if default is None:
                self.fail(f"'{key}' is missing; add it")
            return default
        value = self._data.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fail(f"'{key}' must be {_KIND_NAMES[kind]}")
        if default is None and kind is not bool and not (value.strip() if isinstance(value, str) else value):
            self.fail(f"'{key}' is empty; fill it in, or leave out what it belongs to")
        if isinstance(value, str) and any(_is_hidden(sign) for sign in value):
            self.fail(
                f"'{key}' holds a sign that nobody sees, such as one that turns the direction of writing; remove it"
            )
        return value

    def name(self, key: str) -> str:
        """Return a name: it stands in cases, addresses of pages and names of form fields."""
        name = self.take(key, str)
        if len(name) > LONGEST_WORD:
            self.fail(f"'{key}' has more than {LONGEST_WORD} letters; give it a shorter one")
        if not _NAME.fullmatch(name):
            self.fail(f"'{key}' is '{name}'; use only letters without accents, digits, _ and -")
        return name

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of unique names; an absent key is an empty list."""
        values = self.take(key, list, [])
        if not all(isinstance(value, str) and value for value in values):
            self.fail(f"'{key}' must be a list of names")
        if len(set(values)) < len(values):
            self.fail(f"'{key}' names something twice; name it once")
        return tuple(values)

    def text(self, key: str) -> Text:
        """Return a text in both languages: a table with exactly nl and en."""
        if self.has(key) and not isinstance(self.peek(key), dict):
            self.fail(f'\'{key}\' must be a table; write it as {{ nl = "...", en = "..." }}')
        table = StrictTable(self.take(key, dict), f"{self.where}, '{key}'")
        text = table.done(Text(table.take("nl", str), table.take("en", str)))
        if max(len(word) for one in text for word in one.split()) > LONGEST_WORD:
            self.fail(f"'{key}' has a word of more than {LONGEST_WORD} letters, which no picture can hold; divide it")
        return text

    def one_of(self, key: str, kind: type[_E], default: _E | None = None) -> _E:
        """Return the member of `kind` that the key names."""
        value = self.take(key, str, default.value if default else None)
        if value not in list(kind):
            self.fail(f"'{key}' is '{value}'; use one of {listed(kind)}")
        return kind(value)

    def table(self, key: str) -> "StrictTable":
        """Return a table within this one."""
        return StrictTable(self.take(key, dict), f"{self.where}, {key}")

    def name_of(self, key: str, known: Collection[str]) -> str | None:
        """Return one of the known names, or None where the key is absent."""
        if not self.has(key):
            return None
        name = self.take(key, str)
        if name not in known:
            self.fail(f"'{key}' is '{name}'; use one of {listed(known)}")
        return name

    def tables(self, key: str, read: Callable[["StrictTable"], _T], name_key: str) -> tuple[_T, ...]:
        """Return what `read` makes of each table in a list; their `name_key` must be unique."""
        rows = self.take(key, list, [])
        names = [row.get(name_key) if isinstance(row, dict) else None for row in rows]
        for name in names:
            if names.count(name) > 1:
                self.fail(f"{key} '{name}' stands there twice; give one of them another {name_key}")
        called = (f"'{name}'" if name else str(number) for number, name in enumerate(names, start=1))
        return tuple(
            read(StrictTable(row, f"{self.where}, {key} {name}")) for row, name in zip(rows, called, strict=True)
        )

    def rows(self, key: str) -> list["StrictTable"]:
        """Return the tables of a list without names, which messages number from 1."""
        found = self.take(key, list, [])
        return [StrictTable(row, f"{self.where}, {key} {number}") for number, row in enumerate(found, start=1)]

    def peek(self, key: str) -> object:
        """Return the value of a key that was not yet taken, whatever it is, or None."""
        return self._data.get(key)

    def has(self, key: str) -> bool:
        """Say whether the key is there and was not yet taken."""
        return key in self._data

    def rest(self) -> dict[str, Any]:
        """Return everything that was not yet taken."""
        rest, self._data = self._data, {}
        return rest

    def done(self, value: _T) -> _T:
        """Return `value`, or refuse the file for a key that nobody asked for."""
        for key in self._data:
            self.fail(f"unknown key '{key}'; {self._cure(key)}")
        return value

    def _cure(self, key: str) -> str:
        if key in _ON_TOP:
            return "it belongs on top of the file, before [actors] and the first [[step]]"
        return f"use one of {listed(self._known)}"
