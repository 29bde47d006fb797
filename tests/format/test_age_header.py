# SPDX-License-Identifier: EUPL-1.2
"""What the intake refuses without a key, and what a key in text may look like (FORMAT.md sections 4.4 and 5)."""

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256

import pytest

from crypto import age, bech32
from crypto.envelope import MAX_HEADER_LENGTH, MAX_STANZAS, STANZA_LENGTH, Stanza, parse_header, write_header
from crypto.errors import EncodingError, HeaderError, NoMatchError, PayloadError

IDENTITY = age.Identity.from_seed(bytes(range(32)))
RECIPIENT = IDENTITY.recipient()
ENVELOPE = age.encrypt(b"what happened", [RECIPIENT])
GOOD = parse_header(ENVELOPE).stanzas[0]


def header_of(*stanzas: Stanza) -> bytes:
    return write_header(stanzas) + b" " + b"A" * 43 + b"\n"


def test_header_is_as_long_as_its_number_of_stanzas_says() -> None:
    one, three = parse_header(ENVELOPE), parse_header(age.encrypt(b"", [RECIPIENT] * 3))

    assert len(three.raw) - len(one.raw) == 2 * STANZA_LENGTH


def test_header_of_64_stanzas_is_the_longest_that_is_read() -> None:
    longest = header_of(*[GOOD] * MAX_STANZAS)

    assert len(longest) == MAX_HEADER_LENGTH
    assert len(parse_header(longest + b"body").stanzas) == MAX_STANZAS
    with pytest.raises(HeaderError):
        parse_header(header_of(*[GOOD] * (MAX_STANZAS + 1)))


def test_65_short_stanzas_are_refused_although_they_fit_the_length() -> None:
    with pytest.raises(HeaderError):
        parse_header(header_of(*[Stanza(("x",), b"")] * (MAX_STANZAS + 1)))


@pytest.mark.parametrize(
    "stanza",
    [
        Stanza(("X25519", GOOD.arguments[1]), GOOD.body),
        Stanza(("mlkem768x25519",), GOOD.body),
        Stanza((*GOOD.arguments, "more"), GOOD.body),
        Stanza((GOOD.arguments[0], GOOD.arguments[1][:-4]), GOOD.body),
        Stanza((GOOD.arguments[0], GOOD.arguments[1] + "AAAA"), GOOD.body),
        Stanza((GOOD.arguments[0], "!" * 1494), GOOD.body),
        Stanza(GOOD.arguments, GOOD.body[:-1]),
        Stanza(GOOD.arguments, GOOD.body + b"x"),
    ],
    ids=["foreign", "no-argument", "two-arguments", "short", "long", "no-base64", "short-body", "long-body"],
)
def test_stanza_that_breaks_the_profile_is_refused_behind_a_good_one(stanza: Stanza) -> None:
    with pytest.raises(HeaderError):
        parse_header(header_of(GOOD, stanza))


@pytest.mark.parametrize("data", [b"", b"\n", b"\n--- \n", b"age-encryption.org/v1\n", header_of(), b"\xff" + ENVELOPE])
def test_what_is_no_header_is_refused_as_one(data: bytes) -> None:
    with pytest.raises(HeaderError):
        parse_header(data)


def test_header_hash_covers_the_header_to_the_end_of_its_mac_line() -> None:
    end = ENVELOPE.index(b"\n", ENVELOPE.index(b"\n--- ") + 1) + 1

    assert parse_header(ENVELOPE).digest == sha256(ENVELOPE[:end]).digest()


def test_reading_a_header_loads_nothing_that_opens_envelopes() -> None:
    program = "import sys, crypto.envelope; print([m for m in sys.modules if m in ('crypto.age', 'cryptography')])"

    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)

    assert finished.stdout.strip() == "[]"


def test_stream_in_single_bytes_is_opened_like_a_whole_file() -> None:
    parts = [ENVELOPE[place : place + 1] for place in range(len(ENVELOPE))]

    assert b"".join(age.decrypt_stream(parts, [IDENTITY])) == b"what happened"


def test_plaintext_in_uneven_parts_is_sealed_like_a_whole_one() -> None:
    plaintext = bytes(200_000)
    parts = [plaintext[:1], b"", plaintext[1:70_000], plaintext[70_000:]]

    assert age.decrypt(b"".join(age.encrypt_stream(parts, [RECIPIENT])), [IDENTITY]) == plaintext


