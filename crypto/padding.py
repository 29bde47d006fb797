# SPDX-License-Identifier: EUPL-1.2
"""The sealed plaintext: a statement, file bytes and zeros up to a Padmé size (FORMAT.md section 4.3).

Sizes leak at most the size class, and padding can carry nothing: `unpad` accepts the one length and
the zeros that `pad` would give, and nothing else.
"""

from crypto.encoding import u32
from crypto.errors import PayloadError

FLOOR = 16_384
STATE_FLOOR = 4_096
_PREFIX = 4


def padme(length: int) -> int:
    """Return the Padmé size, in bytes, for ``length`` bytes: at most 12 % larger."""
    exponent = length.bit_length() - 1
    mask = (1 << max(0, exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def padded_length(length: int, floor: int = FLOOR) -> int:
    """Return the length of a plaintext with ``length`` bytes of content, its length prefix counted."""
    return max(floor, padme(length))


def pad(statement: bytes, file: bytes = b"", floor: int = FLOOR) -> bytes:
    """Return the plaintext that holds a statement and the bytes of a file, if any."""
    content = u32(len(statement)) + statement + file
    return content.ljust(padded_length(len(content), floor), b"\0")


def unpad(plaintext: bytes, floor: int = FLOOR, file_size: int = 0) -> tuple[bytes, bytes]:
    """Return the statement and the ``file_size`` bytes of file that a plaintext holds.

    Raises:
        PayloadError: the length is not the one that `pad` gives, or the padding is not zeros.
    """
    start = _PREFIX + int.from_bytes(plaintext[:_PREFIX], "big")
    end = start + file_size
    if len(plaintext) < _PREFIX or len(plaintext) != padded_length(end, floor):
        raise PayloadError("the plaintext's length is not the padded length of its content")
    if plaintext.count(0, end) != len(plaintext) - end:
        raise PayloadError("the plaintext's padding has a byte other than zero")
    return plaintext[_PREFIX:start], plaintext[start:end]
