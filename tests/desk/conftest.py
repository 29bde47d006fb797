# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the members' tool."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casework.cli.main import cli
from casework.wire.intake_client import IntakeClient
from support.desk_world import PASSPHRASE, World, make_world
from support.in_process_intake import InProcessIntake
from support.intake_simulator import IntakeSimulator
from support.quick import quick_disk


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture(scope="session")
def first_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """After the ceremony; each test takes its own copy."""
    with quick_disk():
        return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def world(first_world: World, tmp_path: Path) -> Iterator[World]:
    made = first_world.fork(tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["simulator", "real"])
def each_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A world over the simulator, and one over the real intake in this process."""
    real = request.param == "real"
    made = make_world(tmp_path / "members", intake=partial(InProcessIntake, tmp_path) if real else IntakeSimulator)
    yield made
    made.close()
    if isinstance(made.intake, InProcessIntake):
        made.intake.service.close()


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Run a command as a member of the world, over the simulator, on the world's day."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("MELDKLUIS_PASSPHRASE_FILE", str(passphrase))
    for module in ("tool", "desk"):
        monkeypatch.setattr(f"casework.cli.{module}.amsterdam_today", lambda: world.today)
    make = IntakeClient.__init__

    def over_simulator(self: IntakeClient, origin: str, proxy: str | None = None, transport: object = None) -> None:
        make(self, origin, proxy, world.intake.transport)

    monkeypatch.setattr(IntakeClient, "__init__", over_simulator)

    def command(member: str, *arguments: str, typed: str = "", language: str = "en", fails: bool = False) -> Result:
        options = ["--home", str(world.home(member).folder), "--language", language]
        result = CliRunner().invoke(cli, [*options, *arguments], input=typed)
        if not fails and result.exception:
            raise result.exception
        return result

    return command
