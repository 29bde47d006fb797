# SPDX-License-Identifier: EUPL-1.2
"""Attachments on the real server: killed while parts come, and the length of bodies."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import httpx
import pytest

from crypto.httpsig import sign_request
from crypto.logs import BLOB_PART_LENGTH, Claim
from intake.clock import today
from intake.serve import WORKERS
from intake.site import HERE
from support.blobs import MIB, a_claim, parts_of
from support.memory import children
from support.real_intake import RealIntake
from support.sealed_desk import SealedDesk, SealedLog

SENDERS = 3
BEFORE_THE_KILL = 8

pytestmark = pytest.mark.skipif(
    not (HERE / "static" / "manifest.json").is_file(), reason="the static files are not built: run make install"
)


@pytest.fixture(scope="module")
def desk() -> Iterator[SealedDesk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("support.sealed_desk.TODAY", today())
        yield SealedDesk()


@pytest.fixture
def log(desk: SealedDesk) -> SealedLog:
    return SealedLog(desk.id)


@pytest.fixture
def intake(tmp_path: Path, desk: SealedDesk) -> RealIntake:
    return RealIntake(tmp_path, desk)


def claimed(intake: RealIntake, log: SealedLog, claim: Claim) -> list[bytes]:
    """Open a mailbox with the claim; returns the blob's parts."""
    with httpx.Client() as client:
        assert intake.report(client, log, log.first(3, claim)).status_code == httpx.codes.CREATED
    return parts_of(claim)


def send_until_it_dies(intake: RealIntake, log: SealedLog, claim: Claim, parts: list[bytes]) -> set[int]:
    """Send parts, several at once, and kill the whole service meanwhile; returns the acknowledged numbers."""
    process = intake.start()
    process.wait_until(lambda: len(children(process.pid)) == WORKERS)
    left, acknowledged, turn, enough = iter(range(1, len(parts) + 1)), set[int](), Lock(), Event()

    def write() -> None:
        with httpx.Client() as client:
            while True:
                with turn:
                    number = next(left)
                try:
                    status = intake.put_part(client, claim, number, parts[number - 1], log.login).status_code
                except httpx.TransportError:
                    return
                assert status == httpx.codes.CREATED
                with turn:
                    acknowledged.add(number)
                    if len(acknowledged) >= BEFORE_THE_KILL:
                        enough.set()

    with ThreadPoolExecutor(SENDERS) as pool:
        writing = [pool.submit(write) for _ in range(SENDERS)]
        assert enough.wait(60)
        for pid in [process.pid, *children(process.pid)]:
            os.kill(pid, signal.SIGKILL)
        for future in writing:
            future.result()
    process.wait()
    return acknowledged


def test_every_acknowledged_part_survives_a_kill_and_the_upload_goes_on(intake: RealIntake, log: SealedLog) -> None:
    claim = a_claim(60 * MIB)
    process = intake.start()
    parts = claimed(intake, log, claim)
    process.stop()
    acknowledged = send_until_it_dies(intake, log, claim, parts)
    (intake.folder / "blobs" / "new" / "half").write_bytes(b"what a write left that was cut off")

    process = intake.start()
    with httpx.Client() as client:
        path = f"/blobs/{claim.blob}"
        before = intake.get(client, path, log.login).json()["missing"]
        missing = {number for start, end in before for number in range(start, end + 1)}
        sent = [intake.put_part(client, claim, number, parts[number - 1], log.login) for number in sorted(missing)]
        after = intake.get(client, path, log.login).json()["missing"]
        fetched = (intake.get(client, f"{path}/parts/{number}", log.committee) for number in range(1, len(parts) + 1))
        differing = [number for number, answer in enumerate(fetched, 1) if answer.content != parts[number - 1]]
    process.stop()

    assert len(acknowledged) >= BEFORE_THE_KILL
    assert missing
    assert not acknowledged & missing
    assert {answer.status_code for answer in sent} <= {200, 201}
    assert (after, differing) == ([], [])
    assert list((intake.folder / "blobs" / "new").iterdir()) == []


def test_a_part_may_be_a_mebibyte_and_no_more(intake: RealIntake, log: SealedLog) -> None:
    claim = a_claim(2 * MIB)
    process = intake.start()
    parts = claimed(intake, log, claim)
    target = f"{intake.origin}/blobs/{claim.blob}/parts/2"
    headers = sign_request("PUT", target, today(), log.login, parts[1]) | {"Content-Type": "application/octet-stream"}

    with httpx.Client() as client:
        answers = [
            intake.put_part(client, claim, 1, parts[0], log.login),
            client.put(target, content=iter([parts[1]]), headers=headers),
            intake.put_part(client, claim, 1, parts[0] + b"x", log.login),
        ]
        elsewhere = client.put(f"{intake.origin}/desks/x/epochs", content=bytes(BLOB_PART_LENGTH))
    process.stop()

    assert [answer.status_code for answer in answers] == [201, 201, 413]
    assert elsewhere.status_code == 413
    assert "524288" in elsewhere.json()["message"]
