# SPDX-License-Identifier: EUPL-1.2
"""Who may write in a log: reporters, the committee with a login that it can replace, and members in case logs."""

from dataclasses import replace
from datetime import timedelta

from crypto.logs import Meta, encode_frame
from crypto.padding import STATE_FLOOR
from crypto.signing import public_key
from support.intake_service import IntakeService, answer
from support.sealed_desk import TODAY, SealedDesk, SealedLog, case_log, envelope, seed

DAY = timedelta(days=1)


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
    assert intake.length(log) == 1


def test_a_committee_cannot_take_a_login_that_is_there(intake: IntakeService, log: SealedLog) -> None:
    intake.open(log)

    response = intake.append(log, log.reply(3, new_login=log.login), log.committee, log.head)

    assert (response.status_code, answer(response)["error"]) == (409, "conflict")
    assert intake.length(log) == 1


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

    assert intake.length(case) == 2


def test_a_case_log_has_no_committee_login(intake: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)
    intake.open(case, key=desk.identities["anna"])
    frame = encode_frame(Meta(case.id, committee_login=public_key(seed())), (bytes(100),))

    assert answer(intake.append(case, frame, case.login, case.head))["error"] == "malformed"
