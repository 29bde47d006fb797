# SPDX-License-Identifier: EUPL-1.2
"""Which files this process has open: what is opened for a request, a command or a sync must not stay so."""

from pathlib import Path

_HANDLES = Path("/proc/self/fd")


def open_below(folder: Path) -> list[str]:
    """Return the names of the files below a folder that are open now; a file that is open twice stands there twice."""
    found = [handle.readlink() for handle in _HANDLES.iterdir() if handle.is_symlink()]
    return sorted(file.name for file in found if folder in file.parents)
