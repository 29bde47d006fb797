# SPDX-License-Identifier: EUPL-1.2
"""Letters: age files that people without the page's script seal to a desk's members (FORMAT.md section 6.7).

A letter is such a locked file that came by the plain form; handed over, by post or on a stick, it is the same file.
It says nothing about its sender, and nobody can answer it.
"""

from collections.abc import Iterable
from hashlib import sha256

from crypto.encoding import b32decode, b32encode, labelled_hash
from crypto.epochs import Epoch
from crypto.fields import DESK_ID_LENGTH, LOG_ID_LENGTH

MAX_LETTER = 33_554_432
"""Bytes of a letter that an intake takes at most."""
LETTER_PART_LENGTH = 1_048_576
"""Bytes of the parts in which members fetch a letter; the last one is shorter."""
_SHOWN = 20
_GROUP = 4


def letter_id(desk: str, digest: bytes) -> str:
    """Return the id of the letter to a desk whose SHA-256 is ``digest``; the same bytes have the same id."""
    return b32encode(labelled_hash("letter", b32decode(desk, DESK_ID_LENGTH), digest)[:LOG_ID_LENGTH])


def letter_number(digest: bytes) -> str:
    """Return a letter's SHA-256 as people compare it: 64 hexadecimal digits, in fours."""
    return _in_groups(digest.hex())


def letter_parts(size: int) -> int:
    """Return the number of parts of a letter of ``size`` bytes."""
    return -(-size // LETTER_PART_LENGTH)


def recipient_lines(epochs: Iterable[Epoch]) -> str:
    """Return the recipients of live members' epochs, sorted, each on a line of its own."""
    return "".join(f"{recipient}\n" for recipient in sorted(epoch.recipient for epoch in epochs))


def recipients_number(epochs: Iterable[Epoch]) -> str:
    """Return what people compare by telephone: the first 20 hexadecimal digits of the lines' SHA-256, in fours."""
    return _in_groups(sha256(recipient_lines(epochs).encode()).hexdigest()[:_SHOWN])


def _in_groups(digits: str) -> str:
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
