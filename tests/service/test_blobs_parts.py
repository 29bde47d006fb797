# SPDX-License-Identifier: EUPL-1.2
"""Parts of blobs over HTTP: who sends them, what is missing, who fetches them (API.md, "Blobs")."""

import secrets
from datetime import UTC, datetime, time

import pytest
from werkzeug.test import TestResponse

from crypto.httpsig import sign_request
from crypto.logs import Claim
from intake.headers import HEADERS
from support.blobs import MIB, a_claim, parts_of
from support.intake_service import IntakeService, answer, small_site
from support.sealed_desk import ORIGIN, SealedDesk, SealedLog, seed

MORE_THAN_ANY_DISK = 10**12


@pytest.fixture
def claim(intake: IntakeService, log: SealedLog) -> Claim:
    """A blob of three parts, claimed by the reporter's first entry."""
    found = a_claim(5 * MIB // 2)
    intake.open(log, log.first(3, found))
    return found


@pytest.fixture
def parts(claim: Claim) -> list[bytes]:
    return parts_of(claim)


def send(intake: IntakeService, claim: Claim, parts: list[bytes], key: bytes) -> list[int]:
    return [intake.put_part(claim.blob, number, part, key).status_code for number, part in enumerate(parts, 1)]


def missing(intake: IntakeService, claim: Claim, key: bytes) -> object:
    return answer(intake.get(f"/blobs/{claim.blob}", key))["missing"]


def refused(response: TestResponse) -> tuple[int, str]:
    return response.status_code, answer(response)["error"]


def test_a_blob_is_sent_in_parts_and_comes_back_as_it_was_sent(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    statuses = send(intake, claim, parts, log.login)

    fetched = [intake.get(f"/blobs/{claim.blob}/parts/{number}", log.committee) for number in (1, 2, 3)]
    assert statuses == [201, 201, 201]
    assert [response.data for response in fetched] == parts
    assert {response.content_type for response in fetched} == {"application/octet-stream"}


def test_the_status_tells_size_parts_and_what_is_missing(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    told = [answer(intake.get(f"/blobs/{claim.blob}", log.login))]
    for number in (2, 1, 3):
        intake.put_part(claim.blob, number, parts[number - 1], log.login)
        told.append(answer(intake.get(f"/blobs/{claim.blob}", log.login)))

    assert {(status["size"], status["parts"]) for status in told} == {(claim.size, 3)}
    assert [status["missing"] for status in told] == [[[1, 3]], [[1, 1], [3, 3]], [[3, 3]], []]


def test_a_part_that_is_sent_again_is_stored_once(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    assert [intake.put_part(claim.blob, 2, parts[1], log.login).status_code for _ in range(3)] == [201, 200, 200]
    assert missing(intake, claim, log.login) == [[1, 1], [3, 3]]


def test_a_part_is_not_replaced_by_other_bytes(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    intake.put_part(claim.blob, 1, parts[0], log.login)

    response = intake.put_part(claim.blob, 1, parts[1], log.login)

    assert refused(response) == (409, "conflict")
    assert intake.get(f"/blobs/{claim.blob}/parts/1", log.login).data == parts[0]


@pytest.mark.parametrize("number, change", [(1, -1), (3, -1), (3, 1)])
def test_a_part_of_another_length_is_refused(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes], number: int, change: int
) -> None:
    part = (parts[number - 1] + b"x")[: len(parts[number - 1]) + change]

    assert refused(intake.put_part(claim.blob, number, part, log.login)) == (400, "malformed")
    assert missing(intake, claim, log.login) == [[1, 3]]


def test_a_part_over_the_limit_is_too_large(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    assert refused(intake.put_part(claim.blob, 1, parts[0] + b"x", log.login)) == (413, "too_large")


@pytest.mark.parametrize("number", ["0", "01", "-1", "+1", "1.0", "one", "4", "9999", "10000", "1e0", "%C2%B2"])
def test_a_part_that_the_blob_does_not_have_is_refused(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes], number: str
) -> None:
    assert refused(intake.put_part(claim.blob, number, parts[2], log.login)) == (400, "malformed")


def test_a_part_that_has_not_come_is_unknown(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    intake.put_part(claim.blob, 1, parts[0], log.login)

    answers = [intake.get(f"/blobs/{claim.blob}/parts/{number}", log.login) for number in (1, 2, 4)]

    assert [response.status_code for response in answers] == [200, 404, 404]


def test_a_part_must_be_octets(intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]) -> None:
    response = intake.put_part(claim.blob, 1, parts[0], log.login, {"Content-Type": "text/plain"})

    assert refused(response) == (400, "malformed")


def test_a_part_that_was_altered_on_its_way_is_refused(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    path = f"/blobs/{claim.blob}/parts/1"
    headers = sign_request("PUT", f"{ORIGIN}{path}", intake.today, log.login, parts[0])
    headers |= {"Content-Type": "application/octet-stream"}

    response = intake.client.put(path, data=parts[1], headers=headers, base_url=ORIGIN)

    assert refused(response) == (401, "signature")
    assert missing(intake, claim, log.login) == [[1, 3]]


def test_requests_about_blobs_are_signed(intake: IntakeService, claim: Claim) -> None:
    for path in (f"/blobs/{claim.blob}", f"/blobs/{claim.blob}/parts/1"):
        assert refused(intake.get(path)) == (401, "signature")


def test_whoever_may_not_see_a_blob_gets_the_answer_for_none(
    intake: IntakeService, desk: SealedDesk, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    intake.put_part(claim.blob, 1, parts[0], log.login)
    intake.add_entry(log, log.reply(new_login=seed()), log.committee)
    other = SealedLog(desk.id)
    intake.open(other)
    nothing = a_claim().blob
    retired, member = log.committee, desk.identities["anna"]

    answers = [intake.put_part(nothing, 1, parts[0], log.login)]
    answers += [intake.put_part(claim.blob, 1, parts[0], key) for key in (other.login, retired, member)]
    for path in ("", "/parts/1"):
        answers.append(intake.get(f"/blobs/{nothing}{path}", log.login))
        answers += [intake.get(f"/blobs/{claim.blob}{path}", key) for key in (other.login, retired, member)]

    assert {(response.status_code, response.data) for response in answers} == {(404, answers[0].data)}
    assert answer(answers[0])["error"] == "unknown"


def test_the_other_side_fetches_and_does_not_send(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    reply = a_claim(stanzas=1)
    intake.add_entry(log, log.reply(1, reply), log.committee)
    (its_part,) = parts_of(reply)

    refusals = [
        intake.put_part(claim.blob, 1, parts[0], log.committee),
        intake.put_part(reply.blob, 1, its_part, log.login),
    ]
    sent = intake.put_part(reply.blob, 1, its_part, log.committee)

    assert [refused(response) for response in refusals] == [(404, "unknown")] * 2
    assert sent.status_code == 201
    assert intake.get(f"/blobs/{reply.blob}/parts/1", log.login).data == its_part


def test_a_new_committee_login_goes_on_where_the_old_one_stopped(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    claim, new = a_claim(MIB, stanzas=1), seed()
    parts = parts_of(claim)
    intake.add_entry(log, log.reply(1, claim), log.committee)
    intake.put_part(claim.blob, 1, parts[0], log.committee)
    intake.add_entry(log, log.reply(new_login=new), log.committee)

    sent = intake.put_part(claim.blob, 2, parts[1], new)

    assert sent.status_code == 201
    assert missing(intake, claim, new) == []


def test_an_upload_goes_on_after_its_desk_closed(
    intake: IntakeService, desk: SealedDesk, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    intake.put_part(claim.blob, 1, parts[0], log.login)
    desk.changes |= {"version": 2, "closes": intake.today.replace(day=1), "previous": desk.document_hash()}
    intake.add(desk)
    late = SealedLog(desk.id)
    closed = intake.append(late, late.first(), late.login, None)

    assert answer(closed)["error"] == "closed"
    assert send(intake, claim, parts, log.login) == [200, 201, 201]


def test_parts_are_refused_below_the_mark_and_repeated_ones_are_answered(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    intake.put_part(claim.blob, 1, parts[0], log.login)
    full = IntakeService(intake.settings.data_folder, small_site(), free_space_mb=MORE_THAN_ANY_DISK)

    answers = [full.put_part(claim.blob, number, parts[number - 1], log.login) for number in (1, 2)]

    assert [response.status_code for response in answers] == [200, 503]
    assert missing(intake, claim, log.login) == [[2, 3]]
    full.close()


def test_every_answer_about_blobs_has_the_headers(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    answers = [
        intake.put_part(claim.blob, 1, parts[0], log.login),
        intake.put_part(claim.blob, 1, parts[1], log.login),
        intake.get(f"/blobs/{claim.blob}", log.login),
        intake.get(f"/blobs/{claim.blob}/parts/1", log.login),
        intake.get(f"/blobs/{claim.blob}/parts/2", log.login),
    ]

    assert [response.status_code for response in answers] == [201, 409, 200, 200, 404]
    for response in answers:
        assert dict(response.headers).items() >= HEADERS.items()


def test_files_tell_the_id_the_number_and_the_day(
    intake: IntakeService, log: SealedLog, claim: Claim, parts: list[bytes]
) -> None:
    send(intake, claim, parts, log.login)
    intake.get(f"/blobs/{claim.blob}/parts/1", log.committee)
    folder = intake.settings.blob_folder

    files = {path.relative_to(folder).as_posix(): path for path in (folder, *folder.rglob("*"))}

    assert files.keys() == {".", "new", claim.blob, *(f"{claim.blob}/{number}" for number in (1, 2, 3))}
    assert {moment(path.stat().st_mtime) for path in files.values()} == {time.min}
    assert {moment(path.stat().st_atime) for path in files.values() if path.is_file()} == {time.min}
    assert {path.stat().st_mode & 0o077 for path in files.values()} == {0}


def test_an_id_in_an_address_is_never_a_path(intake: IntakeService, log: SealedLog, claim: Claim) -> None:
    part = secrets.token_bytes(100)
    for blob in ("..", "%2e%2e", "new", ".", claim.blob.upper(), f"{claim.blob}%2f..", "a" * 32):
        assert intake.put_part(blob, 1, part, log.login).status_code in {404, 405}
    assert [path.name for path in intake.settings.blob_folder.iterdir()] == ["new"]


def moment(seconds: float) -> time:
    return datetime.fromtimestamp(seconds, UTC).time()
