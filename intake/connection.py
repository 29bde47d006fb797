# SPDX-License-Identifier: EUPL-1.2
"""One client's connection, which never waits: whole requests are collected, and answers sent, a piece at a time.

gunicorn's own threaded worker reads a request, and sends its answer, in a thread of its pool, so a few
clients that stop half-way hold all threads. Here a request is answered when every byte of it has
arrived, and what a client does not take at once is kept until it does. Requests are read by gunicorn's parser.
"""

import io
import socket
import time
from collections import deque
from enum import Enum, auto
from itertools import islice
from math import inf
from typing import Any

from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import Unreader

from crypto.logs import MAX_FRAME
from intake.errors import Refusal
from intake.lengths import announced, is_letter, largest_body

HEAD_SECONDS = 10
"""From the first byte to the end of a request's head."""
BODY_SECONDS = 120
"""From the end of the head to the end of the body, for each `MAX_FRAME` that it may have; and to take an answer."""
LETTER_STEP = 245_760
LETTER_STEP_SECONDS = 60
"""For each `LETTER_STEP` bytes of a letter that is longer than `MAX_FRAME`: 4 KiB a second, or it is closed."""
IDLE_SECONDS = 5
"""Between an answer and the next request."""
LINGER_SECONDS = 10
"""For a client to notice that we have said the last word."""
DRAIN_FACTOR = 8
"""Up to so many times the largest body is dropped unread, so that its sender gets an answer and no reset."""
_CHUNKED_FACTOR = 2
_MAX_HEAD = 65_536
_MAX_SIZE_LINE = 8_192
_PIECE = 131_072
_PIECES = 64
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Needs(Enum):
    """What a connection waits for."""

    INPUT = auto()
    OUTPUT = auto()
    ANSWER = auto()
    """A whole request is there."""
    CLOSING = auto()


