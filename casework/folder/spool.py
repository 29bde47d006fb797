# SPDX-License-Identifier: EUPL-1.2
"""Sealed blobs that are under way, as files of ciphertext in the member's folder.

    {blob}.out    sealed for a reporter, until the intake has it whole
    {random}.in   fetched, until it was saved
    {letter}.age  a stranger's locked file, for as long as its case is here

What opens them stands in the case log alone, so the folder holds nothing that the vault's rule forbids. What a
crash left of the fetched ones goes when the tool is unlocked; what was sealed and never announced goes after a sync
that saw every case log whole, because the announcement may have reached the intake and not this folder.
"""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crypto.logs import BLOB_PART_LENGTH

_OUT = ".out"
_IN = ".in"
_LETTER = ".age"
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

    def keep_letter(self, letter: str, data: bytes) -> None:
        """Keep a letter as it came, durably."""
        self._write(self._file(letter, _LETTER), (data,))

    def letter(self, letter: str) -> bytes:
        """Return a letter that is kept."""
        return self._file(letter, _LETTER).read_bytes()

    def letter_size(self, letter: str) -> int:
        """Return the bytes of a letter, 0 for one that is not kept."""
        file = self._file(letter, _LETTER)
        return file.stat().st_size if file.exists() else 0

    def fetched(self, parts: Iterable[bytes]) -> Path:
        """Keep the parts of a fetched blob and return their file, to unlink; nothing is kept if `parts` raises."""
        file = self._file(secrets.token_hex(_RANDOM_BYTES), _IN)
        self._write(file, parts)
        return file

    def forget_fetched(self) -> None:
        """Delete what a crash left of fetched blobs."""
        for file in self._folder.glob(f"*{_IN}"):
            file.unlink()

    def forget_unsent(self, wanted: Collection[str]) -> None:
        """Delete the blobs that were sealed to be sent and are not among `wanted`."""
        for file in self._folder.glob(f"*{_OUT}"):
            if file.name.removesuffix(_OUT) not in wanted:
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
