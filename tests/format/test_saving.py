# SPDX-License-Identifier: EUPL-1.2
"""A file that is saved is there whole, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crypto.saving import save


def test_nothing_is_left_when_the_whole_file_cannot_get_its_name(tmp_path: Path) -> None:
    def names() -> Iterator[str]:
        # As when a virus scanner takes it away.
        for half in tmp_path.glob("*.part"):
            half.unlink()
        yield "brief.pdf"

    with pytest.raises(FileNotFoundError):
        save(tmp_path, names(), [b"a letter"])
    assert list(tmp_path.iterdir()) == []
