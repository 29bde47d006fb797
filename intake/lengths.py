# SPDX-License-Identifier: EUPL-1.2
"""How long a request's body may be, from its head alone; requests are gunicorn's."""

import re
from typing import Any

from crypto.logs import BLOB_PART_LENGTH, MAX_FRAME
from intake.letterform import LONGEST_FORM

_PARTS = re.compile(r"/blobs/[^/]+/parts/[^/]+")
"""Addresses of parts of blobs (API.md, "Blobs")."""
_LETTER_BOX = re.compile(r"/[^/]+/[^/]+/without_script")
"""Addresses of the plain form (API.md, "Letters")."""


def largest_body(request: Any) -> int:
    """Return how many bytes a request's body may have; a form with a letter as many as it announces, within limits."""
    if request.method == "PUT" and _PARTS.fullmatch(request.path):
        return BLOB_PART_LENGTH
    return max(MAX_FRAME, min(announced(request), LONGEST_FORM)) if is_letter(request) else MAX_FRAME


def is_letter(request: Any) -> bool:
    """Return whether a request brings the plain form."""
    return request.method == "POST" and _LETTER_BOX.fullmatch(request.path) is not None


def announced(request: Any) -> int:
    """Return the length that a request's head gives its body, 0 where it gives none."""
    return int(getattr(request.body.reader, "length", 0))
