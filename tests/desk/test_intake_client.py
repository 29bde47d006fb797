# SPDX-License-Identifier: EUPL-1.2
"""What the client makes of an intake's answers, good and bad."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from threading import Event, Thread

import httpx
import pytest

from casework import errors
from casework.wire.exchange import Signer, checked_origin
from casework.wire.intake_client import IntakeClient
from crypto.encoding import dump_json, u32

ORIGIN = "https://meldpunt.example"
LOG = "a" * 32
SIGNER = Signer(bytes(32), date(2026, 11, 23))


def client(*answers: httpx.Response | Exception) -> tuple[IntakeClient, list[httpx.Request]]:
    """Return a client of an intake that gives these answers in turn, and the requests that it saw."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        given = answers[min(len(seen), len(answers)) - 1]
        if isinstance(given, Exception):
            raise given
        return given

    return IntakeClient(ORIGIN, transport=httpx.MockTransport(answer)), seen


def refusal(status: int, code: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, json={"error": code, "message": "why"}, headers=headers)


@pytest.mark.parametrize(
    "status, code, error",
    [
        (400, "malformed", errors.RefusedError),
        (400, "recipients", errors.RecipientsError),
        (401, "signature", errors.SignatureRefusedError),
        (403, "desk", errors.RefusedError),
        (404, "unknown", errors.UnknownLogError),
        (409, "conflict", errors.ConflictError),
        (412, "head", errors.HeadMovedError),
        (413, "too_large", errors.RefusedError),
        (503, "busy", errors.BusyError),
    ],
)
def test_each_refusal_has_its_error(status: int, code: str, error: type[Exception]) -> None:
    intake, _ = client(refusal(status, code))

    with pytest.raises(error) as caught:
        intake.append(LOG, b"frame", SIGNER, bytes(32))
    assert type(caught.value) is error


def test_slow_down_tells_for_how_long() -> None:
    intake, _ = client(refusal(429, "slow_down", {"Retry-After": "17"}))

    with pytest.raises(errors.SlowDownError) as caught:
        intake.bundle("desk")
    assert caught.value.seconds == 17


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(201, content=b"{}"),
        httpx.Response(201, json={"seq": 1, "head": "AA", "day": "2026-11-23"}),
        httpx.Response(201, json={"seq": 1, "head": "A" * 43, "day": "2026-11-23", "more": 1}),
        httpx.Response(302, headers={"Location": "https://elsewhere.example"}),
        httpx.Response(500, content=b"<html>"),
        httpx.Response(201, content=bytes(9 * 1024 * 1024)),
    ],
)
def test_an_answer_in_another_form_is_an_error(answer: httpx.Response) -> None:
    intake, seen = client(answer)

    with pytest.raises(errors.AnswerError):
        intake.append(LOG, b"frame", SIGNER, bytes(32))
    assert len(seen) == 1


@pytest.mark.parametrize(
    "headers", [{}, {"ETag": '"AA"', "Meldkluis-Length": "1"}, {"ETag": "x", "Meldkluis-Length": "x"}]
)
def test_entries_without_a_head_are_an_error(headers: dict[str, str]) -> None:
    intake, _ = client(httpx.Response(200, headers=headers))

    with pytest.raises(errors.AnswerError):
        intake.entries(LOG, 0, SIGNER)


def test_an_append_is_repeated_once_with_the_same_bytes_when_no_answer_came() -> None:
    stored = httpx.Response(200, json={"seq": 2, "head": "A" * 43, "day": "2026-11-23"})
    intake, seen = client(httpx.ReadError("lost"), stored)

    assert intake.append(LOG, b"frame", SIGNER, bytes(32)).seq == 2
    assert [request.content for request in seen] == [b"frame", b"frame"]
    assert seen[0].headers["if-match"] == seen[1].headers["if-match"]


def test_an_intake_that_is_not_there_says_so() -> None:
    intake, _ = client(httpx.ConnectError("refused"))

    with pytest.raises(errors.UnreachableError, match=r"meldpunt\.example"):
        intake.bundle("desk")


def test_no_cookie_is_sent_back() -> None:
    cookie = httpx.Response(200, headers={"Set-Cookie": "who=anna; Path=/"}, content=b"{}")
    intake, seen = client(cookie)

    intake.bundle("desk")
    intake.bundle("desk")

    assert "cookie" not in seen[1].headers


@pytest.mark.parametrize(
    "origin", ["https://x.example", "https://x.example/", "http://127.0.0.1:8000", "http://x.onion"]
)
def test_an_origin_is_https_or_stays_on_this_device_or_in_tor(origin: str) -> None:
    assert checked_origin(origin) == origin.rstrip("/")


@pytest.mark.parametrize(
    "origin", ["http://x.example", "x.example", "https://x.example/pad", "ftp://x.example", "https://"]
)
def test_another_address_is_refused(origin: str) -> None:
    with pytest.raises(errors.AnswerError):
        checked_origin(origin)


def answered(seq: int, frame: bytes) -> httpx.Response:
    """Return an answer with one record of a log that goes on and on."""
    info = dump_json({"seq": seq, "day": "2026-11-23", "by": "member", "head": "A" * 43})
    headers = {"ETag": f'"{"A" * 43}"', "Meldkluis-Length": "1000000"}
    return httpx.Response(200, content=u32(len(info)) + info + u32(len(frame)) + frame, headers=headers)


def test_a_log_without_end_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.wire.intake_client._MAX_READ", 3_000)
    intake, seen = client(*(answered(seq, bytes(1_000)) for seq in range(1, 9)))

    page = intake.entries(LOG, 0, SIGNER)

    assert [record.seq for record in page.records] == [1, 2, 3]
    assert page.length == len(seen) == 3


def test_too_many_entries_for_one_log_are_that_logs_matter() -> None:
    intake, _ = client(refusal(429, "slow_down", {"Retry-After": "17"}))

    with pytest.raises(errors.LogSlowDownError) as caught:
        intake.append(LOG, b"frame", SIGNER, bytes(32))
    assert caught.value.seconds == 17


@contextmanager
def dripping(answer: bytes) -> Iterator[str]:
    """Serve one answer, a byte at a time with a pause before each, and give the origin."""
    stop = Event()

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            for place in range(len(answer)):
                if stop.wait(0.1):
                    return
                connection.sendall(answer[place : place + 1])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 20]
)
def test_an_intake_that_drips_its_answer_is_left_at_the_deadline(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No single read takes long, so a time limit for each of them would never be reached."""
    monkeypatch.setattr("casework.wire.exchange._LONGEST_EXCHANGE", 1)

    with dripping(answer) as origin, pytest.raises(errors.UnreachableError):
        IntakeClient(origin).bundle("desk")
