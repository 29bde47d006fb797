# SPDX-License-Identifier: EUPL-1.2
"""Attachments: files sealed as blobs, part by part, and opened again (FORMAT.md section 7.5). Not for the intake.

A blob's exact length is known before it is sealed, and its parts can be made again from the same file: one start, one
file, the same bytes. Nothing here holds a whole file; what comes out of `open_blob` is good only once it has ended.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import BinaryIO

from crypto.age import NONCE_LENGTH, Start, decrypt_stream_with_file_key, seal_under
from crypto.encoding import b32encode, labelled_hash, u32
from crypto.envelope import header_length
from crypto.errors import BindingError, PayloadError
from crypto.fields import LOG_ID_LENGTH
from crypto.logs import BLOB_PART_LENGTH, Claim
from crypto.padding import padded_length
from crypto.records import Attachment
from crypto.stream import sealed_length

_PREFIX = u32(0)
_READ_LENGTH = 65_536


def blob_length(stanzas: int, size: int) -> int:
    """Return the bytes of the blob that seals a file of ``size`` bytes with so many stanzas: its claim's size."""
    return header_length(stanzas) + NONCE_LENGTH + sealed_length(_plain_length(size))


def new_attachment(name: str, media_type: str, size: int, start: Start) -> Attachment:
    """Return the record, without a root, of a file of ``size`` bytes that will be sealed under ``start``.

    ``start`` is `age.new_start` for `seal.member_recipients` or for the reporter, made for this one blob.
    """
    blob = b32encode(secrets.token_bytes(LOG_ID_LENGTH))
    return Attachment(blob, name, media_type, size, start.file_key, None)


def claims_of(attachments: Sequence[Attachment], stanzas: int) -> tuple[Claim, ...]:
    """Return the claims of an entry whose blobs have so many stanzas each."""
    return tuple(Claim(found.blob, blob_length(stanzas, found.size)) for found in attachments)


def seal_blob(file: BinaryIO, size: int, start: Start) -> Iterator[bytes]:
    """Yield the parts of the blob that seals the file: 1 MiB each, the last one shorter.

    Raises:
        ValueError: the file does not have ``size`` bytes: what was sent so far must not be used.
    """
    return _regroup(seal_under(start, _plaintext(file, size)))


class BlobHash:
    """The root of a blob whose bytes come one after the other, in pieces of any length."""

    def __init__(self) -> None:
        self._digests: list[bytes] = []
        self._part = sha256()
        self._filled = 0

    def update(self, data: bytes) -> None:
        """Take the bytes that come next."""
        view = memoryview(data)
        while view:
            if self._filled == BLOB_PART_LENGTH:
                self._close_part()
            piece = view[: BLOB_PART_LENGTH - self._filled]
            self._part.update(piece)
            self._filled += len(piece)
            view = view[len(piece) :]

    def root(self) -> bytes:
        """Return H("blob", SHA-256 of each part), 32 bytes."""
        return labelled_hash("blob", *self._digests, self._part.digest())

    def _close_part(self) -> None:
        self._digests.append(self._part.digest())
        self._part = sha256()
        self._filled = 0


def open_blob(parts: Iterable[bytes], attachment: Attachment) -> Iterator[bytes]:
    """Yield the bytes of the file that a blob holds; ``parts`` may be cut anywhere.

    Only the end of the iteration says that the file is whole and the one that was signed: until then keep what came
    out apart, and throw it away when an error comes.

    Raises:
        HeaderError: the header is malformed or foreign, or another file key's.
        PayloadError: cut off, extended or altered, or it holds another length than the record names.
        BindingError: it is another blob than the one whose root was signed.
        ValueError: the record has no root yet.
    """
    if attachment.root is None:
        raise ValueError("attachment must have its root")
    found = BlobHash()
    plaintext = decrypt_stream_with_file_key(_hashed(parts, found), attachment.key)
    yield from _file_bytes(plaintext, attachment.size)
    if found.root() != attachment.root:
        raise BindingError("a blob is another than the one that was signed")


def _plain_length(size: int) -> int:
    return padded_length(len(_PREFIX) + size)


def _plaintext(file: BinaryIO, size: int) -> Iterator[bytes]:
    yield _PREFIX
    left = size
    while left:
        piece = file.read(min(left, _READ_LENGTH))
        if not piece:
            raise ValueError("file must have size bytes: it ended before")
        left -= len(piece)
        yield piece
    if file.read(1):
        raise ValueError("file must have size bytes: it goes on after them")
    yield from _zeros(_plain_length(size) - len(_PREFIX) - size)


def _zeros(length: int) -> Iterator[bytes]:
    while length:
        piece = bytes(min(length, _READ_LENGTH))
        length -= len(piece)
        yield piece


def _regroup(pieces: Iterable[bytes]) -> Iterator[bytes]:
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= BLOB_PART_LENGTH:
            yield bytes(buffer[:BLOB_PART_LENGTH])
            del buffer[:BLOB_PART_LENGTH]
    if buffer:
        yield bytes(buffer)


def _hashed(parts: Iterable[bytes], found: BlobHash) -> Iterator[bytes]:
    for part in parts:
        found.update(part)
        yield part


def _file_bytes(plaintext: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield ``size`` bytes behind an empty statement; what follows must be the zeros that belong there."""
    end, total = len(_PREFIX) + size, _plain_length(size)
    place = 0
    for piece in plaintext:
        if piece[: max(0, len(_PREFIX) - place)].strip(b"\0"):
            raise PayloadError("a blob holds a statement")
        file = piece[max(0, len(_PREFIX) - place) : max(0, end - place)]
        if piece[max(0, end - place) :].strip(b"\0"):
            raise PayloadError("the plaintext's padding has a byte other than zero")
        place += len(piece)
        if file:
            yield file
    if place != total:
        raise PayloadError("the plaintext's length is not the padded length of its content")
