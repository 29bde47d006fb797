# SPDX-License-Identifier: EUPL-1.2
"""The reporter's deletion of the mailbox over HTTP (API.md, "Deletion"; FORMAT.md section 7.7)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from werkzeug.test import TestResponse

from crypto.deletion import TYPE, Deletion, write_deletion
from crypto.encoding import dump_json
from crypto.fields import to_json
from crypto.logs import Claim, Meta, encode_frame
from crypto.signing import sign_statement
from intake.blobstore.files import FileBlobStore
from intake.deletion import remove_gone
from intake.store.records import Entry
from support.blobs import a_claim, parts_of
from support.intake_service import IntakeService, answer, records, small_site
from support.sealed_desk import TODAY, SealedDesk, SealedLog, case_log, seed

SIGN = seed()
NEW = seed()


@pytest.fixture
def log(intake: IntakeService, desk: SealedDesk) -> SealedLog:
    """A mailbox: report, grant, reply, message, reply."""
    found = SealedLog(desk.id)
    intake.open(found)
    intake.add_entry(found, found.reply(3, new_login=NEW), found.committee)
    intake.add_entry(found, found.reply(), NEW)
    intake.add_entry(found, found.message(), found.login)
    intake.add_entry(found, found.reply(), NEW)
    return found


def deletion(log: SealedLog, **changes: object) -> bytes:
    usual = Deletion(log.desk, log.id, 6, log.head, TODAY, (3, 5))
    return write_deletion(replace(usual, **changes), SIGN)  # type: ignore[arg-type]  # whatever fields the test names


def frames(intake: IntakeService, log: SealedLog, key: bytes = NEW) -> list[bytes]:
    return [frame for _, frame in records(intake.read(log.id, key).data)]


def refusal(response: TestResponse) -> tuple[int, str]:
    return response.status_code, answer(response)["error"]


def test_a_deletion_leaves_the_hashes_of_the_replies_and_everything_else(intake: IntakeService, log: SealedLog) -> None:
    before = frames(intake, log)

    response = intake.append(log, frame := deletion(log), log.login, log.head)

    after = frames(intake, log)
    assert response.status_code == 201
    assert [after[2], after[4]] == [sha256(before[2]).digest(), sha256(before[4]).digest()]
    assert [after[0], after[1], after[3], after[5]] == [before[0], before[1], before[3], frame]


def test_after_a_deletion_the_words_open_no_more_than_those_of_nobody(intake: IntakeService, log: SealedLog) -> None:
    nobody = SealedLog(log.desk)
    message = log.message()
    intake.append(log, deletion(log), log.login, log.head)
    unknown = intake.read(nobody.id, nobody.login)

    read = intake.read(log.id, log.login)
    written = intake.append(log, message, log.login, log.head)

    assert refusal(read) == refusal(written) == refusal(unknown) == (404, "unknown")
    assert read.data == written.data == unknown.data
    assert dict(read.headers) == dict(unknown.headers)


def test_a_deletion_that_is_sent_again_gets_its_first_answer(intake: IntakeService, log: SealedLog) -> None:
    frame = deletion(log)
    first = intake.append(log, frame, log.login, log.head)
    again = intake.append(log, frame, log.login, log.head)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data == again.data


def test_another_key_learns_nothing_from_sending_a_deletion_again(intake: IntakeService, log: SealedLog) -> None:
    frame = deletion(log)
    intake.append(log, frame, log.login, log.head)

    assert refusal(intake.append(log, frame, seed(), log.head)) == (404, "unknown")


@pytest.mark.parametrize(
    "of",
    [
        pytest.param((1, 3, 5), id="the report"),
        pytest.param((2, 3, 5), id="a grant"),
        pytest.param((3, 4, 5), id="an entry of the reporter"),
        pytest.param((3, 5, 6), id="itself"),
        pytest.param((3,), id="a reply too few"),
        pytest.param((), id="nothing"),
    ],
)
def test_a_deletion_names_all_replies_and_nothing_else(
    intake: IntakeService, log: SealedLog, of: tuple[int, ...]
) -> None:
    before = frames(intake, log)

    response = intake.append(log, deletion(log, of=of), log.login, log.head)

    assert refusal(response) == (400, "malformed")
    assert frames(intake, log) == before
    assert intake.read(log.id, log.login).status_code == 200


def test_a_deletion_reads_replies_alone_and_no_further_than_the_first_that_it_leaves_out(
    intake: IntakeService, log: SealedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    entries = intake.store.entries

    def noted(*which: Any) -> Iterator[Entry]:
        for entry in entries(*which):
            read.append(entry.seq)
            yield entry

    monkeypatch.setattr(intake.store, "entries", noted)
    refused = [intake.append(log, deletion(log, of=of), log.login, log.head) for of in [(5,), (1, 3, 5), (3, 4, 5)]]
    looked_at = [*read]
    accepted = intake.append(log, deletion(log), log.login, log.head)

    assert [response.status_code for response in (*refused, accepted)] == [400, 400, 400, 201]
    assert looked_at == [3, 3, 5]
    assert read[len(looked_at) :] == [3, 5]


@pytest.mark.parametrize("change", [{"seq": 5}, {"prev": bytes(32)}, {"desk": "a" * 26}, {"log": "a" * 32}])
def test_a_deletion_signed_for_another_place_is_refused(
    intake: IntakeService, log: SealedLog, change: dict[str, object]
) -> None:
    wanted = Deletion(log.desk, log.id, 6, log.head, TODAY, (3, 5))
    payload = dump_json({"v": 1} | json.loads(_payload(replace(wanted, **change))))  # type: ignore[arg-type]
    frame = encode_frame(Meta(log.id), (sign_statement(TYPE, payload, SIGN),))

    assert refusal(intake.append(log, frame, log.login, log.head)) == (400, "malformed")


def test_words_do_not_fit_into_a_deletion(intake: IntakeService, log: SealedLog) -> None:
    wanted = json.loads(_payload(Deletion(log.desk, log.id, 6, log.head, TODAY, (3, 5))))
    payload = dump_json(wanted | {"ground": "een marker in gewone woorden"})
    frame = encode_frame(Meta(log.id), (sign_statement(TYPE, payload, SIGN),))

    assert refusal(intake.append(log, frame, log.login, log.head)) == (400, "malformed")


def test_a_reply_that_came_meanwhile_is_read_before_it_is_deleted(intake: IntakeService, log: SealedLog) -> None:
    head, frame = log.head, deletion(log)
    intake.add_entry(log, log.reply(), NEW)

    assert refusal(intake.append(log, frame, log.login, head)) == (412, "head")
    assert intake.append(log, deletion(log, seq=7, of=(3, 5, 6)), log.login, log.head).status_code == 201


def test_the_committee_cannot_delete(intake: IntakeService, log: SealedLog) -> None:
    assert refusal(intake.append(log, deletion(log), NEW, log.head)) == (400, "malformed")


def test_an_entry_of_a_case_cannot_be_deleted(intake: IntakeService, desk: SealedDesk) -> None:
    log = case_log(desk.id)
    intake.open(log, log.first(), desk.identities["anna"])
    frame = deletion(log, seq=2, of=())

    assert intake.append(log, frame, log.login, log.head).status_code == 201
    assert len(frames(intake, log, log.login)[0]) > 32
    assert intake.read(log.id, log.login).status_code == 200


def test_after_a_deletion_the_committee_still_reads_and_a_case_can_change_hands(
    intake: IntakeService, log: SealedLog
) -> None:
    intake.append(log, frame := deletion(log), log.login, log.head)
    log.accepted(frame)

    assert intake.append(log, log.reply(3, new_login=seed()), NEW, log.head).status_code == 201


def test_a_deletion_needs_no_room_on_the_disk(intake: IntakeService, log: SealedLog) -> None:
    full = IntakeService(intake.settings.data_folder, small_site(), free_space_mb=10**9)

    assert refusal(full.append(log, log.message(), log.login, log.head)) == (503, "busy")
    assert full.append(log, deletion(log), log.login, log.head).status_code == 201
    full.close()


@pytest.fixture
def claim(intake: IntakeService, log: SealedLog) -> Claim:
    """The file of a third reply, which is whole."""
    found = a_claim(stanzas=1)
    intake.add_entry(log, log.reply(1, found), NEW)
    for number, part in enumerate(parts_of(found), 1):
        assert intake.put_part(found.blob, number, part, NEW).status_code == 201
    return found


def test_the_files_of_replies_go_with_them(intake: IntakeService, log: SealedLog, claim: Claim) -> None:
    intake.append(log, deletion(log, seq=7, of=(3, 5, 6)), log.login, log.head)

    asked = [intake.get(f"/blobs/{claim.blob}", key) for key in (log.login, NEW)]
    assert [refusal(response) for response in asked] == [(404, "unknown")] * 2
    assert refusal(intake.put_part(claim.blob, 1, parts_of(claim)[0], NEW)) == (404, "unknown")
    assert not (intake.settings.blob_folder / claim.blob).exists()


def test_a_part_that_is_sent_again_while_its_mailbox_is_deleted_does_not_stay(
    intake: IntakeService, log: SealedLog, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame, put = deletion(log, seq=7, of=(3, 5, 6)), FileBlobStore.put

    def put_late(blobs: FileBlobStore, *part: Any) -> bool:
        assert intake.append(log, frame, log.login, log.head).status_code == 201
        return put(blobs, *part)

    monkeypatch.setattr(FileBlobStore, "put", put_late)

    assert refusal(intake.put_part(claim.blob, 1, parts_of(claim)[0], NEW)) == (404, "unknown")
    assert not (intake.settings.blob_folder / claim.blob).exists()


def test_the_reporters_own_files_stay_with_the_committee(intake: IntakeService, log: SealedLog) -> None:
    own = a_claim()
    intake.add_entry(log, log.message(3, own), log.login)
    part = parts_of(own)[0]
    intake.put_part(own.blob, 1, part, log.login)

    intake.append(log, deletion(log, seq=7), log.login, log.head)

    assert intake.get(f"/blobs/{own.blob}/parts/1", NEW).data == part
    assert refusal(intake.get(f"/blobs/{own.blob}/parts/1", log.login)) == (404, "unknown")


def test_files_that_a_killed_service_left_go_when_it_starts_again(
    intake: IntakeService, log: SealedLog, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(type(intake.blobs), "remove", _killed)
        assert intake.append(log, deletion(log, seq=7, of=(3, 5, 6)), log.login, log.head).status_code == 500
    assert (intake.settings.blob_folder / claim.blob).exists()

    remove_gone(intake.store, intake.blobs, intake.store.gone_blobs())

    assert not (intake.settings.blob_folder / claim.blob).exists()
    assert intake.store.gone_blobs() == []


def _killed(*_: object) -> None:
    raise RuntimeError("the service was killed here")


def _payload(wanted: Deletion) -> bytes:
    return dump_json({"v": 1} | to_json(wanted))
