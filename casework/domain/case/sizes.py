# SPDX-License-Identifier: EUPL-1.2
"""How long the texts of members may be.

Well below what readers take (a text of 200,000 bytes, FORMAT.md section 1.1; a statement of 280,000 to members,
section 1.4), so that what a member wrote can be sealed, placed and read wherever it goes.
"""

import json

from casework.domain.case.event_json import event_to_json
from casework.domain.case.events import Event
from casework.domain.errors import Problem
from casework.domain.text import Text

MAX_TEXT = 100_000
"""Of one text, in UTF-8 bytes."""
SURELY_FITS = MAX_TEXT // 4
"""So many characters are never too long: none has more than four bytes."""
MAX_EVENT = 150_000
"""Of an event as JSON in UTF-8, in bytes: base64 in a signed statement makes about 200,000 of it."""
# No character of it takes more than six bytes as JSON, which escapes control characters.
_SURELY_FITS_AS_JSON = MAX_EVENT // 6 - 100


def excess(text: str) -> int:
    """Return by how many UTF-8 bytes a text is too long, 0 for one that is not."""
    return max(_length(text) - MAX_TEXT, 0) if len(text) > SURELY_FITS else 0


def size_problem(event: Event) -> Problem | None:
    """Return what is wrong with the size of what a member wrote; a reporter's statement has its limit elsewhere."""
    if getattr(event, "statement", None) is not None or len(repr(event)) < _SURELY_FITS_AS_JSON:
        return None
    over = _length(json.dumps(event_to_json(event), ensure_ascii=False)) - MAX_EVENT
    return _too_long(over) if over > 0 else None


def _length(text: str) -> int:
    # A lone surrogate is for the format to refuse; here it must not raise.
    return len(text.encode("utf-8", "surrogatepass"))


def _too_long(over: int) -> Problem:
    return Problem(
        "too_long",
        Text(
            f"Dit is samen te lang: er moeten ongeveer {over} tekens af. Verdeel het over meer berichten of notities.",
            f"Together this is too long: about {over} characters must go. Divide it over more messages or notes.",
        ),
    )
