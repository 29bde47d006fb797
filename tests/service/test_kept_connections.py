# SPDX-License-Identifier: EUPL-1.2
"""Connections of the store stay open for a thread's next request, and no longer than the thread; no other file does."""

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from intake.store.engine import Database, connect
from support.blobs import MIB, a_claim, parts_of
from support.intake_service import IntakeService
from support.letters import a_letter, form, post
from support.open_files import open_below
from support.sealed_desk import SealedDesk, SealedLog


def test_threads_that_ended_leave_no_connection_open(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'intake.sqlite3'}")
    for _ in range(20):
        in_a_thread(lambda: read(database))
    # One connection is a handle to the file and two to what stands beside it.
    assert len(open_below(tmp_path)) <= 2 * 3
    database.close()
    assert open_below(tmp_path) == []


def test_requests_leave_no_file_open(intake: IntakeService, desk: SealedDesk, tmp_path: Path) -> None:
    def a_day_of_requests() -> list[str]:
        log, claim = SealedLog(desk.id), a_claim(MIB)
        intake.open(log, log.first(3, claim))
        for number, part in enumerate(parts_of(claim), 1):
            intake.put_part(claim.blob, number, part, log.login)
            assert intake.get(f"/blobs/{claim.blob}/parts/{number}", log.committee).status_code == 200
        assert post(intake.client, desk.id, form(a_letter())).status_code == 200
        assert intake.append(log, b"no frame", log.login, log.head).status_code == 400
        assert intake.read(log.id, log.login).status_code == 200
        return open_below(tmp_path)

    before = a_day_of_requests()
    assert [a_day_of_requests() for _ in range(5)] == [before] * 5


def read(database: Database) -> None:
    with database.reading() as connection:
        connection.execute(text("SELECT 1"))


def in_a_thread(act: Callable[[], None]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
