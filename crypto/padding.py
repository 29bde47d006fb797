# SPDX-License-Identifier: EUPL-1.2
"""The sealed plaintext: a statement, file bytes and zeros up to a Padmé size (FORMAT.md sections 4.3 and 9.2).

Sizes leak at most the size class, and padding can carry nothing: `unpad` accepts the one length and
the zeros that `pad` would give, and nothing else.
"""

from crypto.encoding import u32
from crypto.errors import PayloadError

FLOOR = 16_384
STATE_FLOOR = 4_096
ENTRY_STEPS = (1_024, 4_096, 16_384)
MAX_MEMBERS_STATEMENT = 280_000
"""The longest statement, in bytes, that is sealed to members (section 1.4): an entry of the case log must hold it."""
_PREFIX = 4


def padme(length: int) -> int:
    """Return the Padmé size, in bytes, for ``length`` bytes: at most 12 % larger."""
    exponent = length.bit_length() - 1
    mask = (1 << max(0, exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def padded_length(length: int, floor: int = FLOOR) -> int:
    """Return the length of a plaintext with ``length`` bytes of content, its length prefix counted."""
    return max(floor, padme(length))


def entry_length(length: int) -> int:
    """Return the length of a case-log plaintext with ``length`` bytes of content (section 9.2)."""
    return next((step for step in ENTRY_STEPS if length <= step), padme(length))


def pad(statement: bytes, file: bytes = b"", floor: int = FLOOR) -> bytes:
    """Return the plaintext that holds a statement and the bytes of a file, if any."""
    content = u32(len(statement)) + statement + file
    return content.ljust(padded_length(len(content), floor), b"\0")


def pad_entry(statement: bytes) -> bytes:
    """Return the plaintext of a case-log entry."""
    content = u32(len(statement)) + statement
    return content.ljust(entry_length(len(content)), b"\0")


def unpad(plaintext: bytes, floor: int = FLOOR, file_size: int = 0) -> tuple[bytes, bytes]:
    """Return the statement and the ``file_size`` bytes of file that a plaintext holds.

    Raises:
        PayloadError: the length is not the one that `pad` gives, or the padding is not zeros.
    """
    start = _statement_end(plaintext)
    end = start + file_size
    _check_padding(plaintext, end, padded_length(end, floor))
    return plaintext[_PREFIX:start], plaintext[start:end]


def unpad_entry(plaintext: bytes) -> bytes:
    """Return the statement of a case-log entry; errors as `unpad`."""
    end = _statement_end(plaintext)
    _check_padding(plaintext, end, entry_length(end))
    return plaintext[_PREFIX:end]


def _statement_end(plaintext: bytes) -> int:
    if len(plaintext) < _PREFIX:
        raise PayloadError("the plaintext is too short to hold a statement")
    return _PREFIX + int.from_bytes(plaintext[:_PREFIX], "big")


def _check_padding(plaintext: bytes, end: int, length: int) -> None:
    if len(plaintext) != length:
        raise PayloadError("the plaintext's length is not the padded length of its content")
    if plaintext.count(0, end) != length - end:
        raise PayloadError("the plaintext's padding has a byte other than zero")
