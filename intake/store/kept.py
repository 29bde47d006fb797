# SPDX-License-Identifier: EUPL-1.2
"""Connections that stay open: taking one from a pool costs as much as a short query."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class Kept:
    """One connection for each thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = threading.local()
        self._all: list[Connection] = []

    @contextmanager
    def use(self) -> Iterator[Connection]:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._engine.connect()
            self._all.append(connection)
        try:
            yield connection
        except Exception:
            # It may be broken: the thread's next use takes a fresh one.
            self._own.connection = None
            self._all.remove(connection)
            connection.close()
            raise

    def close(self) -> None:
        while self._all:
            self._all.pop().close()
        self._own = threading.local()
        self._engine.dispose()
