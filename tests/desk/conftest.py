# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the members' tool."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from support.desk_world import World, make_world
from support.in_process_intake import InProcessIntake
from support.intake_simulator import IntakeSimulator


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change stretches the passphrase and waits for the disk; here neither guards anything."""
    monkeypatch.setattr("crypto.keyfile.MIN_MEMORY", 8192)
    monkeypatch.setattr("crypto.keyfile._PASSES", 2)
    monkeypatch.setattr("casework.vault_tables.DURABLE", "PRAGMA synchronous = OFF")
    monkeypatch.setattr("casework.home.os.fsync", lambda _handle: None)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
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
