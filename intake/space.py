# SPDX-License-Identifier: EUPL-1.2
"""Room on the disk: reporters are refused while there is still enough for the committee to work with.

Whoever fills the disk with reports must not stop the replies, the case logs and the signs of life of members.
Blobs are refused to both sides: they are what fills a disk. Room that claims were promised counts against further
claims only, so whoever claims much and sends nothing never stops a report in words.
"""

import shutil

from intake.errors import Refusal
from intake.settings import Settings

_MEGABYTE = 1_000_000


def is_short(settings: Settings) -> bool:
    """Return whether the disk of the data folder has less room than the settings ask for."""
    return _room(settings) < 0


def require_space(settings: Settings) -> None:
    """Return when a reporter may add something.

    Raises:
        Refusal: ``busy``.
    """
    if is_short(settings):
        message = "the intake has little room left and takes nothing from reporters now; nothing was stored, try again"
        raise _refusal(message)


def require_space_for_blobs(settings: Settings, size: int = 0) -> None:
    """Return when there is room for so many bytes of blobs above the mark; errors as `require_space`."""
    if _room(settings) < size:
        raise _refusal("the intake has no room for attachments now; nothing was stored, try again or send none")


def _room(settings: Settings) -> int:
    """Return the bytes of the data folder's disk that are free above the mark; negative below it."""
    return shutil.disk_usage(settings.data_folder).free - settings.free_space_mb * _MEGABYTE


def _refusal(message: str) -> Refusal:
    return Refusal("busy", message, {"Retry-After": "600"})
