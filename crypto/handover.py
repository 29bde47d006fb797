# SPDX-License-Identifier: EUPL-1.2
"""Who an age file for a desk is sealed to, for people without the page's script (FORMAT.md section 6.7).

Such a file comes by post or by hand. It says nothing about its sender, and nobody can answer it.
"""

from collections.abc import Iterable
from hashlib import sha256

from crypto.epochs import Epoch

_SHOWN = 20
_GROUP = 4


def recipient_lines(epochs: Iterable[Epoch]) -> str:
    """Return the recipients of live members' epochs, sorted, each on a line of its own."""
    return "".join(f"{recipient}\n" for recipient in sorted(epoch.recipient for epoch in epochs))


def recipients_number(epochs: Iterable[Epoch]) -> str:
    """Return what people compare by telephone: the first 20 hexadecimal digits of the lines' SHA-256, in fours."""
    digits = sha256(recipient_lines(epochs).encode()).hexdigest()[:_SHOWN]
    return " ".join(digits[at : at + _GROUP] for at in range(0, _SHOWN, _GROUP))
