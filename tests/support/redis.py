# SPDX-License-Identifier: EUPL-1.2
"""A real Redis on a unix socket, without persistence, gone after the run."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from doctor import REDIS
from processes import Command, running, socket_open


@pytest.fixture(scope="session")
def redis_socket() -> Iterator[Path]:
    """The socket of a server that runs for the session."""
    program = REDIS.find()
    if program is None:
        pytest.skip(REDIS.skip_reason)
    # pytest's own folder is too long for a socket's path.
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    path = folder / "socket"
    command: Command = [
        program,
        "--port",
        "0",
        "--unixsocket",
        path,
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        folder,
    ]
    try:
        with running(command, log=folder / "log", ready=lambda: socket_open(path)):
            yield path
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def redis_url(redis_socket: Path) -> str:
    """The limiter's storage URL of an empty Redis."""
    with redis.Redis(unix_socket_path=str(redis_socket)) as client:
        client.flushall()
    return f"redis+unix://{redis_socket}"
