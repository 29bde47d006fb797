# SPDX-License-Identifier: EUPL-1.2
"""Statements that every report needs, compiled once and given to the database's driver as they are.

Executing a Core statement costs the library several times what SQLite takes to run it. Connections
and transactions stay the library's; only the execution is shortened.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql import ClauseElement

from intake.store.interface import BusyError, StoreError


class DuplicateError(StoreError):
    """A row with this key is there already."""


class Prepared:
    """One statement for one dialect. Values are numbers, texts, bytes and days, by the names in the statement."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._order: Iterable[str] | None = getattr(compiled, "positiontup", None)
        errors = dialect.loaded_dbapi
        self._duplicate = errors.IntegrityError
        self._down = errors.OperationalError

    def run(self, connection: Connection, values: Mapping[str, object]) -> Any:
        """Execute it; returns the driver's cursor.

        Raises:
            DuplicateError: the row's key is taken.
            BusyError: the database did not answer, or has no room.
        """
        given = {name: _plain(value) for name, value in values.items()}
        parameters = given if self._order is None else [given[name] for name in self._order]
        driver: Any = connection.connection.driver_connection
        try:
            return driver.execute(self._sql, parameters)
        except self._duplicate as error:
            raise DuplicateError("a row with this key is there already") from error
        except self._down as error:
            raise BusyError("the database does not answer in time, or has no room") from error


def _plain(value: object) -> object:
    """Both databases read a day from its text; SQLite's driver knows no other way."""
    return value.isoformat() if isinstance(value, date) else value
