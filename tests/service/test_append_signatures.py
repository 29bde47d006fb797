# SPDX-License-Identifier: EUPL-1.2
"""Appends are signed: by the log's login, for this intake and log, on this day."""

from datetime import timedelta

import pytest

from support.intake_service import IntakeService, answer
from support.sealed_desk import TODAY, SealedDesk, SealedLog, seed, signed_append

DAY = timedelta(days=1)


def test_a_mailbox_is_opened_with_its_own_login(intake: IntakeService, log: SealedLog, desk: SealedDesk) -> None:
    keys = (seed(), log.committee, desk.identities["anna"])

    errors = {answer(intake.append(log, log.first(), key, None))["error"] for key in keys}

    assert errors == {"signature"}
    assert intake.length(log) == 0


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