def test_cut_at_a_chunk_boundary_is_refused() -> None:
    file = age.encrypt(bytes(65536 + 1), [RECIPIENT])

    with pytest.raises(PayloadError):
        age.decrypt(file[: -(1 + 16)], [IDENTITY])


def test_file_key_of_another_file_is_refused_by_the_header_mac() -> None:
    file_key = age.open_file_key(age.encrypt(b"", [RECIPIENT]), [IDENTITY])

    with pytest.raises(HeaderError):
        age.decrypt_with_file_key(ENVELOPE, file_key)


def test_stanza_to_a_throwaway_recipient_opens_for_nobody() -> None:
    with pytest.raises(NoMatchError):
        age.decrypt(age.encrypt(b"", [age.throwaway_recipient()]), [IDENTITY])


@pytest.mark.parametrize("count", [0, MAX_STANZAS + 1])
def test_nothing_is_sealed_to_nobody_or_to_too_many(count: int) -> None:
    with pytest.raises(ValueError):
        age.encrypt(b"", [RECIPIENT] * count)


def test_identity_survives_writing_and_reading() -> None:
    assert age.Identity.parse(IDENTITY.encode()).recipient() == RECIPIENT


def test_identity_never_shows_its_secret_by_accident() -> None:
    assert IDENTITY.encode() not in f"{IDENTITY!r}{IDENTITY}"


def test_identity_of_the_specification_has_the_recipient_of_the_specification() -> None:
    """C2SP age.md, "The MLKEM768-X25519 hybrid post-quantum recipient type"."""
    identity = age.Identity.parse("AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR")

    recipient = identity.recipient()

    assert recipient.startswith("age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrq")
    assert recipient.endswith("ttsn09508k0c55zfnegrm9efhxpfqdkmhh6gjtqmwze9pyyzk3tlhl53k2ykx3qheyty7saeq0d3fzv49zc0k")


def last_letter_changed(text: str) -> str:
    return text[:-1] + ("q" if text[-1] != "q" else "p")


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        last_letter_changed,
        lambda text: text[:-1],
        lambda text: text + "q",
        lambda _: "",
        lambda _: "age1pq1é",
    ],
    ids=["upper-case", "mistyped", "cut-off", "longer", "empty", "no-ascii"],
)
def test_recipient_that_was_mistyped_is_refused(change: Callable[[str], str]) -> None:
    with pytest.raises(EncodingError):
        age.parse_recipient(change(RECIPIENT))


@pytest.mark.parametrize(
    "text",
    [
        bech32.encode("age1pq", bytes(1215)),
        bech32.encode("age1pq", bytes(1217)),
        bech32.encode("age", bytes(1216)),
        IDENTITY.encode(),
    ],
    ids=["short", "long", "another-kind", "identity"],
)
def test_recipient_of_another_kind_or_length_is_refused(text: str) -> None:
    with pytest.raises(EncodingError):
        age.parse_recipient(text)


def test_recipient_that_is_no_key_is_refused() -> None:
    with pytest.raises(EncodingError):
        age.encrypt(b"", [bech32.encode("age1pq", b"\xff" * 1216)])


@pytest.mark.parametrize("text", [IDENTITY.encode().lower(), IDENTITY.encode()[:-1], RECIPIENT, ""])
def test_identity_that_was_mistyped_is_refused(text: str) -> None:
    with pytest.raises(EncodingError):
        age.Identity.parse(text)


def test_bech32_reads_the_empty_string_of_bip_173() -> None:
    assert bech32.decode("a", "a12uel5l") == b""


def test_bech32_refuses_bits_left_over() -> None:
    """The letter `l` holds five ones; after one byte, two letters leave two bits that must be zero."""
    good = bech32.encode("a", b"\xff")

    assert bech32.decode("a", good) == b"\xff"
    with pytest.raises(EncodingError):
        bech32.decode("a", with_checksum("a", good[2:3] + "l"))


def with_checksum(prefix: str, letters: str) -> str:
    register = bech32._polymod(prefix, letters.encode() + b"q" * 6) ^ 1
    checksum = bytes(bech32._ALPHABET[register >> 5 * place & 31] for place in range(5, -1, -1))
    return f"{prefix}1{letters}{checksum.decode()}"
