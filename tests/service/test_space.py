# SPDX-License-Identifier: EUPL-1.2
"""A disk that fills up: reporters are refused while the committee can still write."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.settings import Settings
from intake.space import is_short
from support.intake_service import IntakeService, answer, small_site
from support.sealed_desk import ORIGIN, SealedDesk, SealedLog, case_log

MORE_THAN_ANY_DISK = 10**12


@pytest.fixture
def full(intake: IntakeService) -> Iterator[IntakeService]:
    """The same intake, once its disk is as good as full."""
    service = IntakeService(intake.settings.data_folder, small_site(), free_space_mb=MORE_THAN_ANY_DISK)
    yield service
    service.close()


@pytest.fixture
def log(intake: IntakeService, desk: SealedDesk) -> SealedLog:
    """A mailbox that was opened while there was room."""
    found = SealedLog(desk.id)
    intake.open(found)
    return found


def test_a_new_mailbox_is_refused(full: IntakeService, desk: SealedDesk) -> None:
    new = SealedLog(desk.id)

    response = full.append(new, new.first(), new.login, None)

    assert (response.status_code, answer(response)["error"]) == (503, "busy")
    assert int(response.headers["Retry-After"]) > 0
    assert full.store.mailboxes(desk.id, full.today, "", 9) == []


def test_a_reporters_message_is_refused(log: SealedLog, full: IntakeService) -> None:
    assert full.append(log, log.message(), log.login, log.head).status_code == 503


def test_the_committee_replies(log: SealedLog, full: IntakeService) -> None:
    full.add_entry(log, log.reply(), log.committee)


def test_members_open_cases_and_write_in_them(full: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)

    full.open(case, key=desk.identities["anna"])
    full.add_entry(case, case.message(), case.login)


def test_a_report_that_is_stored_is_answered_again(
    intake: IntakeService, full: IntakeService, desk: SealedDesk
) -> None:
    log = SealedLog(desk.id)
    frame = intake.open(log)

    assert full.append(log, frame, log.login, None).status_code == 200


def test_a_mark_of_zero_asks_for_no_room(tmp_path: Path) -> None:
    assert not is_short(Settings(data_folder=tmp_path, origins=(ORIGIN,), free_space_mb=0))
