# SPDX-License-Identifier: EUPL-1.2
"""Names and numbers for what has none of its own. They say nothing of what they name."""

import secrets
from datetime import date

from crypto.encoding import b32encode

_BYTES = 10


def random_name() -> str:
    """Return a name that nothing else has."""
    return b32encode(secrets.token_bytes(_BYTES))


def case_number(received: date, case: str) -> str:
    """Return the number by which the register first knows a case, from its report's day and its id."""
    return f"{received.year}-{case[:6].upper()}"
