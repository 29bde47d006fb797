# SPDX-License-Identifier: EUPL-1.2
"""A tool that runs for months holds no file longer than it needs it: not after a sync, a refusal or its end."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from casework.domain.case.commands import AddNote
from casework.errors import DateToConfirmError, IntakeError, PassphraseError
from casework.service import joining
from casework.service.desk import Desk
from support.desk_world import PASSPHRASE, World
from support.open_files import open_below


@pytest.fixture
def folder(world: World) -> Iterator[Path]:
    """Anna's folder; nothing below it is open before or after."""
    found = world.home("anna").folder
    assert open_below(found) == []
    yield found
    world.close()
    assert open_below(found) == []


def test_a_sync_or_a_command_leaves_nothing_open(world: World, folder: Path) -> None:
    anna, _ = world.synced("anna", "bram")
    world.report("Er verdwijnt geld.")
    anna.sync()
    (line,) = anna.cases()
    before = open_below(folder)
    for _ in range(5):
        anna.sync()
        anna.do(line.id, AddNote(anna.member, "Gebeld."))
        anna.case(line.id)
    assert open_below(folder) == before


def test_a_question_about_the_date_leaves_nothing_open(world: World, folder: Path) -> None:
    world.synced("anna")
    world.close()
    world.pass_days(40)
    for _ in range(3):
        with pytest.raises(DateToConfirmError):
            world.tool("anna")
        assert open_below(folder) == []


def test_a_wrong_passphrase_leaves_nothing_open(world: World, folder: Path) -> None:
    with pytest.raises(PassphraseError):
        Desk.unlock(world.home("anna"), "een heel andere wachtzin", clock=lambda: world.today)
    assert open_below(folder) == []


def test_joining_leaves_nothing_open_whether_it_succeeds_or_not(world: World, folder: Path) -> None:
    origin, desk = world.home("anna").settings().origin, world.desk

    def join(transport: httpx.BaseTransport) -> None:
        joining.join(world.home("anna"), PASSPHRASE, origin, desk, world.today, transport=transport)

    join(world.intake.transport)
    assert open_below(folder) == []
    with pytest.raises(IntakeError):
        join(httpx.MockTransport(lambda _: httpx.Response(503)))
    assert open_below(folder) == []