class Connection:
    """A client's connection; ``sock`` stands in for the socket wherever gunicorn writes an answer."""

    def __init__(self, cfg: Any, sock: socket.socket, client: object, server: object) -> None:
        self.sock = _Outgoing(sock)
        self.client = client
        self.server = server
        self.request: Any = None
        self._begin(HEAD_SECONDS)
        self.idle = False
        """No byte of the next request has come."""
        self.counted = 0
        """Bytes that the worker has counted of what is held."""
        self._next_step = inf
        self._arrived = _Arrived()
        self._parser = RequestParser(cfg, (), client)
        self._parser.unreader = self._arrived
        self._chunks: _Chunks | None = None
        self._last = False
        self._to_drop = 0
        self._most = MAX_FRAME
        self._unread = False

    @property
    def held(self) -> int:
        """Bytes in memory that have come in and were not read, or that the client has not taken."""
        return self._arrived.length + self.sock.unsent

    def pace(self, now: float) -> float:
        """Return the bytes a second that have moved since a body or an answer began, and a piece more for beginners."""
        return (self._moved + _PIECE) / max(now - self._since, 1.0)

    def advance(self) -> Needs:
        """Do what can be done without waiting.

        Raises:
            OSError: the client has gone.
            Refusal: the body is too large.
            Exception: whatever gunicorn's parser says of what is not HTTP.
        """
        kept = self.sock.unsent
        gone = self.sock.flush()
        self._moved += kept - self.sock.unsent
        if not gone:
            return Needs.OUTPUT
        if self._last:
            return self._linger()
        if self._is_whole():
            return Needs.ANSWER
        data = self._receive()
        if data is None:
            return Needs.INPUT
        if not data:
            return Needs.CLOSING
        if self.idle:
            self.idle = False
            self._begin(HEAD_SECONDS)
        self._arrived.add(data)
        self._moved += len(data)
        if self._arrived.length >= self._next_step:
            self._take_step()
        return Needs.ANSWER if self._is_whole() else Needs.INPUT

    def end_request(self) -> bool:
        """Forget what was not read of a body; returns False when the next request cannot be told from it."""
        return not self._unread and bool(self._parser.finish_body())

    def go_on(self) -> None:
        """Wait for the next request once the answer has left."""
        self.request, self._chunks, self._next_step = None, None, inf
        self.idle = self._arrived.length == 0
        self._begin(BODY_SECONDS if self.sock.unsent else IDLE_SECONDS)

    def end(self, answer: bytes = b"") -> None:
        """Send the last answer, or what is left of it, and no more."""
        self._last = True
        self._begin(BODY_SECONDS if self.sock.unsent else LINGER_SECONDS)
        self._to_drop = DRAIN_FACTOR * self._most + _PIECE
        self._arrived.take_buffered()
        self.sock.sendall(answer)

    def _begin(self, seconds: float) -> None:
        self._since = time.monotonic()
        self.deadline = self._since + seconds
        self._moved = 0

    def _take_step(self) -> None:
        self._next_step = self._arrived.length + LETTER_STEP
        self.deadline = time.monotonic() + LETTER_STEP_SECONDS

    def _receive(self) -> bytes | None:
        try:
            return self.sock.recv(_PIECE)
        except BlockingIOError:
            return None

    def _is_whole(self) -> bool:
        if self.request is None and not self._read_head():
            return False
        if self._unread:
            return True
        reader = self.request.body.reader
        if not isinstance(reader, ChunkedReader):
            return self._arrived.length >= int(reader.length)
        if self._arrived.length > _CHUNKED_FACTOR * self._most:
            raise _too_large(self._most)
        self._chunks = self._chunks or _Chunks()
        return self._chunks.are_whole(self._arrived.buf.getvalue())

    def _read_head(self) -> bool:
        raw = self._arrived.buf.getvalue()
        if b"\r\n\r\n" not in raw:
            if len(raw) > _MAX_HEAD:
                raise LimitRequestHeaders("the head has no end")
            return False
        self.request = next(self._parser)
        self._most = largest_body(self.request)
        self._begin(BODY_SECONDS * (self._most // MAX_FRAME))
        self._moved = self._arrived.length
        if self._most > MAX_FRAME and is_letter(self.request):
            self._take_step()
        if announced(self.request) > self._most:
            # Whoever has no script is told on a page, which only the application has.
            self._unread = is_letter(self.request)
            if not self._unread:
                raise _too_large(self._most)
        if self.request._expected_100_continue:  # noqa: SLF001 - gunicorn would say it when the body has come
            self.request._expected_100_continue = False  # noqa: SLF001 - as above
            self.sock.sendall(_CONTINUE)
            self.sock.flush()
        return True

    def _linger(self) -> Needs:
        """Say that this was all, and wait until the client closes too: a reset could overtake the answer."""
        self.sock.say_end()
        while self._to_drop > 0:
            data = self._receive()
            if data is None:
                return Needs.INPUT
            if not data:
                break
            self._to_drop -= len(data)
        return Needs.CLOSING


class _Arrived(Unreader):  # type: ignore[misc]  # gunicorn has no types
    """What has come in; asking for more than that finds an end, and never waits."""

    buf: io.BytesIO

    @property
    def length(self) -> int:
        with self.buf.getbuffer() as view:
            return view.nbytes

    def add(self, data: bytes) -> None:
        self.buf.seek(0, io.SEEK_END)
        self.buf.write(data)

    def chunk(self, size_hint: int | None = None) -> bytes:  # noqa: ARG002 - gunicorn's signature
        return b""


class _Chunks:
    """Finds the end of a chunked body (RFC 9112 section 7.1) and nothing else: the parser reads and checks it."""

    def __init__(self) -> None:
        self._place = 0

    def are_whole(self, body: bytes) -> bool:
        """Return whether the end is there, or the parser would look no further."""
        while True:
            end = body.find(b"\r\n", self._place, self._place + _MAX_SIZE_LINE)
            if end < 0:
                return len(body) - self._place >= _MAX_SIZE_LINE
            try:
                size = int(body[self._place : end].partition(b";")[0], 16)
            except ValueError:
                return True
            if size <= 0:
                return b"\r\n\r\n" in body[end:] or len(body) - end > _MAX_HEAD
            if len(body) < end + size + 4:
                return False
            self._place = end + size + 4


class _Outgoing(socket.socket):
    """A socket that collects what is to be sent, and keeps what the client does not take at once."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock.family, sock.type, sock.proto, sock.detach())
        self.settimeout(0)
        self._kept: deque[memoryview] = deque()
        self._ended = False

    @property
    def unsent(self) -> int:
        """Bytes that the client has not taken."""
        return sum(len(data) for data in self._kept)

    def sendall(self, data: Any, flags: int = 0) -> None:  # noqa: ARG002 - the overridden method's signature
        """Keep the data for `flush`: head and body of an answer then leave together."""
        self._kept.append(memoryview(data))

    def flush(self) -> bool:
        """Send what was kept; returns whether all of it has gone."""
        while self._kept:
            try:
                sent = self.sendmsg(islice(self._kept, _PIECES))
            except BlockingIOError:
                return False
            self._drop(sent)
        return True

    def _drop(self, sent: int) -> None:
        while self._kept and sent >= len(self._kept[0]):
            sent -= len(self._kept.popleft())
        if sent:
            self._kept[0] = self._kept[0][sent:]

    def say_end(self) -> None:
        """Close our direction, once."""
        if not self._ended:
            self._ended = True
            self.shutdown(socket.SHUT_WR)


def _too_large(most: int) -> Refusal:
    return Refusal("too_large", f"the body is larger than {most} bytes; nothing was stored")
