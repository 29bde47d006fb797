# SPDX-License-Identifier: EUPL-1.2
"""A store on each database, and an intake over SQLite with one desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.store import schema
from intake.store.engine import Database, connect
from intake.store.sql import SqlStore
from support.intake_service import IntakeService, small_site
from support.sealed_desk import SealedDesk, SealedLog


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'intake.sqlite3'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = connect(database_url)
    schema.upgrade(found)
    yield found
    found.close()


@pytest.fixture
def store(database: Database) -> SqlStore:
    return SqlStore(database)


@pytest.fixture
def desk() -> SealedDesk:
    return SealedDesk()


@pytest.fixture
def log(desk: SealedDesk) -> SealedLog:
    """The log of a reporter who did not send anything yet."""
    return SealedLog(desk.id)


@pytest.fixture
def intake(tmp_path: Path, desk: SealedDesk) -> Iterator[IntakeService]:
    """An intake with one desk of three live members."""
    service = IntakeService(tmp_path, small_site())
    service.add(desk)
    yield service
    service.close()
