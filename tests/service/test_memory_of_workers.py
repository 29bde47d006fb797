# SPDX-License-Identifier: EUPL-1.2
"""When the memory for half requests runs out, whoever is slowest gives way, however little that client holds."""

import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from selectors import DefaultSelector

import pytest
from gunicorn.config import Config

from intake.connection import Connection
from intake.worker import QuietWorker

MOST = 1_000_000
PIECE = bytes(50_000)
PART = b"PUT /blobs/x/parts/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
LETTER = b"POST /x/nl/without_script HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
HALF_A_HEAD = b"GET /health HTTP/1.1\r\nHost: "


class Room:
    """A worker with little memory, its clients, and its clock."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.now = time.monotonic()
        self.worker = QuietWorker(0, os.getpid(), [], None, 30, Config(), logging.getLogger("worker"))
        self.worker.worker_connections = 10
        self.worker.poller = stack.enter_context(DefaultSelector())
        stack.callback(self.worker.tmp.close)

    def client(self, *pieces: bytes) -> tuple[socket.socket, Connection]:
        near, far = socket.socketpair()
        self.stack.enter_context(near)
        connection = Connection(Config(), far, ("192.0.2.1", 1), ("192.0.2.2", 2))
        self.stack.callback(connection.sock.close)
        self.worker.nr_conns += 1
        self.send((near, connection), *pieces)
        return near, connection

    def send(self, client: tuple[socket.socket, Connection], *pieces: bytes) -> None:
        for piece in pieces:
            client[0].sendall(piece)
            self.worker._advance(client[1])

    def closed(self, *clients: tuple[socket.socket, Connection]) -> list[bool]:
        return [connection.sock.fileno() < 0 for _, connection in clients]


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with ExitStack() as stack:
        found = Room(stack)
        monkeypatch.setattr("intake.worker.MOST_HELD", MOST)
        monkeypatch.setattr("intake.connection.time.monotonic", lambda: found.now)
        yield found


def test_the_silent_give_way_to_who_sends_a_part(room: Room) -> None:
    silent = [room.client(LETTER, PIECE, PIECE, PIECE) for _ in range(6)]
    room.now += 20

    honest = room.client(PART)
    for _ in range(18):
        room.now += 1
        room.send(honest, PIECE)

    assert room.closed(honest) == [False]
    assert sum(room.closed(*silent)) == 6


def test_who_has_just_begun_is_not_closed_for_it(room: Room) -> None:
    beginner = room.client(HALF_A_HEAD)
    silent = [room.client(LETTER, PIECE, PIECE, PIECE) for _ in range(6)]
    room.now += 5
    second = room.client(LETTER, PIECE)
    room.now += 5

    late = room.client(LETTER, *[PIECE] * 2)

    assert room.closed(beginner, second, late) == [False] * 3
    assert sum(room.closed(*silent)) == 1
