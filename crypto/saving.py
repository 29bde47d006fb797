# SPDX-License-Identifier: EUPL-1.2
"""Saves what is read of a blob: under its name only once it is whole and verified (FORMAT.md section 7.5)."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def save(folder: Path, names: Iterable[str], pieces: Iterable[bytes]) -> Path:
    """Write the pieces to a new file in the folder, under the first of the names that is free; return where it is.

    They go to a temporary file there, which gets its name once `pieces` has ended; if anything fails, nothing is left.

    Raises:
        FileExistsError: no name is free.
        OSError: the folder is not there, or cannot be written to.
    """
    handle, half = tempfile.mkstemp(prefix=".meldkluis-", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        return _put(Path(half), _claim(folder, names))
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise


def _claim(folder: Path, names: Iterable[str]) -> Path:
    """Take the first free name, by an empty file that the whole one replaces."""
    for name in names:
        try:
            (folder / name).touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            continue
        return folder / name
    raise FileExistsError(folder)


def _put(whole: Path, target: Path) -> Path:
    """Let the whole file take the place that was claimed; where it cannot, the claim goes too."""
    try:
        return whole.replace(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
