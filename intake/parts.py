# SPDX-License-Identifier: EUPL-1.2
"""What the intake can see of a mailbox entry's parts and claims: age headers, numbers of stanzas, padded lengths.

(API.md, "What is checked" and "Blobs"; FORMAT.md sections 4.1 to 4.4 and 7.5.) It has no key, so this is all.
"""

from collections.abc import Set as AbstractSet

from crypto.envelope import parse_header
from crypto.errors import HeaderError
from crypto.logs import MAX_BLOB, Claim, Frame
from crypto.padding import FLOOR, STATE_FLOOR, padded_length
from intake.errors import Refusal

_NONCE = 16
_CHUNK = 65_536
_TAG = 16
_ONE = frozenset({1})


def check_reporter(frame: Frame, live: AbstractSet[int]) -> None:
    """Check a report or a reporter's message; ``live`` are the numbers of live members today and yesterday.

    Raises:
        Refusal: ``malformed`` or ``recipients``; ``too_large`` for a blob that it claims.
    """
    _check_number(frame, 2)
    header_length = _check_envelope(frame.parts[0], live, FLOOR)
    _check_envelope(frame.parts[1], _ONE, STATE_FLOOR)
    _check_claims(frame.meta.claims, header_length)


def check_committee(frame: Frame, live: AbstractSet[int]) -> None:
    """Check a reply or a grant; errors as `check_reporter`."""
    _check_number(frame, 1)
    header_length = _check_envelope(frame.parts[0], _ONE | live, FLOOR)
    if frame.meta.claims and frame.meta.committee_login is not None:
        raise Refusal("malformed", "an entry that sets a login claims no blobs")
    _check_claims(frame.meta.claims, header_length)


def check_opening(frame: Frame, live: AbstractSet[int]) -> None:
    """Check the grant by which a member opens a case of a letter; errors as `check_reporter`."""
    _check_number(frame, 1)
    if frame.meta.open is not None or frame.meta.claims or frame.meta.committee_login is not None:
        raise Refusal("malformed", "the grant for a letter opens no log, claims no blobs and sets no login")
    _check_envelope(frame.parts[0], live, FLOOR)


def check_case(frame: Frame) -> None:
    """Check a case-log entry, which shows its number of parts and no more; errors as `check_reporter`."""
    _check_number(frame, 1)
    if frame.meta.claims:
        raise Refusal("malformed", "an entry of a case claims no blobs")


def _check_number(frame: Frame, number: int) -> None:
    if len(frame.parts) != number:
        raise Refusal("malformed", f"such an entry has {number} part{'s' if number > 1 else ''}")


def _check_envelope(part: bytes, stanzas: AbstractSet[int], floor: int) -> int:
    """Check a part; returns the length of its header."""
    try:
        header = parse_header(part)
    except HeaderError as error:
        raise Refusal("malformed", str(error)) from error
    if len(header.stanzas) not in stanzas:
        message = "the number of stanzas is not that of the live members: fetch the desk again and seal again"
        raise Refusal("recipients", message)
    if not _is_padded(len(part) - len(header.raw), floor):
        raise Refusal("malformed", "an envelope's length is not that of a padded plaintext")
    return len(header.raw)


def _check_claims(claims: tuple[Claim, ...], header_length: int) -> None:
    """Check the sizes of blobs, which are sealed to as many stanzas as the entry: their headers are equally long."""
    if len({claim.blob for claim in claims}) != len(claims):
        raise Refusal("malformed", "an entry claims one blob twice")
    for claim in claims:
        if claim.size > MAX_BLOB:
            raise Refusal("too_large", f"a blob is larger than {MAX_BLOB} bytes; nothing was stored")
        if not _is_padded(claim.size - header_length, FLOOR):
            raise Refusal(
                "malformed", "a claimed size is not that of an envelope like this entry's around a padded file"
            )


def _is_padded(payload: int, floor: int) -> bool:
    """Tell whether so many bytes after an age header hold a plaintext of a padded length."""
    plaintext = plaintext_length(payload)
    return plaintext >= floor and padded_length(plaintext, floor) == plaintext


def plaintext_length(payload: int) -> int:
    """Return how many bytes of plaintext so many bytes after an age header hold; 0 where they hold none."""
    encrypted = payload - _NONCE
    chunks = -(-encrypted // (_CHUNK + _TAG))
    plaintext = encrypted - chunks * _TAG
    # Otherwise the last chunk would be empty.
    return plaintext if plaintext > 0 and chunks == -(-plaintext // _CHUNK) else 0
