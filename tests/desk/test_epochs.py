# SPDX-License-Identifier: EUPL-1.2
"""A member's keys over time, and clocks that jump."""

from datetime import date, timedelta

import pytest

from casework.desk import epochs
from casework.errors import DateToConfirmError, DayMismatchError, DeskRefusedError, ReadOnlyError
from casework.folder.keyring import Keyring, Secrets
from support.desk_world import DAY, PASSPHRASE, World

NOBODY = Secrets("anna", bytes(32), (), {}, {}, None, DAY)


def secrets_of(world: World, member: str) -> Secrets:
    return Keyring.unlock(world.home(member), PASSPHRASE).secrets


def test_a_fresh_member_gets_one_key_for_today() -> None:
    (key,) = epochs.renew(NOBODY, DAY).epochs

    assert (key.seal_from, key.seal_until, key.destroy_at) == (
        DAY,
        DAY + timedelta(days=28),
        DAY + timedelta(days=56),
    )


@pytest.mark.parametrize("days_left, keys", [(8, 1), (7, 2), (0, 2)])
def test_the_successor_is_made_in_the_last_week_and_waits(days_left: int, keys: int) -> None:
    held = epochs.renew(NOBODY, DAY)

    later = epochs.renew(held, DAY + timedelta(days=28 - days_left))

    assert len(later.epochs) == keys
    assert epochs.renew(later, DAY + timedelta(days=28 - days_left)) == later


def test_the_successor_starts_the_day_after() -> None:
    first, second = epochs.renew(epochs.renew(NOBODY, DAY), DAY + timedelta(days=22)).epochs

    assert second.seal_from == first.seal_until + timedelta(days=1)


def test_a_member_who_was_away_gets_a_key_for_today() -> None:
    held = epochs.renew(NOBODY, DAY)

    back = epochs.renew(held, DAY + timedelta(days=40))

    assert [key.seal_from for key in back.epochs] == [DAY, DAY + timedelta(days=40)]


@pytest.mark.parametrize("days, left", [(55, 1), (56, 0)])
def test_a_key_is_destroyed_on_its_day(days: int, left: int) -> None:
    held = epochs.renew(NOBODY, DAY)

    assert len(epochs.destroy_due(held, DAY + timedelta(days=days)).epochs) == left


def test_keys_are_destroyed_even_when_the_intake_claims_another_day(world: World) -> None:
    (anna,) = world.synced("anna")
    for _ in range(2):
        world.pass_days(28)
        world.intake.today = DAY
        with pytest.raises(DayMismatchError):
            anna.sync()
    anna.close()

    assert secrets_of(world, "anna").epochs == ()


def test_unlocking_alone_destroys(world: World) -> None:
    world.synced("anna")[0].close()
    for _ in range(2):
        world.pass_days(28)
        world.tool("anna").close()

    assert secrets_of(world, "anna").epochs == ()


def test_an_old_report_cannot_be_opened_after_its_key_is_gone_but_the_case_can_be_read(world: World) -> None:
    anna, _, chris = world.synced("anna", "bram", "chris")
    world.report("Melding")
    anna.sync()
    (line,) = anna.cases()
    for _ in range(3):
        world.pass_days(20)
        anna.sync()
    for _ in range(3):
        with pytest.raises(DateToConfirmError):
            chris.sync()
    chris.sync(confirmed=world.today)

    assert anna.case(line.id).reports[0].answers == {"what": "Melding"}
    assert chris.cases() == ()


def test_a_new_document_makes_members_sign_the_same_key_again(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    (before,) = [epoch for epoch in world.intake.current().epochs if epoch.member == "anna"]

    world.revise(["anna", "bram"])
    anna.sync()

    (after,) = [epoch for epoch in world.intake.current().epochs if epoch.member == "anna"]
    assert (after.desk_version, after.recipient, after.destroy_at) == (2, before.recipient, before.destroy_at)


def test_a_report_of_before_a_new_document_still_opens(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    anna.sync()
    world.report("Melding")

    world.revise(["anna", "bram"])
    bram.sync()
    anna.sync()

    assert anna.case(anna.cases()[0].id).reports[0].answers == {"what": "Melding"}


def test_a_member_whom_the_document_no_longer_names_publishes_nothing(world: World) -> None:
    _, _, chris = world.synced("anna", "bram", "chris")
    world.revise(["anna", "bram"])
    world.intake.requests.clear()

    with pytest.raises(DeskRefusedError, match="knows no member"):
        chris.sync()

    assert {method for method, _ in world.intake.requests} == {"GET"}


def test_a_day_that_went_back_leaves_reading(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    (line,) = anna.cases()
    anna.close()

    world.pass_days(-1)
    anna = world.tool("anna")

    assert isinstance(anna.overview().read_only, ReadOnlyError)
    assert anna.case(line.id).reports[0].answers == {"what": "Melding"}
    with pytest.raises(ReadOnlyError):
        anna.declare(line.id, conflict=False)
    with pytest.raises(ReadOnlyError):
        anna.sync()


def test_a_day_that_jumped_ahead_destroys_nothing_until_a_person_confirms_it(world: World) -> None:
    world.synced("anna")[0].close()
    world.pass_days(60)

    with pytest.raises(DateToConfirmError) as question:
        world.tool("anna")
    assert len(secrets_of(world, "anna").epochs) == 1

    world.tool("anna", confirmed=question.value.day).close()
    assert secrets_of(world, "anna").epochs == ()


@pytest.mark.parametrize("days", [0, 1, 31])
def test_a_month_is_no_jump(days: int) -> None:
    epochs.check_clock(DAY, DAY + timedelta(days=days))


def test_another_day_than_the_one_asked_about_confirms_nothing() -> None:
    with pytest.raises(DateToConfirmError):
        epochs.check_clock(DAY, DAY + timedelta(days=40), confirmed=date(2026, 12, 1))
