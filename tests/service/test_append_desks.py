# SPDX-License-Identifier: EUPL-1.2
"""Whether a desk takes reports: only one that is known, open, valid and has enough live members."""

from datetime import timedelta

import pytest

from support.intake_service import IntakeService, answer
from support.sealed_desk import TODAY, SealedDesk, SealedLog

DAY = timedelta(days=1)


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
