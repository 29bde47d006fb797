# SPDX-License-Identifier: EUPL-1.2
"""What holds for all inputs: round trips, one spelling for each value, padding, places."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import desk, encoding, httpsig, logs, padding, passphrase, signing, wordlist
from crypto.caselog import CaseKey, open_entry, seal_entry
from crypto.errors import BindingError, EncodingError, FormatError, PayloadError, SignatureError, WordsError
from crypto.fields import to_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
KEYS = st.binary(min_size=32, max_size=32)
DAY = date(2026, 11, 22)


@given(st.binary(max_size=100))
def test_base64_and_base32_give_the_bytes_back(data: bytes) -> None:
    assert encoding.b64decode(encoding.b64encode(data), len(data)) == data
    assert encoding.b32decode(encoding.b32encode(data), len(data)) == data


@given(st.text("ABab01-_=+/ \n", max_size=12))
def test_base64_text_that_is_read_is_the_text_that_would_be_written(text: str) -> None:
    try:
        data = encoding.b64decode(text)
    except EncodingError:
        return
    assert encoding.b64encode(data) == text


@given(VALUES)
def test_json_that_we_write_is_json_that_we_read(value: object) -> None:
    assert encoding.parse_json(encoding.dump_json(value)) == value


@given(st.binary(max_size=200) | st.text('{}[]":,0123456789eE.-tfn\\u ', max_size=40).map(str.encode))
def test_any_bytes_are_json_or_refused(data: bytes) -> None:
    try:
        value = encoding.parse_json(data)
    except EncodingError:
        return
    assert encoding.parse_json(encoding.dump_json(value)) == value


@given(st.lists(st.binary(max_size=9), max_size=4), st.lists(st.binary(max_size=9), max_size=4))
def test_two_lists_of_parts_have_two_hashes(left: list[bytes], right: list[bytes]) -> None:
    same = encoding.labelled_hash("x", *left) == encoding.labelled_hash("x", *right)
    assert same == (left == right)


@given(st.integers(1, 2**40))
def test_padding_adds_at_most_an_eighth_and_is_stable(length: int) -> None:
    padded = padding.padme(length)
    assert length <= padded <= length + length // 8
    assert padding.padme(padded) == padded


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_padding_keeps_order(left: int, right: int) -> None:
    assert (left <= right) <= (padding.padme(left) <= padding.padme(right))


@given(st.binary(max_size=3000), st.binary(max_size=3000), st.sampled_from([padding.FLOOR, padding.STATE_FLOOR]))
def test_what_is_padded_is_what_is_unpadded(statement: bytes, file: bytes, floor: int) -> None:
    assert padding.unpad(padding.pad(statement, file, floor), floor, len(file)) == (statement, file)
    assert padding.unpad_entry(padding.pad_entry(statement)) == statement


@given(st.binary(max_size=300), st.integers(1, 255), st.data())
def test_no_byte_of_the_padding_can_carry_anything(statement: bytes, value: int, data: st.DataObject) -> None:
    plaintext = bytearray(padding.pad(statement))
    plaintext[data.draw(st.integers(4 + len(statement), len(plaintext) - 1))] = value
    with pytest.raises(PayloadError):
        padding.unpad(bytes(plaintext))


@given(KEYS, st.binary(max_size=200), st.integers(0, 63), st.integers(1, 255))
def test_a_signature_with_one_byte_changed_is_refused(seed: bytes, message: bytes, place: int, change: int) -> None:
    signature = bytearray(signing.sign(message, seed))
    signing.verify(message, bytes(signature), signing.public_key(seed))
    signature[place] ^= change
    with pytest.raises(SignatureError):
        signing.verify(message, bytes(signature), signing.public_key(seed))


@given(st.sampled_from(["GET", "PUT"]), KEYS, st.none() | st.binary(max_size=50), st.integers(-3, 3))
def test_a_request_is_good_on_the_day_and_its_neighbours(
    method: str, seed: bytes, body: bytes | None, days: int
) -> None:
    target = "https://meldpunt.example/x?after=1"
    headers = httpsig.sign_request(method, target, DAY, seed, body)
    digest = None if body is None else httpsig.content_digest(body)
    today = date.fromordinal(DAY.toordinal() + days)
    if abs(days) > 1:
        with pytest.raises(SignatureError):
            httpsig.verify_request(method, target, headers, digest, today)
        return
    assert httpsig.verify_request(method, target, headers, digest, today) == signing.public_key(seed)


def test_a_precondition_without_a_body_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        httpsig.sign_request("GET", "https://meldpunt.example/", DAY, bytes(32), if_match='"x"')


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=4))
def test_a_frame_gives_its_parts_back(parts: list[bytes]) -> None:
    meta = logs.Meta(logs.log_id("case", "a" * 26, bytes(32)))
    frame = logs.parse_frame(logs.encode_frame(meta, tuple(parts)), meta.log)
    assert (frame.meta, frame.parts) == (meta, tuple(parts))


@given(st.binary(max_size=60), st.booleans())
def test_any_bytes_are_a_frame_or_refused(data: bytes, whole: bool) -> None:  # noqa: FBT001 - drawn, not passed
    log = logs.log_id("case", "a" * 26, bytes(32))
    if whole:
        meta = encoding.dump_json({"v": 1} | to_json(logs.Meta(log)))
        data = encoding.u32(len(meta)) + meta + data
    try:
        frame = logs.parse_frame(data, log)
    except (EncodingError, BindingError):
        return
    assert logs.encode_frame(frame.meta, frame.parts) == data


def test_a_frame_above_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(EncodingError, match="524288"):
        logs.parse_frame(b"\0" * (logs.MAX_FRAME + 1), "a" * 32)
    with pytest.raises(ValueError):
        logs.encode_frame(logs.Meta("a" * 32), (bytes(logs.MAX_FRAME),))


@given(st.binary(min_size=16, max_size=16), st.sampled_from(wordlist.LANGUAGES))
def test_every_desk_has_ten_words_and_every_ten_words_at_most_one_desk(raw: bytes, language: str) -> None:
    words = wordlist.word_list(language)
    spoken = desk.desk_words(encoding.b32encode(raw), words)
    assert desk.desk_from_words(spoken, words) == encoding.b32encode(raw)


@given(st.text(max_size=60))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    normal = passphrase.normalise(text)
    assert passphrase.normalise(normal) == normal
    assert set(normal) <= set("abcdefghijklmnopqrstuvwxyz ")


@given(st.sampled_from(wordlist.LANGUAGES), st.integers(0, 7))
def test_fresh_words_are_good_and_a_wrong_one_is_named(language: str, place: int) -> None:
    words = list(passphrase.new_words(language))
    assert passphrase.check_words(" ".join(words)) == tuple(words)
    words[place] = "qqqq"
    with pytest.raises(WordsError) as refusal:
        passphrase.check_words(" ".join(words))
    assert refusal.value.place == place + 1
    assert "qqqq" not in str(refusal.value)


@settings(max_examples=30)
@given(st.binary(max_size=2000), st.integers(1, 9), KEYS, KEYS)
def test_a_case_entry_opens_at_its_place_only(statement: bytes, seq: int, prev: bytes, other: bytes) -> None:
    case = CaseKey("a" * 26, b"k" * 32)
    part = seal_entry(case, seq, prev, statement)
    assert open_entry(case, seq, prev, part) == statement
    for elsewhere in ((case, seq + 1, prev), (CaseKey("b" * 26, b"k" * 32), seq, prev)):
        with pytest.raises(FormatError):
            open_entry(*elsewhere, part)
    if other != prev:
        with pytest.raises(FormatError):
            open_entry(case, seq, other, part)
