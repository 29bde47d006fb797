# SPDX-License-Identifier: EUPL-1.2
"""A gunicorn worker of one thread, which answers whole requests only.

Its loop collects requests and sends what is left of answers (`intake.connection`), so clients that are
slow, idle or silent cost a connection and some memory, and nobody's turn. When connections or memory run
out, the client that has waited longest, or is slowest, gives way. The loop is that of gunicorn's threaded
worker, without its threads: handing requests over cost more than answering some of them.
"""

import time
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ, EVENT_WRITE
from socket import socket
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from crypto.encoding import dump_json
from intake.connection import Connection, Needs
from intake.errors import Refusal
from intake.headers import complete

MOST_HELD = 128 * 1024 * 1024
"""Bytes of half requests and of answers not taken, for each worker."""
_SWEEP_SECONDS = 1.0
_EVENTS = {Needs.INPUT: EVENT_READ, Needs.OUTPUT: EVENT_WRITE}


class QuietWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers what is not HTTP in JSON, with our headers, and logs nothing of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: dict[Connection, Needs] = {}
        self._held = 0
        self._swept = 0.0

    def accept(self, listener: socket) -> None:
        """Take a client in."""
        try:
            sock, client = listener.accept()
        except BlockingIOError:
            return
        except OSError:
            # Another client gave up, or this process has no file left.
            self._close_longest()
            return
        self.nr_conns += 1
        self._advance(Connection(self.cfg, sock, client, listener.getsockname()))
        if self.nr_conns >= self.worker_connections:
            self._close_longest()

    def handle(self, conn: Connection) -> bool:
        """Answer a whole request; returns whether another may follow."""
        # A database that does not answer holds this thread; the service's master must not take it for dead.
        self.notify()
        try:
            more = bool(self.handle_request(conn.request, conn))
            conn.sock.flush()
            return more and conn.end_request()
        except (OSError, StopIteration):
            return False
        except Exception:
            self.log.exception("a request failed")
            return False

    def murder_pending(self) -> None:
        """Close what has waited for too long; the main loop calls this after each event."""
        now = time.monotonic()
        if now - self._swept >= _SWEEP_SECONDS:
            self._swept = now
            for conn in [conn for conn in self._waiting if conn.deadline <= now]:
                self._close(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        for conn in self._waiting:
            if conn.idle:
                conn.deadline = min(conn.deadline, deadline)

    def _on_event(self, conn: Connection, _client: object) -> None:
        # An event of the same round may have closed it.
        if conn in self._waiting:
            self._advance(conn)

    def _advance(self, conn: Connection) -> None:
        needs = self._do(conn)
        if needs is Needs.ANSWER:
            needs = self._answer(conn)
        self._held += conn.held - conn.counted
        conn.counted = conn.held
        if needs is Needs.CLOSING:
            self._close(conn)
        else:
            self._wait(conn, needs)
        while self._held > MOST_HELD:
            self._close(self._slowest())

    def _answer(self, conn: Connection) -> Needs:
        """Answer one request; whatever else this client has sent comes after the other clients' turns."""
        if self.handle(conn):
            conn.go_on()
        else:
            conn.end()
        if not conn.idle or conn.sock.unsent:
            self.method_queue.defer(self._on_event, conn, None)
        return Needs.INPUT

    def _do(self, conn: Connection) -> Needs:
        try:
            try:
                return conn.advance()
            except OSError:
                return Needs.CLOSING
            except Refusal as refusal:
                conn.end(last_answer(refusal))
            except Exception as error:  # noqa: BLE001 - the parser's errors have no class of their own
                self.log.debug("a request was not HTTP: %s", type(error).__name__)
                conn.end(last_answer(Refusal("malformed", "the request is not one that HTTP allows")))
            return conn.advance()
        except OSError:
            return Needs.CLOSING

    def _wait(self, conn: Connection, needs: Needs) -> None:
        before = self._waiting.get(conn)
        if before is not needs:
            change = self.poller.register if before is None else self.poller.modify
            change(conn.sock, _EVENTS[needs], partial(self._on_event, conn))
            self._waiting[conn] = needs

    def _forget(self, conn: Connection) -> None:
        if self._waiting.pop(conn, None):
            self.poller.unregister(conn.sock)

    def _close(self, conn: Connection) -> None:
        self._forget(conn)
        self._held -= conn.counted
        self.nr_conns -= 1
        util.close(conn.sock)

    def _slowest(self) -> Connection:
        """Return who is slowest of those that hold half an even share of the memory, so nobody who has just begun.

        While more is held than may be, there is one.
        """
        much = MOST_HELD // (2 * self.worker_connections)
        now = time.monotonic()
        return min((conn for conn in self._waiting if conn.counted >= much), key=lambda conn: conn.pace(now))

    def _close_longest(self) -> None:
        if self._waiting:
            self._close(next(iter(self._waiting)))


def last_answer(refusal: Refusal) -> bytes:
    """Return the whole answer to what the application does not get to see."""
    body = dump_json({"error": refusal.code, "message": refusal.message})
    own = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Connection", "close")]
    lines = "".join(f"{name}: {value}\r\n" for name, value in complete(own, secure=True))
    status = f"HTTP/1.1 {refusal.status} {HTTPStatus(refusal.status).phrase}\r\n"
    return f"{status}{lines}\r\n".encode("latin-1") + body
