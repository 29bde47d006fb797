# SPDX-License-Identifier: EUPL-1.2
"""What an intake answers is read with its limits: a size that is a lie fills nobody's memory or disk."""

import json

import pytest

from crypto.answers import read_blob_state, read_letters
from crypto.errors import EncodingError
from crypto.handover import MAX_LETTER
from crypto.logs import BLOB_PART_LENGTH, MAX_BLOB, blob_parts


def listed(size: int) -> bytes:
    return json.dumps({"letters": [{"letter": "a" * 32, "day": "2026-11-23", "size": size}]}).encode()


def blob(size: int, parts: int) -> bytes:
    return json.dumps({"size": size, "parts": parts, "missing": []}).encode()


def test_a_letter_of_the_longest_size_is_listed() -> None:
    assert [letter.size for letter in read_letters(listed(MAX_LETTER))] == [MAX_LETTER]


@pytest.mark.parametrize("size", [MAX_LETTER + 1, 2**53 - 1])
def test_a_longer_letter_than_an_intake_takes_is_refused(size: int) -> None:
    with pytest.raises(EncodingError):
        read_letters(listed(size))


def test_a_blob_of_the_longest_size_has_the_parts_of_that_size() -> None:
    assert read_blob_state(blob(MAX_BLOB, blob_parts(MAX_BLOB))).parts == MAX_BLOB // BLOB_PART_LENGTH


@pytest.mark.parametrize("size,parts", [(1, 2**53 - 1), (BLOB_PART_LENGTH, 2), (MAX_BLOB + 1, MAX_BLOB // 2**20 + 1)])
def test_a_blob_of_other_parts_or_beyond_the_limit_is_refused(size: int, parts: int) -> None:
    with pytest.raises(EncodingError):
        read_blob_state(blob(size, parts))
