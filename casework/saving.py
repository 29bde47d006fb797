# SPDX-License-Identifier: EUPL-1.2
"""Saves a file into a folder that a member chose: whole, under a safe name, and over nothing that is there."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from casework.errors import HomeError
from casework.file_names import numbered, safe_name


def save(folder: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Write the pieces to a new file in the folder and return where it is.

    They go to a temporary file there, which gets its name once `pieces` has ended; if anything fails, nothing is left.

    Raises:
        HomeError: the folder is not there, or cannot be written to.
    """
    try:
        return _save(folder, safe_name(name), pieces)
    except OSError as error:
        raise HomeError(
            "The folder {folder} cannot be written to: {reason}. Nothing was saved.",
            folder=folder,
            reason=error.strerror or "",
        ) from error


def _save(folder: Path, name: str, pieces: Iterable[bytes]) -> Path:
    handle, half = tempfile.mkstemp(prefix=".meldkluis-", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        target = _claim(folder, name)
        Path(half).replace(target)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return target


def _claim(folder: Path, name: str) -> Path:
    """Take the first free name, by an empty file that the whole one replaces."""
    for candidate in numbered(name):
        try:
            (folder / candidate).touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            continue
        return folder / candidate
    raise AssertionError("there is always another number")
