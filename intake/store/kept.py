# SPDX-License-Identifier: EUPL-1.2
"""Connections that stay open: taking one from a pool costs as much as a short query."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class Kept:
    """One connection for each thread, until the thread ends."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = threading.local()
        self._all: dict[threading.Thread, Connection] = {}

    @contextmanager
    def use(self) -> Iterator[Connection]:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            self._drop_ended()
            connection = self._own.connection = self._engine.connect()
            self._all[threading.current_thread()] = connection
        try:
            yield connection
        except Exception:
            # It may be broken: the thread's next use takes a fresh one.
            self._own.connection = None
            self._all.pop(threading.current_thread(), None)
            connection.close()
            raise

    def close(self) -> None:
        self._close(list(self._all))
        self._own = threading.local()
        self._engine.dispose()

    def _drop_ended(self) -> None:
        """Close what threads left open that have ended: a server may take a new thread for each visitor."""
        self._close([thread for thread in list(self._all) if not thread.is_alive()])

    def _close(self, threads: list[threading.Thread]) -> None:
        for thread in threads:
            connection = self._all.pop(thread, None)
            if connection is not None:
                connection.close()
