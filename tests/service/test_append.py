# SPDX-License-Identifier: EUPL-1.2
"""Appends over HTTP: what is stored, what is refused and why (API.md, "Logs")."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from crypto.encoding import b64encode, dump_json, u32
from crypto.envelope import Stanza, write_header
from crypto.logs import MAX_FRAME, Meta, encode_frame
from crypto.padding import STATE_FLOOR
from crypto.signing import public_key
from support.intake_service import IntakeService, answer
from support.sealed_desk import (
    TODAY,
    SealedDesk,
    SealedLog,
    case_log,
    envelope,
    seed,
    signed_append,
)

DAY = timedelta(days=1)


@pytest.fixture
def log(desk: SealedDesk) -> SealedLog:
    return SealedLog(desk.id)


def stored(intake: IntakeService, log: SealedLog) -> int:
    """How many entries the intake has of a log."""
    access = intake.store.access(log.id, bytes(32))
    return access.length if access else 0


def test_a_report_is_stored_and_answered_with_its_place(intake: IntakeService, log: SealedLog) -> None:
    response = intake.append(log, frame := log.first(), log.login, None)

    log.accepted(frame)
    assert response.status_code == 201
    assert answer(response) == {"seq": 1, "head": b64encode(log.head), "day": TODAY.isoformat()}


def test_a_retried_report_is_stored_once(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()

    responses = [intake.append(log, frame, log.login, None) for _ in range(3)]

    assert [response.status_code for response in responses] == [201, 200, 200]
    assert len({response.data for response in responses}) == 1
    assert stored(intake, log) == 1


def test_a_retry_is_answered_after_the_desk_closed_and_others_wrote(intake: IntakeService, log: SealedLog) -> None:
    frame = intake.open(log)
    intake.add_entry(log, log.reply(), log.committee)
    intake.today += 40 * DAY

    response = intake.append(log, frame, log.login, None)

    assert (response.status_code, answer(response)["seq"]) == (200, 1)
    assert answer(response)["day"] == TODAY.isoformat()


def test_a_retried_message_keeps_its_place(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    before, frame = log.head, log.message()
    intake.add_entry(log, frame, log.login)
    intake.add_entry(log, log.reply(), log.committee)

    response = intake.append(log, frame, log.login, before)

    assert (response.status_code, answer(response)["seq"]) == (200, 2)
    assert stored(intake, log) == 3


def test_a_second_mailbox_with_the_same_id_is_refused(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    response = intake.append(log, log.first(), log.login, None)

    assert (response.status_code, answer(response)["error"]) == (412, "head")
    assert stored(intake, log) == 1


def test_an_append_on_an_old_head_is_refused(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    old = log.head
    intake.add_entry(log, log.message(), log.login)

    response = intake.append(log, log.message(), log.login, old)

    assert (response.status_code, answer(response)["error"]) == (412, "head")


def test_two_openings_of_one_report_have_one_winner(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    grants = [log.reply(3, new_login=seed()) for _ in range(2)]

    statuses = [intake.append(log, grant, log.committee, log.head).status_code for grant in grants]

    assert statuses == [201, 412]


def test_an_id_that_does_not_match_its_keys_is_refused(intake: IntakeService, log: SealedLog) -> None:
    other = SealedLog(log.desk)
    frame = encode_frame(Meta(log.id, open=other.opening()), (envelope(3), envelope(1, STATE_FLOOR)))

    response = intake.append(log, frame, other.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "identifier")
    assert stored(intake, log) == 0


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
    assert stored(intake, log) == 0


@pytest.mark.parametrize("stanzas", [1, 2, 4])
def test_too_few_or_too_many_recipients_are_refused(intake: IntakeService, log: SealedLog, stanzas: int) -> None:
    response = intake.append(log, log.first(stanzas), log.login, None)

    assert (response.status_code, answer(response)["error"]) == (400, "recipients")
    assert "fetch the desk again" in answer(response)["message"]
    assert stored(intake, log) == 0


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


def test_an_append_without_precondition_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()
    headers = signed_append(log.id, frame, log.login, None)
    del headers["If-None-Match"]

    response = intake.post(log.id, frame, headers)

    assert (response.status_code, answer(response)["error"]) == (428, "precondition")


@pytest.mark.parametrize(
    "headers",
    [{"If-Match": "*"}, {"If-Match": '"short"'}, {"If-None-Match": '"x"'}, {"If-Match": '"x"', "If-None-Match": "*"}],
)
def test_other_preconditions_are_refused(intake: IntakeService, log: SealedLog, headers: dict[str, str]) -> None:
    signed = signed_append(log.id, frame := log.first(), log.login, None)
    del signed["If-None-Match"]

    response = intake.post(log.id, frame, signed | headers)

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")


def test_open_belongs_to_a_first_entry_only(intake: IntakeService, log: SealedLog) -> None:
    without = intake.append(log, log.message(), log.login, None)
    intake.open(log)
    again = intake.append(log, log.first(), log.login, log.head)

    assert [answer(response)["error"] for response in (without, again)] == ["malformed", "malformed"]


def test_a_mailbox_is_opened_with_its_own_login(intake: IntakeService, log: SealedLog, desk: SealedDesk) -> None:
    keys = (seed(), log.committee, desk.identities["anna"])

    errors = {answer(intake.append(log, log.first(), key, None))["error"] for key in keys}

    assert errors == {"signature"}
    assert stored(intake, log) == 0


@pytest.mark.parametrize("apart", [-2, 2])
def test_a_signature_of_another_day_is_refused(intake: IntakeService, log: SealedLog, apart: int) -> None:
    response = intake.append(log, log.first(), log.login, None, day=TODAY + apart * DAY)

    assert (response.status_code, answer(response)["error"]) == (401, "signature")
    assert "clock" in answer(response)["message"]


@pytest.mark.parametrize("apart", [-1, 1])
def test_a_clock_that_is_a_day_off_is_accepted(intake: IntakeService, log: SealedLog, apart: int) -> None:
    assert intake.append(log, log.first(), log.login, None, day=TODAY + apart * DAY).status_code == 201


def test_the_day_of_arrival_is_the_intakes_own(intake: IntakeService, log: SealedLog) -> None:
    response = intake.append(log, log.first(), log.login, None, day=TODAY + DAY)

    assert answer(response)["day"] == TODAY.isoformat()


def test_a_body_other_than_the_signed_one_is_refused(intake: IntakeService, log: SealedLog) -> None:
    headers = signed_append(log.id, log.first(), log.login, None)

    response = intake.post(log.id, log.first(), headers)

    assert (response.status_code, answer(response)["error"]) == (401, "signature")


def test_a_request_that_was_signed_for_another_log_or_origin_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()
    elsewhere = signed_append(log.id, frame, log.login, None, origin="https://other.example")
    other_log = signed_append(SealedLog(log.desk).id, frame, log.login, None)

    assert [intake.post(log.id, frame, headers).status_code for headers in (elsewhere, other_log)] == [401, 401]


def test_a_host_that_is_not_ours_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()
    headers = signed_append(log.id, frame, log.login, None, origin="https://evil.example")

    response = intake.client.post(
        f"/logs/{log.id}/entries", data=frame, headers=headers, base_url="https://evil.example"
    )

    assert (response.status_code, answer(response)["error"]) == (401, "signature")


def test_a_request_without_signature_is_refused(intake: IntakeService, log: SealedLog) -> None:
    frame = log.first()
    headers = signed_append(log.id, frame, log.login, None)

    for name in ("Signature", "Signature-Input", "Meldkluis-Day", "Content-Digest"):
        response = intake.post(log.id, frame, {key: value for key, value in headers.items() if key != name})
        assert (response.status_code, answer(response)["error"]) == (401, "signature"), name


def test_a_replayed_append_stores_nothing(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    frame = log.message()
    headers = signed_append(log.id, frame, log.login, log.head)
    intake.post(log.id, frame, headers)
    log.accepted(frame)
    intake.add_entry(log, log.message(), log.login)

    assert intake.post(log.id, frame, headers).status_code == 200
    assert stored(intake, log) == 3


def test_an_append_to_an_unknown_log_is_unknown(intake: IntakeService, log: SealedLog) -> None:
    response = intake.append(log, log.message(), log.login, bytes(32))

    assert (response.status_code, answer(response)["error"]) == (404, "unknown")


def test_a_strangers_append_to_a_known_log_has_the_answer_of_an_unknown_one(
    intake: IntakeService, log: SealedLog, desk: SealedDesk
) -> None:
    unknown = intake.append(log, log.message(), log.login, bytes(32))
    intake.open(log)

    for key in (seed(), desk.identities["anna"]):
        response = intake.append(log, log.message(), key, log.head)
        assert (response.status_code, response.data) == (404, unknown.data)


def test_a_report_to_an_unknown_desk_is_unknown(intake: IntakeService) -> None:
    elsewhere = SealedLog(SealedDesk().id)

    assert answer(intake.append(elsewhere, elsewhere.first(), elsewhere.login, None))["error"] == "unknown"


@pytest.mark.parametrize(
    "desk",
    [
        SealedDesk(changes={"closes": TODAY - DAY}),
        SealedDesk(changes={"opens": TODAY + DAY}),
    ],
    ids=["past its last day", "before its first"],
)
def test_a_desk_outside_its_days_takes_no_reports(intake: IntakeService, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)

    response = intake.append(log, log.first(), log.login, None)

    assert (response.status_code, answer(response)["error"]) == (409, "closed")
    assert "where to go instead" in answer(response)["message"]


def test_a_desk_with_fewer_than_two_live_members_takes_no_reports(intake: IntakeService) -> None:
    desk = SealedDesk()
    intake.add(desk, ("anna",))
    log = SealedLog(desk.id)

    assert answer(intake.append(log, log.first(1), log.login, None))["error"] == "closed"


def test_a_desk_whose_document_expired_takes_no_reports(intake: IntakeService, log: SealedLog) -> None:
    intake.today += 301 * DAY

    assert answer(intake.append(log, log.first(), log.login, None))["error"] == "closed"


def test_a_reply_has_one_recipient_and_a_grant_has_all(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    statuses = [intake.append(log, log.reply(number), log.committee, log.head).status_code for number in (2, 4)]
    intake.add_entry(log, log.reply(1), log.committee)
    intake.add_entry(log, log.reply(3), log.committee)

    assert statuses == [400, 400]


def test_the_first_committee_login_is_retired_by_the_opening(intake: IntakeService, log: SealedLog) -> None:
    opener = seed()
    intake.open(log)
    intake.add_entry(log, log.reply(3, new_login=opener), log.committee)

    retired = intake.append(log, log.reply(), log.committee, log.head)
    intake.add_entry(log, log.reply(), opener)
    intake.add_entry(log, log.message(), log.login)

    assert (retired.status_code, answer(retired)["error"]) == (404, "unknown")


def test_a_retired_login_may_set_another(intake: IntakeService, log: SealedLog) -> None:
    first, second = seed(), seed()
    intake.open(log)
    intake.add_entry(log, log.reply(3, new_login=first), log.committee)

    intake.add_entry(log, log.reply(3, new_login=second), log.committee)

    assert intake.append(log, log.reply(), first, log.head).status_code == 404
    intake.add_entry(log, log.reply(), second)


def test_an_opening_that_is_retried_with_the_retired_login_is_answered(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    before, grant = log.head, log.reply(3, new_login=seed())
    intake.add_entry(log, grant, log.committee)

    assert intake.append(log, grant, log.committee, before).status_code == 200


def test_a_reporter_cannot_set_a_committee_login(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    frame = encode_frame(Meta(log.id, committee_login=public_key(seed())), (envelope(3), envelope(1, STATE_FLOOR)))

    assert answer(intake.append(log, frame, log.login, log.head))["error"] == "malformed"
    assert stored(intake, log) == 1


def test_a_committee_cannot_take_a_login_that_is_there(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    response = intake.append(log, log.reply(3, new_login=log.login), log.committee, log.head)

    assert (response.status_code, answer(response)["error"]) == (409, "conflict")
    assert stored(intake, log) == 1


def test_one_key_cannot_be_both_logins(intake: IntakeService, log: SealedLog) -> None:
    log = replace(log, committee=log.login)

    assert answer(intake.append(log, log.first(), log.login, None))["error"] == "malformed"


def test_a_case_log_is_opened_by_a_member_and_written_with_its_login(intake: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)
    intake.open(case, key=desk.identities["bram"])

    intake.add_entry(case, case.message(), case.login)

    assert intake.append(case, case.message(), desk.identities["bram"], case.head).status_code == 404


def test_a_case_log_is_opened_by_nobody_else(intake: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)
    other = SealedDesk()
    intake.add(other)

    statuses = [
        intake.append(case, case.first(), key, None).status_code
        for key in (case.login, seed(), other.identities["anna"])
    ]

    assert statuses == [404, 404, 404]


def test_a_case_log_is_opened_and_written_while_the_desk_takes_no_reports(intake: IntakeService) -> None:
    desk = SealedDesk(changes={"closes": TODAY - DAY})
    intake.add(desk, ())
    case = case_log(desk.id)

    intake.open(case, key=desk.identities["anna"])
    intake.add_entry(case, case.message(), case.login)

    assert stored(intake, case) == 2


def test_a_case_log_has_no_committee_login(intake: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)
    intake.open(case, key=desk.identities["anna"])
    frame = encode_frame(Meta(case.id, committee_login=public_key(seed())), (bytes(100),))

    assert answer(intake.append(case, frame, case.login, case.head))["error"] == "malformed"
