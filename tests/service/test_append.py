# SPDX-License-Identifier: EUPL-1.2
"""Appends over HTTP: the place of an entry, retries, preconditions, and logs that are not there (API.md, "Logs")."""

from datetime import timedelta

import pytest

from crypto.encoding import b64encode
from support.intake_service import IntakeService, answer
from support.sealed_desk import TODAY, SealedDesk, SealedLog, seed, signed_append

DAY = timedelta(days=1)


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
    assert intake.length(log) == 1


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
    assert intake.length(log) == 3


def test_a_second_mailbox_with_the_same_id_is_refused(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    response = intake.append(log, log.first(), log.login, None)

    assert (response.status_code, answer(response)["error"]) == (412, "head")
    assert intake.length(log) == 1


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


def test_a_replayed_append_stores_nothing(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)
    frame = log.message()
    headers = signed_append(log.id, frame, log.login, log.head)
    intake.post(log.id, frame, headers)
    log.accepted(frame)
    intake.add_entry(log, log.message(), log.login)

    assert intake.post(log.id, frame, headers).status_code == 200
    assert intake.length(log) == 3


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
