# SPDX-License-Identifier: EUPL-1.2
"""Which claims an append may make, over HTTP (API.md, "Blobs")."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from werkzeug.test import TestResponse

from crypto.encoding import u32
from crypto.logs import MAX_BLOB, Claim
from support.blobs import MIB, a_claim, parts_of
from support.intake_service import IntakeService, answer, small_site
from support.sealed_desk import SealedDesk, SealedLog, case_log, seed

GIB = 1024 * MIB


@pytest.fixture
def small(tmp_path: Path, desk: SealedDesk) -> Iterator[IntakeService]:
    """An intake that takes 2 MiB of attachments from each side of a mailbox, and 5 MiB an hour from each client."""
    service = IntakeService(
        tmp_path, small_site(), reporter_quota_mib=2, committee_quota_mib=2, client_claim_limit="5/hour"
    )
    service.add(desk)
    yield service
    service.close()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Gives the disk so many free bytes, whatever the machine has."""

    def free(size: int) -> None:
        usage = SimpleNamespace(free=size)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    return free


def refused(response: TestResponse) -> tuple[int, str]:
    return response.status_code, answer(response)["error"]


def altered(frame: bytes, old: str, new: str) -> bytes:
    """The frame with another meta than a client of ours would write."""
    end = 4 + int.from_bytes(frame[:4], "big")
    meta = frame[4:end].replace(old.encode(), new.encode())
    return u32(len(meta)) + meta + frame[end:]


def open_with(intake: IntakeService, log: SealedLog, *claims: Claim) -> TestResponse:
    return intake.append(log, log.first(3, *claims), log.login, None)


@pytest.mark.parametrize("file_size", [0, 1, 16_380, 16_381, 65_532, 5_000_000, 4_000_000_000])
def test_a_report_claims_files_of_any_length(intake: IntakeService, log: SealedLog, file_size: int) -> None:
    assert open_with(intake, log, a_claim(file_size)).status_code == 201


def test_an_entry_claims_sixteen_blobs_and_no_more(intake: IntakeService, log: SealedLog) -> None:
    sixteen, other = log.first(3, *(a_claim() for _ in range(16))), a_claim()
    more = f'{{"blob":"{other.blob}","size":{other.size}}}'
    seventeen = altered(sixteen, '"claims":[', f'"claims":[{more},')

    answers = [intake.append(log, frame, log.login, None) for frame in (seventeen, sixteen)]

    assert refused(answers[0]) == (400, "malformed")
    assert answers[1].status_code == 201


@pytest.mark.parametrize("change", [-1, 1, 16, 1024, -a_claim().size + 1])
def test_a_size_that_no_sealed_file_has_is_refused(intake: IntakeService, log: SealedLog, change: int) -> None:
    claim = a_claim()

    response = open_with(intake, log, replace(claim, size=claim.size + change))

    assert refused(response) == (400, "malformed")
    assert intake.store.access(log.id, bytes(32)) is None


def test_a_size_that_would_end_in_an_empty_chunk_is_refused(intake: IntakeService, log: SealedLog) -> None:
    full_chunk = a_claim(65_536 - 4)

    response = open_with(intake, log, replace(full_chunk, size=full_chunk.size + 16))

    assert refused(response) == (400, "malformed")


def test_a_blob_has_as_many_stanzas_as_its_entry(intake: IntakeService, log: SealedLog) -> None:
    assert refused(open_with(intake, log, a_claim(stanzas=2))) == (400, "malformed")


