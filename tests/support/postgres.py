# SPDX-License-Identifier: EUPL-1.2
"""A real PostgreSQL on a unix socket: no port, no password, gone after the run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from doctor import POSTGRES
from processes import Command, running, socket_open

# PostgreSQL refuses to run as root; Debian's package makes this user.
SERVER_USER = "postgres" if os.geteuid() == 0 else None
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """The socket folder of a server that runs for the session, with the superuser ``app``."""
    initdb = POSTGRES.find()
    if initdb is None:
        pytest.skip(POSTGRES.skip_reason)
    # Not pytest's own folder: it is closed to other users, and too long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if SERVER_USER:
        shutil.chown(folder, SERVER_USER, SERVER_USER)
    try:
        command: Command = [
            initdb,
            "-D",
            folder / "data",
            "-U",
            "app",
            "-A",
            "trust",
            "-N",
            "--no-locale",
            "-E",
            "UTF8",
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, user=SERVER_USER)
        server: Command = [initdb.with_name("postgres"), "-D", folder / "data", "-c", "listen_addresses=", "-k", folder]
        with running(server, log=folder / "log", ready=lambda: answers(folder), cwd=folder, user=SERVER_USER):
            yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres_folder: Path) -> Iterator[str]:
    """SQLAlchemy's URL of an empty database, dropped after the test."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(host=str(postgres_folder), user="app", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://app@/{name}?host={postgres_folder}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def answers(folder: Path) -> bool:
    """Whether the server takes connections: the socket opens a moment before it does."""
    if not socket_open(folder / ".s.PGSQL.5432"):
        return False
    try:
        psycopg.connect(host=str(folder), user="app", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
