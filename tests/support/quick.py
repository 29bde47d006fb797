# SPDX-License-Identifier: EUPL-1.2
"""What guards nothing in a test and costs most of its time: a stretched passphrase, and waiting for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

LEAST_KIB = 8


@contextmanager
def quick_disk() -> Iterator[None]:
    """Every change of a member's folder stretches the passphrase and waits for the disk; here it does neither."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crypto.keyfile.MIN_MEMORY", LEAST_KIB)
        patch.setattr("crypto.keyfile._PASSES", 2)
        patch.setattr("casework.folder.vault_tables.DURABLE", "PRAGMA synchronous = OFF")
        patch.setattr("casework.folder.home.os.fsync", lambda _handle: None)
        yield
