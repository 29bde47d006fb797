# SPDX-License-Identifier: EUPL-1.2
"""Seals and opens age v1 files for ``mlkem768x25519`` recipients only (C2SP age.md; FORMAT.md section 5).

Not for the intake: this module holds keys. Opening goes layer by layer, and the error names
the layer: the header's structure, a stanza that one of the identities unwraps, the header's MAC,
then the payload. An age file says nothing about its sender: trust only signatures inside.
"""

import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256, shake_256
from itertools import chain

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
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
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto import bech32
from crypto.envelope import (
    ENC_LENGTH,
    MAX_HEADER_LENGTH,
    MAX_STANZAS,
    STANZA_KIND,
    Header,
    Stanza,
    parse_header,
    to_base64,
    write_header,
)
from crypto.errors import EncodingError, HeaderError, NoMatchError
from crypto.stream import open_chunks, seal_chunks

SEED_LENGTH = 32
RECIPIENT_LENGTH = 1216
FILE_KEY_LENGTH = 16
NONCE_LENGTH = 16
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


def parse_recipient(text: str) -> bytes:
    """Return the 1,216 bytes of the public key written as ``age1pq1…``.

    Raises:
        EncodingError: not such a string.
    """
    public = bech32.decode(_RECIPIENT_PREFIX, text)
    if len(public) != RECIPIENT_LENGTH:
        raise EncodingError("a recipient does not hold 1,216 bytes")
    return public


def throwaway_recipient() -> str:
    """Return a recipient whose identity is forgotten at once: nobody opens its stanza (FORMAT.md section 5)."""
    return Identity.generate().recipient()


def encrypt(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """Return an age file with one stanza per recipient, in the order given.

    Raises:
        EncodingError: a recipient is not an ``age1pq1…`` string.
        ValueError: none or more than 64 recipients.
    """
    return b"".join(encrypt_stream([plaintext], recipients))


def encrypt_stream(plaintext: Iterable[bytes], recipients: Sequence[str]) -> Iterator[bytes]:
    """Yield an age file for a plaintext that comes in parts; errors as `encrypt`.

    Never resume with other bytes: start anew, which makes a new file key.
    """
    file_key = secrets.token_bytes(FILE_KEY_LENGTH)
    nonce = secrets.token_bytes(NONCE_LENGTH)
    head = _seal_header(file_key, recipients) + nonce
    return chain([head], seal_chunks(_payload_key(file_key, nonce), plaintext))


def decrypt(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return the plaintext of an age file that one of the identities opens.

    Raises:
        HeaderError: the header is malformed or foreign, or its MAC is wrong.
        NoMatchError: no identity opens a stanza.
        PayloadError: the payload is cut off, extended or altered.
    """
    return b"".join(decrypt_stream([data], identities))


def decrypt_stream(parts: Iterable[bytes], identities: Sequence[Identity]) -> Iterator[bytes]:
    """Yield the plaintext of an age file that comes in parts; errors as `decrypt`.

    Only the end of the iteration says that nothing was cut off: until then keep what came out apart.
    """
    start, rest = _take(parts, MAX_HEADER_LENGTH + NONCE_LENGTH)
    header = parse_header(start)
    file_key = _open_header(header, identities)
    yield from open_payload(chain([start[len(header.raw) :]], rest), file_key)


def open_file_key(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return the file key, 16 bytes, of an age file or of its header alone.

    Raises:
        HeaderError: the header is malformed or foreign, or its MAC is wrong.
        NoMatchError: no identity opens a stanza.
    """
    return _open_header(parse_header(data), identities)


def decrypt_with_file_key(data: bytes, file_key: bytes) -> bytes:
    """Return the plaintext of an age file whose file key is known, for instance from a custodian.

    Raises:
        HeaderError: the header is malformed or foreign, or its MAC does not fit this file key.
        PayloadError: the payload is cut off, extended or altered.
    """
    header = parse_header(data)
    check_mac(header, file_key)
    return b"".join(open_payload([data[len(header.raw) :]], file_key))


def open_payload(parts: Iterable[bytes], file_key: bytes) -> Iterator[bytes]:
    """Yield the plaintext of what follows an age header: a nonce of 16 bytes and sealed chunks.

    Raises:
        HeaderError: the nonce is incomplete (the official vectors count it to the header).
        PayloadError: the chunks are cut off, extended or altered.
    """
    start, rest = _take(parts, NONCE_LENGTH)
    nonce = start[:NONCE_LENGTH]
    if len(nonce) != NONCE_LENGTH:
        raise HeaderError("the envelope ends before its body")
    return open_chunks(_payload_key(file_key, nonce), chain([start[NONCE_LENGTH:]], rest))


def check_mac(header: Header, file_key: bytes) -> None:
    """Check that whoever made the file key also made the header (C2SP age.md, "Header MAC").

    Raises:
        HeaderError: the MAC is wrong.
    """
    if not hmac.compare_digest(_mac(header.authenticated, file_key), header.mac):
        raise HeaderError("the age header's MAC is wrong: it was altered, or the file key is another file's")


def _seal_header(file_key: bytes, recipients: Sequence[str]) -> bytes:
    if not 1 <= len(recipients) <= MAX_STANZAS:
        raise ValueError(f"recipients must be 1 to {MAX_STANZAS}")
    authenticated = write_header([_wrap(file_key, recipient) for recipient in recipients])
    return authenticated + f" {to_base64(_mac(authenticated, file_key))}\n".encode()


def _wrap(file_key: bytes, recipient: str) -> Stanza:
    public = parse_recipient(recipient)
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_LENGTH])
    except ValueError as error:
        raise EncodingError("a recipient holds no valid ML-KEM-768 key") from error
    x25519 = X25519PublicKey.from_public_bytes(public[_MLKEM_LENGTH:])
    sealed = _SUITE.encrypt(file_key, MLKEM768X25519PublicKey(mlkem, x25519), info=_INFO)
    return Stanza((STANZA_KIND, to_base64(sealed[:ENC_LENGTH])), sealed[ENC_LENGTH:])


def _open_header(header: Header, identities: Sequence[Identity]) -> bytes:
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                check_mac(header, file_key)
                return file_key
    raise NoMatchError("none of the keys at hand opens this envelope")


def _mac(authenticated: bytes, file_key: bytes) -> bytes:
    return hmac.digest(_derive(file_key, None, b"header"), authenticated, sha256)


def _payload_key(file_key: bytes, nonce: bytes) -> bytes:
    return _derive(file_key, nonce, b"payload")


def _derive(file_key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(file_key)


def _take(parts: Iterable[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return at least ``size`` bytes from the front, or all there are, and the parts after them."""
    rest = iter(parts)
    start = next(rest, b"")
    while len(start) < size and (part := next(rest, None)) is not None:
        start += part
    return start, rest
