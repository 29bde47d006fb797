# SPDX-License-Identifier: EUPL-1.2
"""Clients that stop half-way, on the real server: they hold a connection and nobody else notices."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx
import pytest
from gunicorn.config import Config
from gunicorn.http.errors import LimitRequestHeaders

from intake.clock import today
from intake.connection import (
    BODY_SECONDS,
    HEAD_SECONDS,
    IDLE_SECONDS,
    LETTER_STEP,
    LETTER_STEP_SECONDS,
    Connection,
    Needs,
)
from intake.errors import Refusal
from intake.site import HERE
from support.real_intake import RealIntake
from support.sealed_desk import SealedDesk, SealedLog

MANY = 100
GET = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /logs/x/entries HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
PART = b"PUT /blobs/x/parts/1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n"
LETTER = b"POST /x/nl/without_script HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
HALVES = {
    "nothing": b"",
    "half a head": b"GET /health HTTP/1.1\r\nHost: x\r\nX: ",
    "half a body": POST + b"Content-Length: 1000\r\n\r\na",
    "a body to be asked for": POST + b"Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no last chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
}

needs_pages = pytest.mark.skipif(
    not (HERE / "static" / "manifest.json").is_file(), reason="the static files are not built: run make install"
)


@pytest.fixture(scope="module")
def desk() -> Iterator[SealedDesk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("support.sealed_desk.TODAY", today())
        yield SealedDesk()


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory, desk: SealedDesk) -> Iterator[RealIntake]:
    found = RealIntake(tmp_path_factory.mktemp("intake"), desk)
    process = found.start()
    yield found
    process.stop()


def stuck(intake: RealIntake, raw: bytes) -> socket.socket:
    """A client that has sent bytes, as far as they are taken, and reads nothing."""
    sock = socket.create_connection(("127.0.0.1", intake.port), 30)
    sock.settimeout(0)
    with suppress(BlockingIOError):
        sock.send(raw)
    return sock


@needs_pages
@pytest.mark.parametrize("raw", HALVES.values(), ids=HALVES)
def test_clients_that_stop_half_way_hold_up_nobody(intake: RealIntake, desk: SealedDesk, raw: bytes) -> None:
    log = SealedLog(desk.id)
    with ExitStack() as stack, httpx.Client(timeout=20) as client:
        for _ in range(MANY):
            stack.enter_context(stuck(intake, raw))

        statuses = [client.get(f"{intake.origin}/health").status_code]
        statuses.append(intake.report(client, log, log.first()).status_code)

    assert statuses == [200, 201]


@needs_pages
def test_clients_that_stay_after_an_answer_hold_up_nobody(intake: RealIntake) -> None:
    with ExitStack() as stack:
        kept = [stack.enter_context(stuck(intake, GET)) for _ in range(MANY)]
        for sock in kept:
            sock.settimeout(20)
            assert sock.recv(12) == b"HTTP/1.1 200"

        assert httpx.get(f"{intake.origin}/health", timeout=20).status_code == 200


@needs_pages
def test_clients_that_stay_after_the_last_answer_hold_up_nobody(intake: RealIntake) -> None:
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(stuck(intake, GET.replace(b"1.1", b"1.0")))

        assert httpx.get(f"{intake.origin}/health", timeout=20).status_code == 200


@needs_pages
def test_requests_that_arrive_at_once_are_answered_in_turn(intake: RealIntake) -> None:
    last = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", intake.port), 30) as sock:
        sock.sendall(GET + POST + b"Content-Length: 3\r\n\r\nabc" + last)
        answers = b"".join(iter(lambda: sock.recv(65_536), b""))

    assert re.findall(rb"HTTP/1.1 (\d+)", answers) == [b"200", b"428", b"200"]


@needs_pages
def test_very_many_requests_that_arrive_at_once_are_all_answered(intake: RealIntake) -> None:
    last = GET.replace(b"1.1", b"1.0")
    with socket.create_connection(("127.0.0.1", intake.port), 30) as sock:
        sock.sendall(GET * 1_500 + last)
        answers = b"".join(iter(lambda: sock.recv(65_536), b""))

    assert answers.count(b" 200 OK\r\n") == 1_501


@needs_pages
def test_a_client_that_waits_to_be_asked_for_its_body_is_asked(intake: RealIntake) -> None:
    with socket.create_connection(("127.0.0.1", intake.port), 30) as sock:
        sock.sendall(HALVES["a body to be asked for"])
        asked = sock.recv(100)
        sock.sendall(bytes(1000))
        answer = sock.recv(100)

    assert (asked, answer[:12]) == (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 428")


class Pair:
    """A connection and its client, in one process."""

    def __init__(self) -> None:
        self.client, server = socket.socketpair()
        self.connection = Connection(Config(), server, ("192.0.2.1", 1), ("192.0.2.2", 2))

    def send(self, raw: bytes) -> Needs:
        self.client.sendall(raw)
        return self.connection.advance()

    def send_all(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self.send(piece)


@pytest.fixture
def pair() -> Iterator[Pair]:
    found = Pair()
    yield found
    found.client.close()
    found.connection.sock.close()


@pytest.mark.parametrize(
    "raw",
    [
        GET,
        POST + b"Content-Length: 3\r\n\r\nabc",
        POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n",
    ],
    ids=["no body", "length", "chunks", "trailers"],
)
def test_a_request_is_whole_with_its_last_byte_and_not_before(pair: Pair, raw: bytes) -> None:
    needs = [pair.send(raw[place : place + 1]) for place in range(len(raw))]

    assert needs == [Needs.INPUT] * (len(raw) - 1) + [Needs.ANSWER]


def test_what_came_after_a_request_is_the_next_one(pair: Pair) -> None:
    pair.send(GET + GET)
    pair.connection.end_request()
    pair.connection.go_on()

    assert pair.connection.advance() is Needs.ANSWER


def test_an_answer_that_is_not_taken_waits_for_its_client(pair: Pair) -> None:
    page = bytes(range(256)) * 20_000
    pair.connection.sock.sendall(page)

    needs, taken = [pair.connection.advance()], 0
    while taken < len(page):
        taken += len(pair.client.recv(65_536))
        needs.append(pair.connection.advance())

    assert (needs[0], needs[-1], taken) == (Needs.OUTPUT, Needs.INPUT, len(page))


@pytest.mark.parametrize("raw", [b"Content-Length: 524289\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\nfffff\r\n"])
def test_a_body_over_the_limit_is_refused_before_it_is_kept(pair: Pair, raw: bytes) -> None:
    with pytest.raises(Refusal, match="larger than"):
        pair.send_all([POST + raw, *[bytes(50_000)] * 22])


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 1048576\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n100000\r\n"]
)
def test_a_part_of_a_blob_may_be_twice_as_long(pair: Pair, framing: bytes) -> None:
    end = b"\r\n0\r\n\r\n" if b"chunked" in framing else b""
    pieces = [PART + framing, *[bytes(65_536)] * 16, end]

    pair.send_all(pieces[:-2])

    assert pair.send(pieces[-2][1:]) is Needs.INPUT
    assert pair.send(b"\0" + end) is Needs.ANSWER
    assert pair.connection.held >= 1_048_576


@pytest.mark.parametrize(
    "head",
    [
        PART + b"Content-Length: 1048577\r\n\r\n",
        PART.replace(b"PUT", b"POST") + b"Content-Length: 1048576\r\n\r\n",
        PART.replace(b"/parts", b"") + b"Content-Length: 1048576\r\n\r\n",
        PART.replace(b"/1 ", b"/1/x ") + b"Content-Length: 1048576\r\n\r\n",
    ],
    ids=["too long", "another method", "another address", "an address below"],
)
def test_only_a_part_of_a_blob_may(pair: Pair, head: bytes) -> None:
    with pytest.raises(Refusal, match="larger than"):
        pair.send(head)


def test_a_request_after_a_part_has_the_usual_limit(pair: Pair) -> None:
    pair.send(PART + b"Content-Length: 1\r\n\r\na")
    pair.connection.end_request()
    pair.connection.go_on()

    with pytest.raises(Refusal, match="larger than 524288 bytes"):
        pair.send(POST + b"Content-Length: 1048576\r\n\r\n")


def test_a_part_has_twice_the_time(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    start = pair.connection.deadline - HEAD_SECONDS
    monkeypatch.setattr("intake.connection.time.monotonic", lambda: start)

    pair.send(PART + b"Content-Length: 2\r\n\r\na")

    assert pair.connection.deadline == start + 2 * BODY_SECONDS


def test_a_letter_has_a_minute_for_each_step(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    start = now = pair.connection.deadline - HEAD_SECONDS
    monkeypatch.setattr("intake.connection.time.monotonic", lambda: now)
    pieces = [bytes(LETTER_STEP // 4)] * 4

    pair.send(LETTER)
    silent = pair.connection.deadline
    now = start + 50
    pair.send_all(pieces[:3])
    short = pair.connection.deadline
    pair.send(pieces[3])

    assert (silent, short) == (start + LETTER_STEP_SECONDS,) * 2
    assert pair.connection.deadline == start + 50 + LETTER_STEP_SECONDS


def test_a_short_letter_has_the_usual_time(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    start = pair.connection.deadline - HEAD_SECONDS
    monkeypatch.setattr("intake.connection.time.monotonic", lambda: start)

    pair.send(LETTER.replace(b"2000000", b"20000"))

    assert pair.connection.deadline == start + BODY_SECONDS


def test_a_head_without_end_is_not_kept(pair: Pair) -> None:
    with pytest.raises(LimitRequestHeaders):
        pair.send_all([bytes(30_000)] * 3)


def test_each_part_of_a_request_has_a_deadline(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    start = pair.connection.deadline - HEAD_SECONDS
    now = start + 9
    monkeypatch.setattr("intake.connection.time.monotonic", lambda: now)

    pair.send(POST + b"Content-Length: 2\r\n\r\na")
    body = pair.connection.deadline
    now = start + 100
    pair.send(b"b")
    pair.connection.end_request()
    pair.connection.go_on()
    idle = pair.connection.deadline

    assert (body, idle) == (start + 9 + BODY_SECONDS, start + 100 + IDLE_SECONDS)


def test_a_client_that_trickles_gains_no_time(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    deadline = pair.connection.deadline
    monkeypatch.setattr("intake.connection.time.monotonic", lambda: deadline - 1)

    pair.send(b"GET /")
    pair.send(b"x")

    assert pair.connection.deadline == deadline
