# SPDX-License-Identifier: EUPL-1.2
"""Keys from secrets: Argon2id for what people type, HKDF for what follows from it (FORMAT.md sections 8 to 10).

Not for the intake.
"""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.pwhash import argon2id

KEY_LENGTH = 32
SALT_LENGTH = 16


def derive_key(secret: bytes, purpose: str) -> bytes:
    """Return the key, 32 bytes, that ``secret`` gives for a purpose (the info without ``meldkluis/v1/``)."""
    return HKDF(hashes.SHA256(), KEY_LENGTH, None, f"meldkluis/v1/{purpose}".encode()).derive(secret)


def stretch(password: bytes, salt: bytes, memory: int, passes: int) -> bytes:
    """Return Argon2id v1.3 of a password with one lane, 32 bytes; ``memory`` in KiB, ``salt`` of 16 bytes."""
    return argon2id.kdf(KEY_LENGTH, password, salt, opslimit=passes, memlimit=memory * 1024)
