# SPDX-License-Identifier: EUPL-1.2
"""Key files: JSON values at rest under a passphrase (FORMAT.md section 10).

Not for the intake. Writing and replacing the file is the caller's.
"""

import secrets
import unicodedata
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from crypto.derive import SALT_LENGTH, stretch
from crypto.encoding import b64encode, dump_json, parse_json
from crypto.errors import EncodingError, KeyFileError
from crypto.fields import base64_of, fields, integer, text, versioned

MIN_MEMORY = 65_536
MAX_MEMORY = 1_048_576
MIN_PASSES = 2
MAX_PASSES = 16
_PASSES = 3
_KDF = {"m": integer, "t": integer, "salt": base64_of(SALT_LENGTH)}
_FILE = {"kind": text, "kdf": lambda value: fields(value, _KDF), "box": base64_of()}


def lock(value: object, kind: str, passphrase: str) -> bytes:
    """Return the key file of a JSON value, under a fresh salt; takes some 200 ms on purpose."""
    salt = secrets.token_bytes(SALT_LENGTH)
    box = SecretBox(_stretch(passphrase, salt, MIN_MEMORY, _PASSES)).encrypt(dump_json(value))
    kdf = {"m": MIN_MEMORY, "t": _PASSES, "salt": b64encode(salt)}
    return dump_json({"v": 1, "kind": kind, "kdf": kdf, "box": b64encode(box)})


def unlock(data: bytes, kind: str, passphrase: str) -> Any:
    """Return the JSON value that a key file of this kind holds.

    Raises:
        KeyFileError: not a key file of this kind, parameters that are too weak or too costly, or a wrong passphrase.
    """
    try:
        found = versioned(parse_json(data), _FILE)
        kdf = found["kdf"]
        _check(found["kind"] == kind, kdf["m"], kdf["t"])
        opened = SecretBox(_stretch(passphrase, kdf["salt"], kdf["m"], kdf["t"])).decrypt(found["box"])
        return parse_json(opened)
    except (EncodingError, CryptoError) as error:
        raise KeyFileError("the key file is damaged, or the passphrase is wrong; nothing was changed") from error


def _check(right_kind: bool, memory: int, passes: int) -> None:  # noqa: FBT001 - private, called once
    if not right_kind:
        raise KeyFileError("the key file is of another kind")
    if not (MIN_MEMORY <= memory <= MAX_MEMORY and MIN_PASSES <= passes <= MAX_PASSES):
        raise KeyFileError("the key file asks for a derivation that is too weak or too costly")


def _stretch(passphrase: str, salt: bytes, memory: int, passes: int) -> bytes:
    # One spelling of an accented letter, whatever keyboard it was typed on.
    return stretch(unicodedata.normalize("NFC", passphrase).encode(), salt, memory, passes)
