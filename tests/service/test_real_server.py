# SPDX-License-Identifier: EUPL-1.2
"""What only the real server can show: crashes under load, answers that gunicorn makes, and its log."""

import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import httpx
import pytest

from crypto.logs import MAX_FRAME
from intake.clock import today
from intake.headers import HEADERS
from intake.serve import WORKERS
from intake.site import HERE
from intake.store.engine import connect
from intake.store.records import Scope
from intake.store.sql import SqlStore
from processes import Process
from support.memory import children
from support.real_intake import RealIntake
from support.sealed_desk import SealedDesk, SealedLog, signed_append

WRITERS = 8
BEFORE_THE_KILL = 60
TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}")

pytestmark = pytest.mark.skipif(
    not (HERE / "static" / "manifest.json").is_file(), reason="the static files are not built: run make install"
)


@pytest.fixture(scope="module")
def desk() -> Iterator[SealedDesk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("support.sealed_desk.TODAY", today())
        yield SealedDesk()


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory, desk: SealedDesk) -> RealIntake:
    return RealIntake(tmp_path_factory.mktemp("intake"), desk)


@pytest.fixture(scope="module")
def serving(intake: RealIntake) -> Iterator[Process]:
    """The intake as it serves during most tests of this module."""
    process = intake.start()
    process.wait_until(lambda: len(children(process.pid)) == WORKERS)
    yield process
    process.stop()


def exchange(intake: RealIntake, raw: bytes) -> tuple[str, dict[str, str], bytes]:
    """Send bytes as they are; returns status line, headers and body of the answer."""
    with socket.create_connection(("127.0.0.1", intake.port), 30) as sock:
        sock.sendall(raw)
        sock.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: sock.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    return status, dict(line.split(": ", 1) for line in lines), body


def test_every_acknowledged_report_survives_a_kill_under_load(tmp_path: Path, desk: SealedDesk) -> None:
    intake = RealIntake(tmp_path, desk)
    process = intake.start()
    process.wait_until(lambda: len(children(process.pid)) == WORKERS)
    acknowledged: list[tuple[SealedLog, bytes]] = []
    turn, enough = Lock(), Event()

    def write() -> None:
        with httpx.Client() as client:
            while True:
                log = SealedLog(desk.id)
                frame = log.first()
                try:
                    status = intake.report(client, log, frame).status_code
                except httpx.TransportError:
                    return
                assert status == httpx.codes.CREATED
                with turn:
                    acknowledged.append((log, frame))
                    if len(acknowledged) >= BEFORE_THE_KILL:
                        enough.set()

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write) for _ in range(WRITERS)]
        assert enough.wait(60)
        victims = [process.pid, *children(process.pid)]
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        for future in writing:
            future.result()
    process.wait()

    again = intake.start()
    again.stop()
    store = SqlStore(connect(f"sqlite:///{intake.folder / 'intake.sqlite3'}"))
    kept = [[entry.frame for entry in store.entries(log.id, 0, 1, Scope.ALL)] for log, _ in acknowledged]
    store.close()
    assert len(victims) == 1 + WORKERS
    assert kept == [[frame] for _, frame in acknowledged]


@pytest.mark.usefixtures("serving")
@pytest.mark.parametrize("size", [MAX_FRAME + 1, 8 * MAX_FRAME])
def test_a_body_over_the_limit_gets_an_answer_and_no_reset(intake: RealIntake, desk: SealedDesk, size: int) -> None:
    log = SealedLog(desk.id)

    response = httpx.post(f"{intake.origin}/logs/{log.id}/entries", content=bytes(size))

    assert (response.status_code, response.json()["error"]) == (413, "too_large")


@pytest.mark.usefixtures("serving")
def test_a_body_without_length_is_limited_too(intake: RealIntake, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    pieces = (bytes(65_536) for _ in range(20))

    response = httpx.post(f"{intake.origin}/logs/{log.id}/entries", content=pieces)

    assert (response.status_code, response.json()["error"]) == (413, "too_large")


@pytest.mark.usefixtures("serving")
def test_a_report_without_length_is_taken(intake: RealIntake, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    frame = log.first()
    headers = signed_append(log.id, frame, log.login, None, day=today(), origin=intake.origin)

    response = httpx.post(f"{intake.origin}/logs/{log.id}/entries", content=iter([frame]), headers=headers)

    assert response.status_code == httpx.codes.CREATED


@pytest.mark.usefixtures("serving")
def test_a_connection_goes_on_after_a_refusal(intake: RealIntake, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    with httpx.Client() as client:
        refused = client.post(f"{intake.origin}/nothing/here", content=bytes(300_000))
        accepted = intake.report(client, log, log.first())

    assert [refused.status_code, accepted.status_code] == [405, 201]


@pytest.mark.usefixtures("serving")
@pytest.mark.parametrize(
    "raw",
    [
        b"rubbish\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Header: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=["no request line", "version", "long address", "header name", "long header", "two lengths"],
)
def test_what_is_not_http_gets_a_json_error_with_all_headers(intake: RealIntake, raw: bytes) -> None:
    status, headers, body = exchange(intake, raw)

    assert status == "HTTP/1.1 400 Bad Request"
    assert json.loads(body)["error"] == "malformed"
    assert headers.items() >= HEADERS.items()


def test_the_log_tells_no_time_no_address_and_no_request(tmp_path: Path, desk: SealedDesk) -> None:
    intake = RealIntake(tmp_path, desk)
    serving = intake.start()
    log = SealedLog(desk.id)
    with httpx.Client() as client:
        intake.report(client, log, log.first())
        client.get(f"{intake.origin}/marker-in-the-path?marker=1", headers={"User-Agent": "marker-agent"})
        client.get(f"{intake.origin}/{desk.id}/nl/")
    exchange(intake, b"marker\r\n\r\n")
    exchange(intake, b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nmarker")
    serving.stop()

    said = serving.output()

    assert "Listening at" in said
    assert not TIME_OF_DAY.search(said.replace(f"127.0.0.1:{intake.port}", ""))
    for secret in ("marker", desk.id, log.id, "POST", "GET", "Traceback"):
        assert secret not in said
    assert said.count("127.0.0.1") == 1


def test_the_data_folder_holds_nothing_but_the_database_and_blobs(intake: RealIntake, serving: Process) -> None:
    names = {path.name for path in intake.folder.iterdir()}

    assert serving.running
    assert names <= {"blobs", *(f"intake.sqlite3{suffix}" for suffix in ("", "-wal", "-shm", ".lock"))}


def test_workers_run_in_the_data_folder_with_a_safe_path(intake: RealIntake, serving: Process) -> None:
    found = children(serving.pid)

    assert len(found) == WORKERS
    for pid in found:
        assert Path(f"/proc/{pid}/cwd").resolve() == intake.folder.resolve()
        assert "-P" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        assert len(list(Path(f"/proc/{pid}/task").iterdir())) == 1
