# SPDX-License-Identifier: EUPL-1.2
"""Sends new reports to a real intake as fast as it takes them, and counts.

One report is what a browser does: the desk's bundle, then the first entry. Keys, frames and signatures
are made before the clock starts, and the requests are plain bytes on sockets, in several processes, so
that the server is what is measured. Source addresses are spread over 127.0.0.0/8, as reporters' are.
"""

import secrets
import socket
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import perf_counter
from urllib.parse import urlsplit

from crypto.desk import read_bundle
from crypto.encoding import parse_day, parse_json
from crypto.logs import Meta, encode_frame
from crypto.padding import STATE_FLOOR
from support.sealed_desk import SealedLog, envelope, signed_append

PROCESSES = 4
REPORTS_PER_CONNECTION = 50
MOST_PER_SECOND = 2_000
_TIMEOUT = 30
_PREPARATION = 120


@dataclass(frozen=True)
class Result:
    """What the server did: reports acknowledged, failures, and seconds of a POST at two percentiles."""

    reports: int
    errors: int
    p50: float
    p99: float


@dataclass(frozen=True)
class Target:
    host: str
    port: int
    desk: str
    day: date
    stanzas: int

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def bundle_request(self) -> bytes:
        lines = f"GET /desks/{self.desk} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip", "", ""
        return "\r\n".join(lines).encode()


def find_target(base_url: str, desk: str) -> Target:
    """Ask the intake for the desk's live members and for its day."""
    address = urlsplit(base_url)
    assert address.hostname is not None
    assert address.port is not None
    connection = HTTPConnection(address.hostname, address.port, timeout=_TIMEOUT)
    connection.request("GET", f"/desks/{desk}")
    raw = connection.getresponse().read()
    connection.close()
    bundle = parse_json(raw)
    assert isinstance(bundle, dict)
    day = parse_day(bundle["day"])
    return Target(address.hostname, address.port, desk, day, len(read_bundle(desk, raw, day).live(day)))


def run(base_url: str, desk: str, writers: int, seconds: float) -> Result:
    """Let so many writers report for so many seconds; the origin must be ``http://127.0.0.1:port``."""
    target = find_target(base_url, desk)
    processes = min(PROCESSES, writers)
    shares = [writers // processes + (number < writers % processes) for number in range(processes)]
    context = get_context("spawn")
    barrier = context.Barrier(processes)
    with ProcessPoolExecutor(processes, context, _wait_at, (barrier,)) as pool:
        running = [pool.submit(_drive, target, number, share, seconds) for number, share in enumerate(shares)]
        outcomes = [future.result() for future in running]
    times = sorted(time for taken, _ in outcomes for time in taken)
    errors = sum(failed for _, failed in outcomes)
    return Result(len(times), errors, _percentile(times, 50), _percentile(times, 99))


def _percentile(times: list[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)] if times else float("nan")


_start: list[Barrier] = []


def _wait_at(barrier: Barrier) -> None:
    _start.append(barrier)


def _drive(target: Target, number: int, writers: int, seconds: float) -> tuple[list[float], int]:
    """One process: prepare, wait for the others, report until time is up."""
    parts = envelope(target.stanzas), envelope(1, STATE_FLOOR)
    wanted = int(MOST_PER_SECOND * seconds / PROCESSES / writers) + 1
    prepared = [[_report(target, parts) for _ in range(wanted)] for _ in range(writers)]
    _start[0].wait(_PREPARATION)
    end = perf_counter() + seconds
    with ThreadPoolExecutor(writers) as pool:
        outcomes = list(
            pool.map(lambda place: _write(target, prepared[place], parts, (number, place), end), range(writers))
        )
    return [time for taken, _ in outcomes for time in taken], sum(failed for _, failed in outcomes)


def _report(target: Target, parts: tuple[bytes, ...]) -> tuple[bytes, bytes]:
    """The head of a POST and the start of its frame; the sealed parts are the same for all."""
    log = SealedLog(target.desk)
    frame = encode_frame(Meta(log.id, open=log.opening()), parts)
    headers = signed_append(log.id, frame, log.login, None, day=target.day, origin=target.origin)
    headers |= {"Host": f"{target.host}:{target.port}", "Content-Length": str(len(frame))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /logs/{log.id}/entries HTTP/1.1\r\n{lines}\r\n".encode(), frame[: len(frame) - _tail(parts)]


def _tail(parts: tuple[bytes, ...]) -> int:
    return sum(4 + len(part) for part in parts)


def _write(
    target: Target, prepared: list[tuple[bytes, bytes]], parts: tuple[bytes, ...], place: tuple[int, int], end: float
) -> tuple[list[float], int]:
    """One writer; a connection ends after some reports, and the next comes from another address."""
    tail = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    times: list[float] = []
    errors = 0
    reports = iter(prepared)
    for turn in count():
        with _connection(target, place, turn) as sock:
            for head, start in _some(reports, REPORTS_PER_CONNECTION):
                if perf_counter() > end:
                    return times, errors
                began = perf_counter()
                try:
                    ok = _ask(sock, target.bundle_request) == 200 and _ask(sock, head + start + tail) == 201
                except OSError:
                    ok = False
                if not ok:
                    errors += 1
                    break
                times.append(perf_counter() - began)
    raise AssertionError


def _some(reports: Iterator[tuple[bytes, bytes]], number: int) -> Iterator[tuple[bytes, bytes]]:
    for _ in range(number):
        yield next(reports)


@contextmanager
def _connection(target: Target, place: tuple[int, int], turn: int) -> Iterator[socket.socket]:
    source = f"127.{place[0] * 32 + place[1] + 1}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"
    sock = socket.create_connection((target.host, target.port), _TIMEOUT, (source, 0))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        yield sock
    finally:
        sock.close()


def _ask(sock: socket.socket, request: bytes) -> int:
    """Send a request, read the whole answer, return its status."""
    sock.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _received(sock)
    head, _, body = answer.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    left = int(fields[b"content-length"]) - len(body)
    while left > 0:
        left -= len(_received(sock))
    return int(head.split(b" ", 2)[1])


def _received(sock: socket.socket) -> bytes:
    data = sock.recv(65_536)
    if not data:
        raise ConnectionError
    return data
