# SPDX-License-Identifier: EUPL-1.2
"""Blobs of any length: whole at the other end, the same when made again, and never whole in memory."""

import tracemalloc
from dataclasses import replace
from io import BufferedReader, BytesIO, RawIOBase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.age import new_start
from crypto.blob import BlobHash, blob_length, new_attachment, open_blob, seal_blob
from crypto.errors import BindingError, PayloadError
from crypto.logs import BLOB_PART_LENGTH, blob_parts
from crypto.recipients import Identity
from crypto.records import Attachment

START = new_start([Identity.from_seed(bytes(32)).recipient()])
LARGE = 64 * BLOB_PART_LENGTH
FEW_PARTS = 8 * BLOB_PART_LENGTH


class Zeros(RawIOBase):
    """A file of so many zeros that exists nowhere."""

    def __init__(self, size: int) -> None:
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        length = min(len(buffer), self._left)
        buffer[:length] = bytes(length)
        self._left -= length
        return length


def sealed(file: bytes) -> tuple[list[bytes], Attachment]:
    parts = list(seal_blob(BytesIO(file), len(file), START))
    found = BlobHash()
    for part in parts:
        found.update(part)
    return parts, replace(new_attachment("x", "y", len(file), START), root=found.root())


@settings(max_examples=25, deadline=None)
@given(size=st.integers(0, 200_000), cut=st.integers(1, 100_000))
def test_file_of_any_length_comes_out_however_its_blob_is_cut(size: int, cut: int) -> None:
    file = (bytes(range(256)) * (size // 256 + 1))[:size]
    parts, attachment = sealed(file)
    blob = b"".join(parts)
    assert len(blob) == blob_length(1, size)
    assert b"".join(open_blob((blob[place : place + cut] for place in range(0, len(blob), cut)), attachment)) == file


def test_parts_have_one_length_and_are_the_same_when_made_again() -> None:
    file = bytes(3 * BLOB_PART_LENGTH)
    parts, _ = sealed(file)
    assert [len(part) for part in parts[:-1]] == [BLOB_PART_LENGTH] * (blob_parts(blob_length(1, len(file))) - 1)
    assert parts == sealed(file)[0]


@pytest.mark.parametrize("size", [9, 11])
def test_file_that_is_shorter_or_longer_than_announced_is_not_sealed(size: int) -> None:
    with pytest.raises(ValueError, match="file must have size bytes"):
        list(seal_blob(BytesIO(bytes(10)), size, START))


def test_parts_in_another_order_are_refused() -> None:
    parts, attachment = sealed(bytes(3 * BLOB_PART_LENGTH))
    with pytest.raises(PayloadError):
        list(open_blob([parts[0], parts[2], parts[1], *parts[3:]], attachment))


def test_another_file_under_the_same_key_is_refused_at_the_end() -> None:
    _, attachment = sealed(b"what was announced")
    other, _ = sealed(b"what was exchanged")
    with pytest.raises(BindingError):
        list(open_blob(other, attachment))


def test_neither_sealing_nor_opening_holds_the_whole_file() -> None:
    attachment = replace(new_attachment("x", "y", LARGE, START), root=bytes(32))
    tracemalloc.start()
    pieces = open_blob(seal_blob(BufferedReader(Zeros(LARGE)), LARGE, START), attachment)
    with pytest.raises(BindingError):
        for _ in pieces:
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < FEW_PARTS
