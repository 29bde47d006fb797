# SPDX-License-Identifier: EUPL-1.2
"""The one kind of recipient: X-Wing through HPKE (C2SP age.md, "MLKEM768-X25519"; FORMAT.md section 5).

Not for the intake: this module holds keys. No primitive is ours: `cryptography` does HPKE, hashlib expands the seed.
"""

import secrets
from hashlib import shake_256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from crypto import bech32
from crypto.encoding import parse_recipient
from crypto.envelope import ENC_LENGTH, STANZA_KIND, Stanza, to_base64
from crypto.errors import EncodingError, HeaderError

SEED_LENGTH = 32
_RECIPIENT_PREFIX = "age1pq"
_IDENTITY_PREFIX = "age-secret-key-pq-"
_MLKEM_LENGTH = 1184
_MLKEM_ENC_LENGTH = 1088
_MLKEM_SEED_LENGTH = 64
_INFO = b"age-encryption.org/mlkem768x25519"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Identity:
    """A secret X-Wing key that opens what is sealed to its recipient.

    A class of its own, so that no secret is printed by accident and the expanded keys are made once.
    """

    __slots__ = ("_key", "_mlkem", "_seed", "_x25519")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_LENGTH:
            raise ValueError("seed must be 32 bytes")
        expanded = shake_256(seed).digest(_MLKEM_SEED_LENGTH + SEED_LENGTH)
        self._seed = seed
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_LENGTH])
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_LENGTH:])
        self._key = MLKEM768X25519PrivateKey(self._mlkem, self._x25519)

    @classmethod
    def generate(cls) -> "Identity":
        """Return a fresh identity from the operating system's randomness."""
        return cls(secrets.token_bytes(SEED_LENGTH))

    @classmethod
    def from_seed(cls, seed: bytes) -> "Identity":
        """Return the identity of a 32-byte seed (C2SP age.md, "MLKEM768-X25519"; X-Wing's decapsulation key)."""
        return cls(seed)

    @classmethod
    def parse(cls, text: str) -> "Identity":
        """Return the identity written as ``AGE-SECRET-KEY-PQ-1…``.

        Raises:
            EncodingError: not such a string; the text is never repeated.
        """
        if text != text.upper():
            raise EncodingError("an identity must be written in capitals")
        seed = bech32.decode(_IDENTITY_PREFIX, text.lower())
        if len(seed) != SEED_LENGTH:
            raise EncodingError("an identity does not hold 32 bytes")
        return cls(seed)

    def encode(self) -> str:
        """Return the secret ``AGE-SECRET-KEY-PQ-1…`` string, as the age tools read it."""
        return bech32.encode(_IDENTITY_PREFIX, self._seed).upper()

    def recipient(self) -> str:
        """Return the public ``age1pq1…`` string, 1,959 characters."""
        public = self._mlkem.public_key().public_bytes_raw() + self._x25519.public_key().public_bytes_raw()
        return bech32.encode(_RECIPIENT_PREFIX, public)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, 16 bytes, or None if the stanza is not for this identity.

        Raises:
            HeaderError: the stanza's X25519 share is of low order (C2SP age.md asks to abort).
        """
        try:
            return _SUITE.decrypt(stanza.enc + stanza.body, self._key, info=_INFO)
        except InvalidTag:
            self._refuse_low_order(stanza.enc[_MLKEM_ENC_LENGTH:])
            return None

    def _refuse_low_order(self, share: bytes) -> None:
        # HPKE answers InvalidTag for this too, but a share that fits every key is no honest mismatch.
        try:
            self._x25519.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise HeaderError("a stanza's X25519 share is of low order") from error


def throwaway_recipient() -> str:
    """Return a recipient whose identity is forgotten at once: nobody opens its stanza (FORMAT.md section 5)."""
    return Identity.generate().recipient()


def wrap(file_key: bytes, recipient: str) -> Stanza:
    """Return the stanza from which the recipient's identity, and nobody else, unwraps the file key.

    Raises:
        EncodingError: ``recipient`` is not an ``age1pq1…`` string of a valid key.
    """
    public = parse_recipient(recipient)
    mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_LENGTH])
    x25519 = X25519PublicKey.from_public_bytes(public[_MLKEM_LENGTH:])
    sealed = _SUITE.encrypt(file_key, MLKEM768X25519PublicKey(mlkem, x25519), info=_INFO)
    return Stanza((STANZA_KIND, to_base64(sealed[:ENC_LENGTH])), sealed[ENC_LENGTH:])
