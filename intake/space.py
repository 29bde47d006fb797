# SPDX-License-Identifier: EUPL-1.2
"""Room on the disk: reporters are refused while there is still enough for the committee to work with.

Whoever fills the disk with reports must not stop the replies, the case logs and the signs of life of members.
"""

import shutil

from intake.errors import Refusal
from intake.settings import Settings

_MEGABYTE = 1_000_000


def is_short(settings: Settings) -> bool:
    """Return whether the disk of the data folder has less room than the settings ask for."""
    return shutil.disk_usage(settings.data_folder).free < settings.free_space_mb * _MEGABYTE


def require_space(settings: Settings) -> None:
    """Return when a reporter may add something.

    Raises:
        Refusal: ``busy``.
    """
    if is_short(settings):
        message = "the intake has little room left and takes nothing from reporters now; nothing was stored, try again"
        raise Refusal("busy", message, {"Retry-After": "600"})
