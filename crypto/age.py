# SPDX-License-Identifier: EUPL-1.2
"""Seals and opens age v1 files for ``mlkem768x25519`` recipients only (C2SP age.md; FORMAT.md section 5).

Not for the intake: this module holds keys. Opening goes layer by layer, and the error names
the layer: the header's structure, a stanza that one of the identities unwraps, the header's MAC,
then the payload. An age file says nothing about its sender: trust only signatures inside.
"""

import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.encoding import parse_recipient
from crypto.envelope import MAX_HEADER_LENGTH, MAX_STANZAS, Header, parse_header, to_base64, write_header
from crypto.errors import HeaderError, NoMatchError
from crypto.recipients import Identity, throwaway_recipient, wrap
from crypto.stream import open_chunks, seal_chunks

__all__ = [
    "Identity",
    "Start",
    "check_mac",
    "decrypt",
    "decrypt_stream",
    "decrypt_stream_with_file_key",
    "decrypt_with_file_key",
    "encrypt",
    "encrypt_stream",
    "new_start",
    "open_file_key",
    "open_payload",
    "parse_recipient",
    "seal_under",
    "throwaway_recipient",
]

FILE_KEY_LENGTH = 16
NONCE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Start:
    """How one age file starts, before there is anything in it."""

    file_key: bytes = field(repr=False)
    """Opens this one file, 16 bytes."""
    head: bytes
    """The header and the nonce of the payload, as they stand in the file."""


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
    return seal_under(new_start(recipients), plaintext)


def new_start(recipients: Sequence[str]) -> Start:
    """Return how a fresh age file starts; errors as `encrypt`."""
    file_key = secrets.token_bytes(FILE_KEY_LENGTH)
    return Start(file_key, _seal_header(file_key, recipients) + secrets.token_bytes(NONCE_LENGTH))


def seal_under(start: Start, plaintext: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the age file of a start: the same bytes for the same plaintext. Never seal another plaintext under it."""
    payload_key = _payload_key(start.file_key, start.head[-NONCE_LENGTH:])
    return chain([start.head], seal_chunks(payload_key, plaintext))


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
    return b"".join(decrypt_stream_with_file_key([data], file_key))


def decrypt_stream_with_file_key(parts: Iterable[bytes], file_key: bytes) -> Iterator[bytes]:
    """Yield the plaintext of an age file that comes in parts; errors as `decrypt_with_file_key`.

    Only the end of the iteration says that nothing was cut off: until then keep what came out apart.
    """
    start, rest = _take(parts, MAX_HEADER_LENGTH + NONCE_LENGTH)
    header = parse_header(start)
    check_mac(header, file_key)
    yield from open_payload(chain([start[len(header.raw) :]], rest), file_key)


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
    authenticated = write_header([wrap(file_key, recipient) for recipient in recipients])
    return authenticated + f" {to_base64(_mac(authenticated, file_key))}\n".encode()


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
