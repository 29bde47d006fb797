# SPDX-License-Identifier: EUPL-1.2
"""Envelopes go from Python to JavaScript and back, with fresh random data, and refusals have one name."""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable

import pytest

from crypto import age
from crypto.envelope import parse_header, write_header
from crypto.errors import FormatError
from support.node import run_node


def ask_javascript(
    op: str, *, data: bytes = b"", seed: bytes = b"", recipients: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return what crypto/js/age.js answers: ``answer``, or the class name of its ``refusal``."""
    question = {
        "op": op,
        "data": b64encode(data).decode(),
        "seed": b64encode(seed).decode(),
        "recipients": recipients,
    }
    output = run_node('import "./tests/support/age_cross.js";', stdin=json.dumps(question).encode())
    reply: dict[str, str] = json.loads(output)
    return reply


@pytest.fixture
def seed() -> bytes:
    return secrets.token_bytes(32)


def sealed(seed: bytes, plaintext: bytes = b"what happened") -> bytes:
    """Seal for the seed's identity between two others, so that its stanza is not the first."""
    recipient = age.Identity.from_seed(seed).recipient()
    return age.encrypt(plaintext, [age.throwaway_recipient(), recipient, age.throwaway_recipient()])


def test_a_seed_gives_the_same_keys_in_both_languages(seed: bytes) -> None:
    identity = age.Identity.from_seed(seed)

    assert ask_javascript("recipient", seed=seed) == {"answer": identity.recipient()}
    assert ask_javascript("encode", seed=seed) == {"answer": identity.encode()}


@pytest.mark.parametrize("size", [0, 1, 16384, 65536, 65537, 200_000])
def test_javascript_opens_what_python_sealed(seed: bytes, size: int) -> None:
    plaintext = secrets.token_bytes(size)

    reply = ask_javascript("decrypt", data=sealed(seed, plaintext), seed=seed)

    assert b64decode(reply["answer"]) == plaintext


@pytest.mark.parametrize("size", [0, 1, 16384, 65536, 65537, 200_000])
def test_python_opens_what_javascript_sealed(seed: bytes, size: int) -> None:
    plaintext = secrets.token_bytes(size)
    identity = age.Identity.from_seed(seed)

    reply = ask_javascript("encrypt", data=plaintext, recipients=(age.throwaway_recipient(), identity.recipient()))

    file = b64decode(reply["answer"])
    assert len(parse_header(file).stanzas) == 2
    assert age.decrypt(file, [identity]) == plaintext


def test_both_languages_find_the_same_file_key(seed: bytes) -> None:
    file = sealed(seed)
    header = parse_header(file).raw

    reply = ask_javascript("openFileKey", data=header, seed=seed)

    file_key = age.open_file_key(header, [age.Identity.from_seed(seed)])
    assert b64decode(reply["answer"]) == file_key
    assert age.decrypt_with_file_key(file, file_key) == b"what happened"


def without_the_last_byte(file: bytes) -> bytes:
    return file[:-1]


def with_another_mac(file: bytes) -> bytes:
    mac = file.index(b"\n--- ") + len("\n--- ")
    return file[:mac] + (b"B" if file[mac : mac + 1] == b"A" else b"A") + file[mac + 1 :]


def with_its_stanzas_in_another_order(file: bytes) -> bytes:
    header = parse_header(file)
    return file.replace(header.authenticated, write_header(header.stanzas[::-1]))


def with_a_short_last_stanza(file: bytes) -> bytes:
    mac = file.index(b"\n--- ")
    return file[: mac - 4] + file[mac:]


def with_a_foreign_last_stanza(file: bytes) -> bytes:
    last = file.rindex(b"-> mlkem768x25519", 0, file.index(b"\n--- "))
    return file[:last] + file[last:].replace(b"mlkem768x25519", b"mlkem768x25518", 1)


def cut_after_the_header(file: bytes) -> bytes:
    return parse_header(file).raw + b"nonce"


def unchanged_for_somebody_else(file: bytes) -> bytes:
    del file
    return sealed(secrets.token_bytes(32))


@pytest.mark.parametrize(
    "change",
    [
        without_the_last_byte,
        with_another_mac,
        with_its_stanzas_in_another_order,
        with_a_short_last_stanza,
        with_a_foreign_last_stanza,
        cut_after_the_header,
        unchanged_for_somebody_else,
    ],
)
def test_both_languages_refuse_at_the_same_layer(seed: bytes, change: Callable[[bytes], bytes]) -> None:
    file = change(sealed(seed))

    with pytest.raises(FormatError) as refusal:
        age.decrypt(file, [age.Identity.from_seed(seed)])

    assert ask_javascript("decrypt", data=file, seed=seed) == {"refusal": refusal.type.__name__}
