# SPDX-License-Identifier: EUPL-1.2
"""The reporter's worker and the real intake, over HTTP on this machine, agree about every request and answer."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from crypto.age import Identity
from crypto.desk import read_bundle, write_bundle
from crypto.httpsig import sign_request
from crypto.logs import parse_frame
from crypto.passphrase import new_words
from crypto.unseal import Reader, open_report
from intake.deskfile import read_desk_file
from support.answering import answering
from support.intake_service import IntakeService, records, small_site
from support.node import run_node
from support.sealed_desk import TODAY, SealedDesk

ANSWERS = {"what": "Het magazijn klopt niet."}


class OpenDesk:
    """A desk whose members hold the keys of their epochs."""

    def __init__(self) -> None:
        self.sealed = SealedDesk()
        self.identities = {member: Identity.generate() for member in self.sealed.identities}
        epochs = [self.sealed.epoch(name, recipient=key.recipient()) for name, key in self.identities.items()]
        self.bundle = write_bundle(TODAY, [], self.sealed.statement(), epochs)


@pytest.fixture(scope="module")
def desk() -> OpenDesk:
    return OpenDesk()


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory, desk: OpenDesk) -> Iterator[IntakeService]:
    folder = tmp_path_factory.mktemp("intake")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        service = IntakeService(folder, small_site(), origins=(origin,), unsafe_loopback_http=True)
        publish(service, desk)
        server = make_server("127.0.0.1", 0, service.app, threaded=True, fd=listener.fileno())
        with answering(server):
            yield service
    service.close()


def publish(service: IntakeService, desk: OpenDesk) -> None:
    found = read_desk_file(desk.bundle, TODAY, service.store.desk, None)
    service.store.put_desk(found.record)
    for epoch in found.epochs:
        service.store.put_epoch(epoch, TODAY)


@pytest.fixture(scope="module")
def story(intake: IntakeService, desk: OpenDesk) -> dict[str, Any]:
    question = {
        "desk": desk.sealed.id,
        "origin": intake.settings.origins[0],
        "day": TODAY.isoformat(),
        "words": " ".join(new_words("nl")),
        "answers": ANSWERS,
    }
    output = run_node('import "./tests/support/worker_story.js";', stdin=json.dumps(question).encode())
    answers: dict[str, Any] = json.loads(output)
    return answers


def test_the_worker_opens_the_desk(story: dict[str, Any], desk: OpenDesk) -> None:
    assert (story["opened"]["id"], story["opened"]["state"]) == (desk.sealed.id, "open")


def test_words_without_a_mailbox_are_unknown(story: dict[str, Any]) -> None:
    assert story["unknown"] == "unknown"


def test_sending_the_report_twice_makes_one_report(story: dict[str, Any]) -> None:
    assert story["again"] == story["sent"] | {"earlier": True}
    assert story["sent"]["seq"] == 1


def test_the_reporter_comes_back_and_finds_both_entries(story: dict[str, Any]) -> None:
    assert story["message"]["seq"] == 2
    assert [entry["kind"] for entry in story["mailbox"]["entries"]] == ["report", "message"]
    assert story["mailbox"]["received"] == TODAY.isoformat()


def test_a_member_opens_what_the_intake_keeps(story: dict[str, Any], intake: IntakeService, desk: OpenDesk) -> None:
    log = story["sent"]["log"]
    target = f"/logs/{log}/entries?after=0"
    origin = intake.settings.origins[0]
    headers = sign_request("GET", f"{origin}{target}", TODAY, desk.sealed.identities["anna"])
    [(_, frame)] = records(intake.client.get(target, headers=headers, base_url=origin).data)
    shown = read_bundle(desk.sealed.id, desk.bundle, TODAY)
    reader = Reader("anna", [desk.identities["anna"]])
    assert open_report(parse_frame(frame, log), [shown], reader).record.answers == ANSWERS
