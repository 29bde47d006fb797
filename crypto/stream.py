# SPDX-License-Identifier: EUPL-1.2
"""The payload of an age file: chunks of 64 KiB, each sealed, the last one marked (C2SP age.md, "Payload").

Chunk nonces start at zero in every file. That is safe because the payload key comes from a
file key and a nonce that are both fresh: never seal two payloads under one pair.
"""

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto.errors import PayloadError

CHUNK_LENGTH = 64 * 1024
TAG_LENGTH = 16


def seal_chunks(payload_key: bytes, plaintext: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed chunks of ``plaintext``, whose parts may have any length.

    ``payload_key`` is 32 bytes and must never have sealed anything before.
    """
    cipher = ChaCha20Poly1305(payload_key)
    for counter, (chunk, last) in enumerate(_regroup(plaintext, CHUNK_LENGTH)):
        yield cipher.encrypt(_nonce(counter, last=last), chunk, None)


def open_chunks(payload_key: bytes, ciphertext: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the plaintext of each chunk as soon as it is verified.

    Only the end of the iteration says that nothing was cut off: until then keep what came out apart.

    Raises:
        PayloadError: a chunk is altered, missing or added, or the last one is empty without need.
    """
    cipher = ChaCha20Poly1305(payload_key)
    for counter, (chunk, last) in enumerate(_regroup(ciphertext, CHUNK_LENGTH + TAG_LENGTH)):
        try:
            plain = cipher.decrypt(_nonce(counter, last=last), chunk, None)
        except InvalidTag as error:
            raise PayloadError("the envelope's body is cut off, extended or altered") from error
        if last and counter and not plain:
            raise PayloadError("the envelope's body ends in an empty chunk")
        yield plain


def sealed_length(length: int) -> int:
    """Return how many bytes the sealed chunks of a plaintext of ``length`` bytes have."""
    return length + max(1, -(-length // CHUNK_LENGTH)) * TAG_LENGTH


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _regroup(parts: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield pieces of ``size`` bytes and whether each is the last; the last one may be shorter."""
    buffer = bytearray()
    for part in parts:
        view = memoryview(part)
        while len(buffer) + len(view) > size:
            missing = size - len(buffer)
            yield bytes(buffer) + view[:missing], False
            buffer.clear()
            view = view[missing:]
        buffer += view
    yield bytes(buffer), True
