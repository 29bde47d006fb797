# SPDX-License-Identifier: EUPL-1.2
"""Sealed blobs that are under way, as files of ciphertext in the member's folder.

    {blob}.out    sealed for a reporter, until the intake has it whole
    {random}.in   fetched, until it was saved

What opens them stands in the case log alone, so the folder holds nothing that the vault's rule forbids. What a
crash left is deleted when the tool is unlocked, but for what is still to be sent.
"""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crypto.logs import BLOB_PART_LENGTH

_OUT = ".out"
_IN = ".in"
_RANDOM_BYTES = 8


class Spool:
    """The folder of blobs under way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, blob: str, parts: Iterable[bytes]) -> None:
        """Keep the parts of a blob that is to be sent, durably; nothing is kept if `parts` raises."""
        self._write(self._file(blob, _OUT), parts)

    def has(self, blob: str) -> bool:
        """Tell whether a blob waits here to be sent."""
        return self._file(blob, _OUT).exists()

    def part(self, blob: str, number: int) -> bytes:
        """Return a part, from 1, of a blob that is to be sent."""
        with self._file(blob, _OUT).open("rb") as file:
            file.seek((number - 1) * BLOB_PART_LENGTH)
            return file.read(BLOB_PART_LENGTH)

    def sent(self, blob: str) -> None:
        """Forget a blob that the intake has whole."""
        self._file(blob, _OUT).unlink(missing_ok=True)

    def fetched(self, parts: Iterable[bytes]) -> Path:
        """Keep the parts of a fetched blob and return their file, to unlink; nothing is kept if `parts` raises."""
        file = self._file(secrets.token_hex(_RANDOM_BYTES), _IN)
        self._write(file, parts)
        return file

    def tidy(self, unsent: Collection[str]) -> None:
        """Delete what a crash left; blobs of `unsent` are still to be sent."""
        if self._folder.is_dir():
            kept = {self._file(blob, _OUT) for blob in unsent}
            for file in set(self._folder.iterdir()) - kept:
                file.unlink()

    def _write(self, file: Path, parts: Iterable[bytes]) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        try:
            with file.open("wb") as out:
                for part in parts:
                    out.write(part)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    def _file(self, blob: str, ending: str) -> Path:
        return self._folder / f"{blob}{ending}"


@contextmanager
def reading(file: Path) -> Iterator[Iterator[bytes]]:
    """Give the parts of a fetched blob; its file is closed at the end, which Windows needs to unlink it."""
    with file.open("rb") as opened:
        yield iter(lambda: opened.read(BLOB_PART_LENGTH), b"")
