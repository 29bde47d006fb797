# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the members' tool."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.desk_world import World, make_world


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change stretches the passphrase and waits for the disk; here neither guards anything."""
    monkeypatch.setattr("crypto.keyfile.MIN_MEMORY", 8192)
    monkeypatch.setattr("crypto.keyfile._PASSES", 2)
    monkeypatch.setattr("casework.vault._DURABLE", "PRAGMA synchronous = OFF")
    monkeypatch.setattr("casework.home.os.fsync", lambda _handle: None)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.close()
