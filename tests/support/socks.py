# SPDX-License-Identifier: EUPL-1.2
"""A SOCKS5 proxy (RFC 1928) on loopback: leads every name to one port, and remembers which names it was asked for."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

from support.answering import answering

CONNECT = b"\x05\x01\x00"
BY_NAME = 3
GRANTED = b"\x05\x00\x00\x01" + bytes(6)


class Socks(ThreadingTCPServer):
    """``asked`` has the name and port of each connection; an address instead of a name is refused."""

    daemon_threads = True

    def __init__(self, target: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.asked: list[tuple[str, int]] = []

    @property
    def url(self) -> str:
        return f"socks5h://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def serving(self) -> Iterator["Socks"]:
        with answering(self):
            yield self


class _Handler(BaseRequestHandler):
    server: Socks
    request: socket.socket

    def handle(self) -> None:
        version, methods = self._read(2)
        self._read(methods)
        self.request.sendall(bytes([version, 0]))
        assert self._read(3) == CONNECT
        assert self._read(1)[0] == BY_NAME
        name = self._read(self._read(1)[0]).decode()
        (port,) = struct.unpack("!H", self._read(2))
        self.server.asked.append((name, port))
        with socket.create_connection(("127.0.0.1", self.server.target)) as onward:
            self.request.sendall(GRANTED)
            back = Thread(target=_pass_on, args=(onward, self.request))
            back.start()
            _pass_on(self.request, onward)
            back.join()

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self.request.recv(count - len(data))
            assert piece, "the client went away"
            data += piece
        return data


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
