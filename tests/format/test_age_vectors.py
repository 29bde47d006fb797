# SPDX-License-Identifier: EUPL-1.2
"""The official age vectors, refused by the layer that each one names.

A vector for another kind of recipient still tests the header's grammar, the MAC and the payload: its
file key is injected where our profile would have refused the stanza.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto import age
from crypto.envelope import read_header, write_header
from crypto.errors import FormatError, HeaderError, NoMatchError, PayloadError
from support.age_vectors import AgeVector, all_vectors, not_applicable, refused_by_profile
from support.node import NODE
from support.repository import ROOT

VECTORS = all_vectors()
FOREIGN = [VECTORS[name] for name in refused_by_profile()]
OPENED = [
    vector for name, vector in VECTORS.items() if name not in not_applicable().keys() | refused_by_profile().keys()
]
REFUSALS: dict[str, type[FormatError]] = {
    "header failure": HeaderError,
    "HMAC failure": HeaderError,
    "no match": NoMatchError,
    "payload failure": PayloadError,
}


def opened(vector: AgeVector) -> Iterator[bytes]:
    """Open a vector as our own files are opened, or with its file key if it has no hybrid identity."""
    if vector.hybrid:
        hybrid = [text for text in vector.identities if text.startswith("AGE-SECRET-KEY-PQ-1")]
        yield from age.decrypt_stream([vector.file], [age.Identity.parse(text) for text in hybrid])
        return
    header = read_header(vector.file)
    age.check_mac(header, vector.file_key)
    yield from age.open_payload([vector.file[len(header.raw) :]], vector.file_key)


def drain(parts: Iterator[bytes]) -> tuple[bytes, FormatError | None]:
    """Return all plaintext that came out, and the refusal that ended it."""
    released = bytearray()
    try:
        for part in parts:
            released += part
    except FormatError as error:
        return bytes(released), error
    return bytes(released), None


def most_that_may_come_out(vector: AgeVector) -> bytes:
    """Return what a reader without look-ahead releases: each chunk that verifies, up to the first last one."""
    payload = vector.file[len(read_header(vector.file).raw) :]
    key = HKDF(SHA256(), 32, payload[:16], b"payload").derive(vector.file_key)
    released = bytearray()
    for counter, start in enumerate(range(16, len(payload), 65536 + 16)):
        chunk = payload[start : start + 65536 + 16]
        for last in (0, 1) if len(chunk) == 65536 + 16 else (1,):
            with suppress(InvalidTag):
                released += ChaCha20Poly1305(key).decrypt(counter.to_bytes(11, "big") + bytes([last]), chunk, None)
                break
        else:
            break
        if last:
            break
    return bytes(released)


@pytest.mark.parametrize("vector", OPENED, ids=lambda vector: vector.name)
def test_official_vector_has_the_outcome_it_names(vector: AgeVector) -> None:
    released, refusal = drain(opened(vector))

    if vector.expect == "success":
        assert refusal is None
        assert sha256(released).hexdigest() == vector.payload
    else:
        assert type(refusal) is REFUSALS[vector.expect]


@pytest.mark.parametrize(
    "vector", [vector for vector in OPENED if vector.expect == "payload failure"], ids=lambda vector: vector.name
)
def test_no_more_than_the_verified_plaintext_comes_out_before_a_refusal(vector: AgeVector) -> None:
    limit = most_that_may_come_out(vector)
    assert sha256(limit).hexdigest() == (vector.payload or sha256().hexdigest())

    released, _ = drain(opened(vector))

    assert limit.startswith(released)


@pytest.mark.parametrize("vector", FOREIGN, ids=lambda vector: vector.name)
def test_foreign_stanza_is_refused_also_beside_good_ones(vector: AgeVector) -> None:
    assert vector.expect in ("success", "no match")
    read_header(vector.file)

    _, refusal = drain(opened(vector))

    assert type(refusal) is HeaderError


@pytest.mark.parametrize("vector", OPENED, ids=lambda vector: vector.name)
def test_header_that_was_read_is_written_back_to_the_byte(vector: AgeVector) -> None:
    try:
        header = read_header(vector.file)
    except HeaderError:
        return

    assert write_header(header.stanzas) == header.authenticated
    assert vector.file.startswith(header.raw)


def test_every_official_vector_is_run_or_left_out_for_a_reason() -> None:
    assert len(VECTORS) == 143
    assert len(not_applicable()) == 66
    assert len(OPENED) == 74
    assert len(FOREIGN) == 3
    assert not_applicable().keys() | refused_by_profile().keys() <= VECTORS.keys()


def test_both_languages_run_the_same_number_of_official_vectors() -> None:
    finished = subprocess.run(
        [NODE, "--test", "--test-reporter=spec", "crypto/js/age.test.js"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    ran = re.search(r"official vectors: ran (\d+), left out (\d+)", finished.stdout)

    assert ran is not None
    assert ran.groups() == (str(len(OPENED) + len(FOREIGN)), str(len(not_applicable())))
