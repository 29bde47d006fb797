# SPDX-License-Identifier: EUPL-1.2
"""What the intake can see of a mailbox entry's parts: age headers, numbers of stanzas, padded lengths.

(API.md, "What is checked"; FORMAT.md sections 4.1 to 4.4.) It has no key, so this is all.
"""

from collections.abc import Set as AbstractSet

from crypto.envelope import parse_header
from crypto.errors import HeaderError
from crypto.logs import Frame
from crypto.padding import FLOOR, STATE_FLOOR, padded_length
from intake.errors import Refusal

_NONCE = 16
_CHUNK = 65_536
_TAG = 16
_ONE = frozenset({1})


def check_reporter(frame: Frame, live: AbstractSet[int]) -> None:
    """Check a report or a reporter's message; ``live`` are the numbers of live members today and yesterday.

    Raises:
        Refusal: ``malformed`` or ``recipients``.
    """
    _check_number(frame, 2)
    _check_envelope(frame.parts[0], live, FLOOR)
    _check_envelope(frame.parts[1], _ONE, STATE_FLOOR)


def check_committee(frame: Frame, live: AbstractSet[int]) -> None:
    """Check a reply or a grant; errors as `check_reporter`."""
    _check_number(frame, 1)
    _check_envelope(frame.parts[0], _ONE | live, FLOOR)


def check_case(frame: Frame) -> None:
    """Check a case-log entry, which shows its number of parts and no more; errors as `check_reporter`."""
    _check_number(frame, 1)


def _check_number(frame: Frame, number: int) -> None:
    if len(frame.parts) != number:
        raise Refusal("malformed", f"such an entry has {number} part{'s' if number > 1 else ''}")


def _check_envelope(part: bytes, stanzas: AbstractSet[int], floor: int) -> None:
    try:
        header = parse_header(part)
    except HeaderError as error:
        raise Refusal("malformed", str(error)) from error
    if len(header.stanzas) not in stanzas:
        message = "the number of stanzas is not that of the live members: fetch the desk again and seal again"
        raise Refusal("recipients", message)
    if not _is_padded(len(part) - len(header.raw), floor):
        raise Refusal("malformed", "an envelope's length is not that of a padded plaintext")


def _is_padded(payload: int, floor: int) -> bool:
    """Tell whether so many bytes after an age header hold a plaintext of a padded length."""
    encrypted = payload - _NONCE
    chunks = -(-encrypted // (_CHUNK + _TAG))
    plaintext = encrypted - chunks * _TAG
    return plaintext >= floor and padded_length(plaintext, floor) == plaintext
