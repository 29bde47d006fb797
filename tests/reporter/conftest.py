# SPDX-License-Identifier: EUPL-1.2
"""A desk with members' tools over the real intake, and a reporter's terminal."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from support.desk_world import World, make_world
from support.quick import quick_disk
from support.reporter_terminal import Terminal
from support.served_intake import ServedIntake


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Three members whose keys are published."""
    made = make_world(tmp_path / "members", intake=partial(ServedIntake, tmp_path))
    assert isinstance(made.intake, ServedIntake)
    with made.intake.serving():
        made.synced("anna", "bram", "chris")
        yield made
        made.close()


@pytest.fixture
def intake(world: World) -> ServedIntake:
    assert isinstance(world.intake, ServedIntake)
    return world.intake


@pytest.fixture
def terminal(world: World, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(world.today, monkeypatch)
