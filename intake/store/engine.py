# SPDX-License-Identifier: EUPL-1.2
"""Connections to the two databases, and what each needs for durable, short write transactions.

SQLite waits unfairly for its write lock: under load some threads wait for seconds. So a writer first
takes a lock of its process and one between processes, and `BEGIN IMMEDIATE` never has to wait.
PostgreSQL needs no such care.
"""

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol, cast

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from intake.store.interface import BusyError, DamagedError
from intake.store.kept import Kept

BUSY_SECONDS = 10.0
_DAY = 86_400
_DAMAGED = frozenset({DatabaseError, sqlite3.DatabaseError})
"""Classes, not their subclasses, by which SQLite tells of a file that is no database or is not whole."""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "wal_autocheckpoint=4000",
    # What is deleted is overwritten with zeros.
    "secure_delete=ON",
)


class Database(Protocol):
    """A place to read from and to write to; both contexts may raise `BusyError`."""

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Every engine there is, so that all their connections can be checked."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection whose statements each see what is committed."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is durable when the block ends, and undone when it raises."""

    def scrub(self) -> None:
        """Leave nothing of what was deleted before in the database's own files, as far as it can tell."""

    def close(self) -> None:
        """Let go of all connections."""


def connect(url: str) -> Database:
    """Return the database of a URL; nothing connects before the first use."""
    return SqliteDatabase(url) if make_url(url).get_backend_name() == "sqlite" else PostgresDatabase(url)


@contextmanager
def _busy() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        raise BusyError("the database does not answer in time, or has no room") from error
    except (DBAPIError, sqlite3.DatabaseError) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise BusyError("the connection to the database was lost") from error
        if type(error) in _DAMAGED:
            raise DamagedError("the database is damaged; nothing was changed: put back a copy of it") from error
        raise


class PostgresDatabase:
    """PostgreSQL; a thread has one connection for reading and one for writing."""

    def __init__(self, url: str) -> None:
        # A server may be set to acknowledge before the disk has it; a report must not be.
        arguments = {"options": "-c synchronous_commit=on", "connect_timeout": int(BUSY_SECONDS)}
        self._engine = create_engine(url, poolclass=NullPool, connect_args=arguments)
        self._readers = Kept(self._engine.execution_options(isolation_level="AUTOCOMMIT"))
        self._writers = Kept(self._engine)

    @property
    def engines(self) -> tuple[Engine, ...]:
        return (self._engine,)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _busy(), self._readers.use() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with _busy(), self._writers.use() as connection, connection.begin():
            yield connection

    def scrub(self) -> None:
        """Leave it to the server, which reuses the room in its own time (docs/operations.md)."""

    def close(self) -> None:
        self._readers.close()
        self._writers.close()


class SqliteDatabase:
    """One SQLite file in WAL mode: many readers, one writer at a time over all processes."""

    def __init__(self, url: str) -> None:
        self._file = Path(make_url(url).database or "")
        self._written = (str(self._file), f"{self._file}-wal")
        self._writing = create_engine(url, poolclass=NullPool, connect_args={"check_same_thread": False})
        self._reading = create_engine(url, poolclass=NullPool, connect_args={"check_same_thread": False})
        event.listen(self._writing, "connect", _prepare)
        event.listen(self._reading, "connect", _prepare_reader)
        self._readers = Kept(self._reading)
        self._writer: Connection | None = None
        self._turn = threading.Lock()
        self._lock_file: int | None = None

    @property
    def engines(self) -> tuple[Engine, ...]:
        return (self._writing, self._reading)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _busy(), self._readers.use() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self._taking_turn() as connection, _transaction(connection):
            yield connection

    def scrub(self) -> None:
        """Move the write-ahead log into the database and empty it: it may hold pages as they were."""
        with self._taking_turn() as connection:
            _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._readers.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    @contextmanager
    def _taking_turn(self) -> Iterator[Connection]:
        """The connection for writing, while no other thread and no other process has one."""
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise BusyError("other writers did not finish in time")
        try:
            lock = self._open_lock()
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                with _busy(), self._one_writer() as connection:
                    yield connection
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)
            self._blur_times()
        finally:
            self._turn.release()

    @contextmanager
    def _one_writer(self) -> Iterator[Connection]:
        """The process's one connection for writing, for the holder of its lock."""
        connection = self._writer = self._writer or self._writing.connect()
        try:
            yield connection
        except Exception:
            self._writer = None
            connection.close()
            raise

    def _open_lock(self) -> int:
        if self._lock_file is None:
            path = self._file.with_name(f"{self._file.name}.lock")
            self._lock_file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            blur(path)
        return self._lock_file

    def _blur_times(self) -> None:
        """Set back the times that this write left on the files."""
        for path in self._written:
            blur(path)


def blur(path: str | Path) -> None:
    """Set a file's access and modification times to the start of the day (UTC); a missing file is none to blur."""
    midnight = time.time() // _DAY * _DAY
    try:
        os.utime(path, (midnight, midnight))
    except FileNotFoundError:
        return


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    # Neither driver nor library opens a transaction: `_transaction` does.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def _prepare_reader(connection: DBAPIConnection, record: object) -> None:
    _prepare(connection, record)
    connection.execute("PRAGMA query_only=ON")


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    """Begin and end a transaction through the driver, which is in charge of none by itself (see `_prepare`)."""
    driver = _driver(connection)
    driver.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        driver.execute("ROLLBACK")
        raise
    driver.execute("COMMIT")
