# SPDX-License-Identifier: EUPL-1.2
"""The plain form on the server as it is shipped, which collects a body before the application sees it."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from crypto.encoding import parse_json
from intake.clock import today
from intake.site import HERE
from support.letters import BOUNDARY, a_letter, form, marked
from support.markers import found_in
from support.real_intake import RealIntake
from support.sealed_desk import SealedDesk

MARKER = "Het was de wethouder, niemand anders"
MANY = 64 << 20

pytestmark = pytest.mark.skipif(
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


def send(intake: RealIntake, desk: SealedDesk, body: bytes) -> httpx.Response:
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return httpx.post(f"{intake.origin}/{desk.id}/nl/without_script", content=body, headers=kind, timeout=60)


def test_a_long_letter_arrives_whole(intake: RealIntake, desk: SealedDesk) -> None:
    letter = a_letter(plaintext=9_000_000)

    response = send(intake, desk, form(letter))

    assert (response.status_code, "Uw bestand is aangekomen" in response.text) == (200, True)
    with httpx.Client() as client:
        listed = parse_json(intake.get(client, f"/desks/{desk.id}/letters", desk.identities["anna"]).content)
        assert isinstance(listed, dict)
        (name,) = [found["letter"] for found in listed["letters"]]
        path = f"/desks/{desk.id}/letters/{name}/parts"
        parts = [intake.get(client, f"{path}/{number}", desk.identities["bram"]).content for number in range(1, 10)]
    assert b"".join(parts) == letter


@pytest.mark.parametrize("size", [17 << 20, 40 << 20])
def test_what_is_too_long_is_told_so_on_a_page(intake: RealIntake, desk: SealedDesk, size: int) -> None:
    response = send(intake, desk, form(bytes(size)))

    assert response.status_code == 413
    assert "Het bestand is groter dan deze website aanneemt" in response.text


def test_the_page_comes_before_a_body_that_nobody_will_read(intake: RealIntake, desk: SealedDesk) -> None:
    head = (
        f"POST /{desk.id}/nl/without_script HTTP/1.1\r\nHost: 127.0.0.1:{intake.port}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {MANY}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", intake.port), 30) as sock:
        sock.sendall(head.encode() + b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        sock.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: sock.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_file_that_is_not_locked_stands_in_no_file_and_no_log(intake: RealIntake, desk: SealedDesk) -> None:
    for data in marked(MARKER.encode()):
        response = send(intake, desk, form(data))
        assert (response.status_code, "Het bestand zit niet op slot" in response.text) == (400, True)

    files = [path for path in intake.folder.rglob("*") if path.is_file()]
    assert found_in([*files, intake.log_file], {"mistake": MARKER}) == []
