# SPDX-License-Identifier: EUPL-1.2
"""Saves a file into a folder that a member chose: whole, under a safe name, and over nothing that is there."""

from collections.abc import Iterable
from pathlib import Path

from casework.errors import HomeError
from crypto import saving
from crypto.file_names import numbered, safe_name


def save(folder: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Write the pieces to a new file in the folder and return where it is; if anything fails, nothing is left.

    Raises:
        HomeError: the folder is not there, or cannot be written to.
    """
    try:
        return saving.save(folder, numbered(safe_name(name)), pieces)
    except OSError as error:
        raise HomeError(
            "The folder {folder} cannot be written to: {reason}. Nothing was saved.",
            folder=folder,
            reason=error.strerror or "",
        ) from error
