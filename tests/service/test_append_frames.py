# SPDX-License-Identifier: EUPL-1.2
"""What is appended must be a frame of its log, sealed to whom it must be; anything else is refused unread."""

import secrets
from datetime import timedelta

import pytest

from crypto.encoding import b64encode, dump_json, u32
from crypto.envelope import Stanza, write_header
from crypto.logs import MAX_FRAME, Meta, encode_frame
from crypto.padding import STATE_FLOOR
from support.intake_service import IntakeService, answer
from support.sealed_desk import TODAY, SealedDesk, SealedLog, envelope, signed_append

DAY = timedelta(days=1)


def test_an_id_that_does_not_match_its_keys_is_refused(intake: IntakeService, log: SealedLog) -> None:
    other = SealedLog(log.desk)
    frame = encode_frame(Meta(log.id, open=other.opening()), (envelope(3), envelope(1, STATE_FLOOR)))

    response = intake.append(log, frame, other.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "identifier")
    assert intake.length(log) == 0


def test_a_frame_of_another_log_is_refused(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    response = intake.append(log, SealedLog(log.desk).message(), log.login, log.head)

    assert (response.status_code, answer(response)["error"]) == (400, "identifier")


def not_age(_: SealedLog) -> tuple[bytes, ...]:
    return secrets.token_bytes(20_000), envelope(1, STATE_FLOOR)


def other_stanza(_: SealedLog) -> tuple[bytes, ...]:
    header = write_header([Stanza(("X25519", b64encode(bytes(32))), bytes(32))])
    return header + b" " + b"A" * 43 + b"\n" + bytes(16_416), envelope(1, STATE_FLOOR)


def unpadded(_: SealedLog) -> tuple[bytes, ...]:
    return envelope(3)[:-5], envelope(1, STATE_FLOOR)


def small_report(_: SealedLog) -> tuple[bytes, ...]:
    return envelope(3, STATE_FLOOR), envelope(1, STATE_FLOOR)


def one_part(_: SealedLog) -> tuple[bytes, ...]:
    return (envelope(3),)


def three_parts(_: SealedLog) -> tuple[bytes, ...]:
    return envelope(3), envelope(1, STATE_FLOOR), envelope(1, STATE_FLOOR)


@pytest.mark.parametrize("parts", [not_age, other_stanza, unpadded, small_report, one_part, three_parts])
def test_parts_that_are_no_sealed_report_are_refused(intake: IntakeService, log: SealedLog, parts) -> None:  # type: ignore[no-untyped-def]
    frame = encode_frame(Meta(log.id, open=log.opening()), parts(log))

    response = intake.append(log, frame, log.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")
    assert intake.length(log) == 0


@pytest.mark.parametrize("stanzas", [1, 2, 4])
def test_too_few_or_too_many_recipients_are_refused(intake: IntakeService, log: SealedLog, stanzas: int) -> None:
    response = intake.append(log, log.first(stanzas), log.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "recipients")
    assert "fetch the desk again" in answer(response)["message"]
    assert intake.length(log) == 0


def test_a_state_for_two_recipients_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = encode_frame(Meta(log.id, open=log.opening()), (envelope(3), envelope(2, STATE_FLOOR)))

    assert answer(intake.append(log, frame, log.login, None))["error"] == "recipients"


def test_the_live_members_of_yesterday_will_do(tmp_path_factory: pytest.TempPathFactory, intake: IntakeService) -> None:
    desk = SealedDesk()
    intake.add(desk, ("anna", "bram"))
    carla = desk.epoch("carla", TODAY + DAY)
    intake.put_epoch(desk.id, carla, desk.identities["carla"])
    intake.today += DAY
    old, new, wrong = (SealedLog(desk.id) for _ in range(3))

    answers = [
        intake.append(log, log.first(stanzas), log.login, None).status_code
        for log, stanzas in ((old, 2), (new, 3), (wrong, 4))
    ]

    assert answers == [201, 201, 400]


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\0\0\0\2{}",
        u32(9) + b"{}",
        u32(2) + b"{}" + u32(1) + b"x",
        u32(4) + b"null" + u32(1) + b"x",
    ],
)
def test_bytes_that_are_no_frame_are_refused(intake: IntakeService, log: SealedLog, frame: bytes) -> None:
    response = intake.append(log, frame, log.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")


def test_an_unknown_version_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()
    length = int.from_bytes(frame[:4], "big")
    meta = frame[4 : 4 + length].replace(b'"v":1', b'"v":2')

    response = intake.append(log, u32(length) + meta + frame[4 + length :], log.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")


def test_an_unknown_key_in_meta_is_refused(intake: IntakeService, log: SealedLog) -> None:
    meta = dump_json({"v": 1, "log": log.id, "claims": [], "open": None, "committee_login": None, "time": 1})

    response = intake.append(log, u32(len(meta)) + meta + u32(1) + b"x", log.login, bytes(32))

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")


def test_a_body_over_the_limit_gets_a_json_error(intake: IntakeService, log: SealedLog) -> None:
    body = bytes(MAX_FRAME + 1)

    response = intake.post(log.id, body, signed_append(log.id, body, log.login, None))

    assert (response.status_code, answer(response)["error"]) == (413, "too_large")
    assert str(MAX_FRAME) in answer(response)["message"]


def test_a_frame_of_exactly_the_limit_is_not_too_large(intake: IntakeService, log: SealedLog) -> None:
    body = bytes(MAX_FRAME)

    response = intake.post(log.id, body, signed_append(log.id, body, log.login, None))

    assert answer(response)["error"] == "malformed"


def test_another_media_type_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()
    headers = signed_append(log.id, frame, log.login, None) | {"Content-Type": "text/plain"}

    assert answer(intake.post(log.id, frame, headers))["error"] == "malformed"


def test_open_belongs_to_a_first_entry_only(intake: IntakeService, log: SealedLog) -> None:
    without = intake.append(log, log.message(), log.login, None)
    intake.open(log)
    again = intake.append(log, log.first(), log.login, log.head)

    assert [answer(response)["error"] for response in (without, again)] == ["malformed", "malformed"]
