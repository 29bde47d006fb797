# SPDX-License-Identifier: EUPL-1.2
"""Bech32 (BIP 173) without its limit of 90 characters, as age writes its keys (C2SP age.md, "Conventions").

Own code, because the libraries on PyPI either keep the limit (an ``age1pq`` recipient has 1,959
characters) or are copies of the reference code that nobody releases any more. This is an
encoding with a checksum against typing errors, no cryptography.
"""

from base64 import b32decode, b32encode

from crypto.errors import EncodingError

_ALPHABET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_RFC4648 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_BECH32 = bytes.maketrans(_RFC4648, _ALPHABET)
_FROM_BECH32 = bytes.maketrans(_ALPHABET, _RFC4648)
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def _feedback(top: int) -> int:
    """Return what five bits that leave the checksum's register feed back into it."""
    value = 0
    for bit, generator in enumerate(_GENERATOR):
        value ^= generator if top >> bit & 1 else 0
    return value


_FEEDBACK = tuple(_feedback(top) for top in range(32))


def _polymod(prefix: str, letters: bytes) -> int:
    """Return the checksum register after the lower-case prefix and the letters after the separator."""
    codes = prefix.encode()
    values = [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]
    values += [_VALUES[letter] for letter in letters]
    register = 1
    for value in values:
        register = (register & 0x1FFFFFF) << 5 ^ value ^ _FEEDBACK[register >> 25]
    return register


def encode(prefix: str, data: bytes) -> str:
    """Return ``data`` in lower-case bech32 under the lower-case ``prefix`` (BIP 173)."""
    letters = b32encode(data).rstrip(b"=").translate(_TO_BECH32)
    register = _polymod(prefix, letters + _ALPHABET[:1] * _CHECKSUM_LENGTH) ^ 1
    checksum = bytes(_ALPHABET[register >> 5 * place & 31] for place in range(5, -1, -1))
    return f"{prefix}1{(letters + checksum).decode()}"


def decode(prefix: str, text: str) -> bytes:
    """Return the bytes of a lower-case bech32 ``text`` with exactly this lower-case ``prefix`` (BIP 173).

    Raises:
        EncodingError: another prefix, a foreign letter, a wrong checksum, or bits left over.
    """
    start = f"{prefix}1"
    letters = text[len(start) :].encode(errors="replace")
    if not text.startswith(start) or len(letters) < _CHECKSUM_LENGTH or not _VALUES.keys() >= set(letters):
        raise EncodingError("a key is not in bech32 with the prefix of its kind")
    if _polymod(prefix, letters) != 1:
        raise EncodingError("a key's checksum is wrong: it was mistyped or cut off")
    return _regroup(letters[:-_CHECKSUM_LENGTH])


def _regroup(letters: bytes) -> bytes:
    """Turn letters of five bits into bytes; the bits left over must be fewer than five, and zero."""
    padded = letters.translate(_FROM_BECH32) + b"=" * (-len(letters) % 8)
    try:
        data = b32decode(padded)
    except ValueError as error:
        raise EncodingError("a key ends in the middle of a byte") from error
    if b32encode(data) != padded:
        raise EncodingError("a key has bits left over that are not zero")
    return data
