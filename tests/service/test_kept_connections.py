# SPDX-License-Identifier: EUPL-1.2
"""Connections of the store stay open for a thread's next request, and no longer than the thread."""

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from intake.store.engine import Database, connect
from support.open_files import open_below


def test_threads_that_ended_leave_no_connection_open(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'intake.sqlite3'}")
    for _ in range(20):
        in_a_thread(lambda: read(database))
    # One connection is a handle to the file and two to what stands beside it.
    assert len(open_below(tmp_path)) <= 2 * 3
    database.close()
    assert open_below(tmp_path) == []


def read(database: Database) -> None:
    with database.reading() as connection:
        connection.execute(text("SELECT 1"))


def in_a_thread(act: Callable[[], None]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
