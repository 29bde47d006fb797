# SPDX-License-Identifier: EUPL-1.2
"""Bytes, text and JSON in their one accepted spelling (FORMAT.md section 1).

Everything that comes from outside passes here first, so nothing in this module knows a key.
`parse_json` refuses what is not strict JSON; what an object must hold, ``fields.py`` says.
"""

import json
import re
from base64 import b32decode as _b32decode
from base64 import b32encode as _b32encode
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from crypto import bech32
from crypto.errors import EncodingError

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 16
RECIPIENT_LENGTH = 1216
_MLKEM_LENGTH = 1184
_ANY_X25519 = X25519PrivateKey.from_private_bytes(b"\1" * 32)
_MAX_DIGITS = 16
_LABEL_PREFIX = b"meldkluis/v1/"
_B64 = re.compile(r"[A-Za-z0-9_-]*")
_B32 = re.compile(r"[a-z2-7]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def u32(number: int) -> bytes:
    """Return ``number`` as four bytes, big-endian."""
    return number.to_bytes(4, "big")


def u64(number: int) -> bytes:
    """Return ``number`` as eight bytes, big-endian."""
    return number.to_bytes(8, "big")


def labelled_hash(label: str, *parts: bytes) -> bytes:
    """Return H(label, parts…) of FORMAT.md section 1.3, 32 bytes; ``label`` goes without ``meldkluis/v1/``."""
    digest = sha256()
    for part in (_LABEL_PREFIX + label.encode("ascii"), *parts):
        digest.update(u32(len(part)))
        digest.update(part)
    return digest.digest()


def b64encode(data: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def b64decode(text: str, size: int | None = None) -> bytes:
    """Return the bytes of canonical base64url without padding.

    Raises:
        EncodingError: any other text, or not ``size`` bytes.
    """
    if not _B64.fullmatch(text) or len(text) % 4 == 1:
        raise EncodingError("text is not base64url without padding")
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return _canonical(data, b64encode(data) == text, size)


def b32encode(data: bytes) -> str:
    """Return lower-case base32 without padding."""
    return _b32encode(data).rstrip(b"=").decode("ascii").lower()


@lru_cache(maxsize=1024)
def b32decode(text: str, size: int | None = None) -> bytes:
    """Return the bytes of canonical lower-case base32 without padding.

    Only identifiers are written so, and one request reads the same ones many times: answers are kept.

    Raises:
        EncodingError: any other text, or not ``size`` bytes.
    """
    if not _B32.fullmatch(text) or len(text) % 8 in (1, 3, 6):
        raise EncodingError("text is not lower-case base32 without padding")
    data = _b32decode(text.upper() + "=" * (-len(text) % 8))
    return _canonical(data, b32encode(data) == text, size)


def _canonical(data: bytes, same: bool, size: int | None) -> bytes:  # noqa: FBT001 - private, called twice above
    if not same:
        raise EncodingError("encoded bytes are not in their canonical spelling")
    if size is not None and len(data) != size:
        raise EncodingError(f"encoded bytes are not {size} bytes")
    return data


def parse_json(data: bytes) -> object:
    """Return the value of strict JSON (FORMAT.md section 1.2).

    Raises:
        EncodingError: not UTF-8 JSON, a duplicate key, a number other than 0 to 2^53 - 1,
            nesting deeper than 16, or a lone surrogate.
    """
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_int=_whole,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except EncodingError:
        raise
    except (ValueError, RecursionError) as error:
        raise EncodingError("not well-formed JSON in UTF-8") from error
    # Without an escape there is no lone surrogate, and so few brackets cannot nest too deep.
    if b"\\u" in data or data.count(b"{") + data.count(b"[") > MAX_DEPTH:
        _check_value(value, MAX_DEPTH)
    return value


def dump_json(value: object) -> bytes:
    """Return compact JSON in UTF-8, keys in the order given.

    Raises:
        EncodingError: a text has a lone surrogate.
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise EncodingError("a text is not well-formed Unicode") from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise EncodingError("a JSON object has a key twice")
    return found


def _whole(digits: str) -> int:
    if digits.startswith("-") or len(digits) > _MAX_DIGITS or int(digits) > MAX_INTEGER:
        _no_number(digits)
    return int(digits)


def _no_number(_: str) -> NoReturn:
    raise EncodingError("a JSON number is not an integer from 0 to 2^53 - 1")


def _check_value(value: object, depth: int) -> None:
    if isinstance(value, str):
        utf8_length(value)
        return
    if not isinstance(value, dict | list):
        return
    if depth == 0:
        raise EncodingError(f"JSON is nested deeper than {MAX_DEPTH}")
    for part in [*value, *value.values()] if isinstance(value, dict) else value:
        _check_value(part, depth - 1)


def utf8_length(value: str) -> int:
    """Return how many bytes a text has in UTF-8.

    Raises:
        EncodingError: the text has a lone surrogate.
    """
    try:
        return len(value.encode())
    except UnicodeEncodeError as error:
        raise EncodingError("a text is not well-formed Unicode") from error


def parse_day(value: str) -> date:
    """Return the day written ``YYYY-MM-DD``.

    Raises:
        EncodingError: another spelling, or a day that does not exist.
    """
    if not _DAY.fullmatch(value):
        raise EncodingError("a day is not written YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise EncodingError("a day does not exist") from error


def parse_recipient(value: str) -> bytes:
    """Return the 1,216 raw bytes of the recipient written ``age1pq1…``.

    Raises:
        EncodingError: not such a string, or a key that nobody could seal to.
    """
    raw = bech32.decode("age1pq", value)
    if len(raw) != RECIPIENT_LENGTH:
        raise EncodingError("a recipient does not hold 1,216 bytes")
    try:
        MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_LENGTH])
        # Any exchange will do: one with a point of low order gives zeros, which is refused.
        _ANY_X25519.exchange(X25519PublicKey.from_public_bytes(raw[_MLKEM_LENGTH:]))
    except ValueError as error:
        raise EncodingError("a recipient holds a key that nobody can seal to") from error
    return raw