def test_a_reply_claims_blobs_that_one_reader_opens(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    to_members = intake.append(log, log.reply(1, a_claim(stanzas=3)), log.committee, log.head)
    intake.add_entry(log, log.reply(1, a_claim(stanzas=1)), log.committee)

    assert refused(to_members) == (400, "malformed")


def test_a_blob_over_the_limit_is_too_large(intake: IntakeService, log: SealedLog) -> None:
    claim = a_claim()
    frame = altered(log.first(3, claim), f'"size":{claim.size}', f'"size":{MAX_BLOB + 1}')

    response = intake.append(log, frame, log.login, None)

    assert refused(response) == (413, "too_large")


def test_a_blob_that_is_claimed_twice_in_one_entry_is_refused(intake: IntakeService, log: SealedLog) -> None:
    claim = a_claim()

    assert refused(open_with(intake, log, claim, claim)) == (400, "malformed")


def test_an_id_that_is_taken_is_refused_with_the_whole_entry(intake: IntakeService, desk: SealedDesk) -> None:
    claim, mine, theirs = a_claim(), SealedLog(desk.id), SealedLog(desk.id)
    open_with(intake, mine, claim)

    response = open_with(intake, theirs, a_claim(), claim)

    assert refused(response) == (409, "conflict")
    assert intake.store.access(theirs.id, bytes(32)) is None


def test_a_retried_claim_is_answered_again_and_counted_once(small: IntakeService, log: SealedLog) -> None:
    frame = log.first(3, a_claim(MIB))

    statuses = [small.append(log, frame, log.login, None).status_code for _ in range(9)]

    assert statuses == [201] + [200] * 8
    log.accepted(frame)
    small.add_entry(log, log.message(3, a_claim(MIB // 2)), log.login)


def test_a_case_entry_claims_nothing(intake: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)

    response = intake.append(case, case.first(3, a_claim()), desk.identities["anna"], None)

    assert refused(response) == (400, "malformed")


def test_an_entry_that_sets_a_login_claims_nothing(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    response = intake.append(log, log.reply(1, a_claim(stanzas=1), new_login=seed()), log.committee, log.head)

    assert refused(response) == (400, "malformed")


def test_a_retry_is_answered_when_nothing_is_left_for_it(small: IntakeService, log: SealedLog) -> None:
    frame = small.open(log, log.first(3, a_claim(2 * MIB - 200_000)))
    for _ in range(3):
        open_with(small, SealedLog(log.desk), a_claim(MIB))

    assert small.append(log, frame, log.login, None).status_code == 200


def test_each_side_of_a_mailbox_has_a_quota_of_its_own(small: IntakeService, log: SealedLog) -> None:
    small.open(log, log.first(3, a_claim(MIB)))
    over = small.append(log, log.message(3, a_claim(MIB)), log.login, log.head)

    small.add_entry(log, log.reply(1, a_claim(MIB, stanzas=1)), log.committee)
    small.add_entry(log, log.message(3, a_claim(MIB // 2)), log.login)
    over_again = small.append(log, log.reply(1, a_claim(MIB, stanzas=1)), log.committee, log.head)

    assert refused(over) == refused(over_again) == (409, "quota")


def test_a_text_goes_on_when_the_quota_is_used_up(small: IntakeService, log: SealedLog) -> None:
    small.open(log, log.first(3, a_claim(2 * MIB - 200_000)))

    small.add_entry(log, log.message(), log.login)


def test_a_client_claims_so_much_an_hour_in_whatever_mailboxes(small: IntakeService, desk: SealedDesk) -> None:
    logs = [SealedLog(desk.id) for _ in range(4)]

    answers = [open_with(small, log, a_claim(MIB)) for log in logs]
    text = open_with(small, SealedLog(desk.id))
    small.client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    elsewhere = open_with(small, logs[-1], a_claim(MIB))

    assert [response.status_code for response in answers] == [201, 201, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) > 60
    assert [text.status_code, elsewhere.status_code] == [201, 201]


def test_claims_are_refused_when_the_disk_has_no_room_for_them(
    intake: IntakeService, log: SealedLog, disk: Callable[[int], None]
) -> None:
    disk(intake.settings.free_space_mb * 1_000_000 + GIB)

    too_much = open_with(intake, log, a_claim(GIB))
    enough = open_with(intake, log, a_claim(GIB // 2))

    assert refused(too_much) == (503, "busy")
    assert int(too_much.headers["Retry-After"]) > 0
    assert enough.status_code == 201


def test_what_others_were_promised_is_not_promised_again(
    intake: IntakeService, desk: SealedDesk, disk: Callable[[int], None]
) -> None:
    disk(intake.settings.free_space_mb * 1_000_000 + GIB)
    open_with(intake, SealedLog(desk.id), a_claim(GIB // 2))

    claim = open_with(intake, SealedLog(desk.id), a_claim(GIB // 2))
    text = open_with(intake, SealedLog(desk.id))

    assert [claim.status_code, text.status_code] == [503, 201]


def test_a_promise_shrinks_as_parts_come_and_ends_after_two_days(intake: IntakeService, log: SealedLog) -> None:
    claim = a_claim(3 * MIB)
    open_with(intake, log, claim)
    first, *_ = parts_of(claim)

    promised = [intake.store.awaited(intake.today)]
    for _ in range(2):
        intake.put_part(claim.blob, 1, first, log.login)
        promised.append(intake.store.awaited(intake.today))
    promised += [intake.store.awaited(intake.today + timedelta(days=days)) for days in (1, 2)]

    left = claim.size - MIB
    assert promised == [claim.size, left, left, left, 0]


def test_a_committee_claims_no_more_than_the_disk_holds(
    intake: IntakeService, log: SealedLog, disk: Callable[[int], None]
) -> None:
    intake.open(log)
    disk(intake.settings.free_space_mb * 1_000_000)

    claim = intake.append(log, log.reply(1, a_claim(stanzas=1)), log.committee, log.head)
    intake.add_entry(log, log.reply(), log.committee)

    assert refused(claim) == (503, "busy")
