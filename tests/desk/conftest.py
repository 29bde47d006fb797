# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the members' tool."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.desk_world import World, make_world


@pytest.fixture(autouse=True)
def quick_key_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change writes the key file: the least memory that libsodium takes keeps the suite quick."""
    monkeypatch.setattr("crypto.keyfile.MIN_MEMORY", 8192)
    monkeypatch.setattr("crypto.keyfile._PASSES", 2)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.close()
