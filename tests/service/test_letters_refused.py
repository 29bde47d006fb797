# SPDX-License-Identifier: EUPL-1.2
"""What the plain form does not take: it is told why on a page, and nothing of it is kept anywhere."""

import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.envelope import Stanza, to_base64, write_header
from intake.errors import Refusal, UnfitError
from intake.letterform import read_form
from support.intake_service import IntakeService
from support.letters import BOUNDARY, a_letter, form, marked, post
from support.markers import spellings
from support.sealed_desk import SealedDesk

MARKER = "Het was de wethouder, Ëvelien zag het"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def sealed_otherwise(*kinds: str) -> bytes:
    """An age file with stanzas of other kinds."""
    stanzas = [Stanza((kind, to_base64(bytes(32))), bytes(32)) for kind in kinds]
    return write_header(stanzas) + b" " + to_base64(bytes(32)).encode() + b"\n" + bytes(200)


UNFIT: dict[str, tuple[Callable[[], bytes], str]] = {
    "plain text": (lambda: form(MARKER.encode()), "not_locked"),
    "a document": (lambda: form(b"%PDF-1.7\n" + bytes(1000)), "not_locked"),
    "an armored letter": (lambda: form(b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n"), "armored"),
    "an X25519 recipient": (lambda: form(sealed_otherwise("X25519")), "other_lock"),
    "a passphrase": (lambda: form(sealed_otherwise("scrypt")), "other_lock"),
    "too few recipients": (lambda: form(a_letter(2)), "recipients"),
    "too many recipients": (lambda: form(a_letter(4)), "recipients"),
    "half a header": (lambda: form(a_letter()[:3000]), "cut_off"),
    "a header alone": (lambda: form(a_letter()[:-132]), "cut_off"),
    "an empty letter": (lambda: form(a_letter(plaintext=0)), "cut_off"),
    "an empty last chunk": (lambda: form(a_letter(plaintext=65_536) + bytes(16)), "cut_off"),
    "an empty file": (lambda: form(b""), "nothing"),
    "no file chosen": (lambda: form(b"", filename=""), "nothing"),
    "no part": (form, "nothing"),
    "two letters": (lambda: form(a_letter(), a_letter()), "several"),
    "three letters": (lambda: form(a_letter(), a_letter(), a_letter()), "several"),
    "a text field": (lambda: form(MARKER.encode(), filename=None), "malformed"),
    "another field's file": (lambda: form(a_letter(), name="other"), "malformed"),
    "bytes behind the end": (lambda: form(a_letter()) + b"x", "malformed"),
    "bytes before the start": (lambda: b"\r\n" + form(a_letter()), "malformed"),
    "a head without end": (
        lambda: form(a_letter()).replace(b"\r\n\r\n", b"\r\n" + b"a: b\r\n" * 700 + b"\r\n", 1),
        "malformed",
    ),
    "no end": (lambda: form(a_letter())[:-30], "malformed"),
    "no form": (lambda: MARKER.encode("utf-16"), "malformed"),
    "nothing at all": (bytes, "nothing"),
}


@pytest.mark.parametrize("body, reason", UNFIT.values(), ids=UNFIT)
def test_a_page_says_why(intake: IntakeService, desk: SealedDesk, body: Callable[[], bytes], reason: str) -> None:
    response = post(intake.client, desk.id, body())

    assert (response.status_code, response.content_type) == (400, "text/html; charset=utf-8")
    assert f"letter_refused.{reason}" in response.text
    assert intake.store.letters(desk.id, intake.today) == []


def test_what_is_too_large_is_told_so(intake: IntakeService, desk: SealedDesk) -> None:
    response = post(intake.client, desk.id, form(a_letter(plaintext=17 << 20)))

    assert response.status_code == 413
    assert "letter_refused.too_large" in response.text


def test_a_desk_that_is_closed_takes_no_letter(intake: IntakeService) -> None:
    closed = SealedDesk()
    intake.add(closed, ("anna",))

    response = post(intake.client, closed.id, form(a_letter(1)))

    assert response.status_code == 409
    assert "letter_refused.closed" in response.text


def test_a_letter_for_another_desk_is_refused_where_the_numbers_differ(intake: IntakeService, desk: SealedDesk) -> None:
    assert post(intake.client, desk.id, form(a_letter(5))).status_code == 400


@pytest.mark.parametrize("path", [("a" * 26, "nl"), ("about", "nl"), ("x", "nl")])
def test_there_is_no_letter_box_where_there_is_no_desk(intake: IntakeService, path: tuple[str, str]) -> None:
    response = post(intake.client, path[0], form(a_letter()), path[1])

    assert response.status_code == 404
    assert "not_found" in response.text


def test_there_is_no_letter_box_in_another_language(intake: IntakeService, desk: SealedDesk) -> None:
    assert post(intake.client, desk.id, form(a_letter()), "fr").status_code == 404


def test_a_file_that_was_chosen_by_mistake_touches_no_disk(
    intake: IntakeService, desk: SealedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Werkzeug's own parser would write what is longer than 500 kB to a temporary file."""
    opened: list[object] = []
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, lambda *args, **_named: opened.append(args))

    for data in marked(MARKER.encode()):
        assert post(intake.client, desk.id, form(data, filename=f"{MARKER}.txt")).status_code == 400

    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert opened == []
    assert [spelling for spelling in spellings(MARKER) if spelling in kept] == []


PIECES = (
    b"--",
    BOUNDARY.encode(),
    b"\r\n",
    b"\n",
    b"\r\n\r\n",
    b"Content-Disposition:",
    b"Content-Disposition: form-data",
    b'; name="file"',
    b'; filename="x"',
    b": ",
    b"a" * 90,
    b"\xff\xfe",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_a_hostile_form_is_a_file_or_refused(pieces: list[bytes]) -> None:
    """Whatever else it raised would be a fault of ours."""
    with suppress(Refusal, UnfitError):
        assert read_form(b"".join(pieces), KIND)


START, END = f"--{BOUNDARY}\r\n".encode(), f"\r\n--{BOUNDARY}--\r\n".encode()
NAMED = START + b'Content-Disposition: form-data; name="file"; filename="x"'
MANY = 1 << 18
HOSTILE = {
    "very many short header lines": START + b"a:\n" * MANY + b"\r\n\r\nx" + END,
    "very many header lines": START + b"a:\r\n" * MANY + b"\r\nx" + END,
    "a header line without end": START + b"a" * MANY,
    "very many options": NAMED + b";a=b" * MANY + b"\r\n\r\nx" + END,
    "a name of quotes": NAMED[:-2] + b'\\"' * MANY + b'"\r\n\r\nx' + END,
    "very many empty lines": b"\r\n" * MANY + END,
    "half boundaries": NAMED + b"\r\n\r\n" + END[:-5] * (MANY >> 4) + END,
    "very many parts": (NAMED + b"\r\n\r\nx\r\n") * (MANY >> 4) + END[2:],
}


def work(body: bytes) -> tuple[int, int]:
    """Calls that reading a form takes, and the most bytes of memory."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    tracemalloc.start()
    sys.setprofile(count)
    try:
        with suppress(Refusal, UnfitError):
            read_form(body, KIND)
    finally:
        sys.setprofile(None)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return calls, most


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_form_costs_no_more_than_its_head_may(body: bytes) -> None:
    calls, most = work(body)

    assert calls < 10_000
    assert most < len(body) + 2_000_000


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_whatever_is_said_very_often_costs_little(pieces: list[bytes]) -> None:
    assert work(START + b"".join(pieces) * 20_000 + END)[0] < 10_000


KINDS = (
    "",
    "text/plain",
    "multipart/form-data",
    f"multipart/form-data; boundary={'b' * 71}",
    "multipart/mixed; boundary=a",
)


@pytest.mark.parametrize("kind", KINDS)
def test_another_kind_of_body_is_no_form(kind: str) -> None:
    with pytest.raises(Refusal, match="not the form"):
        read_form(form(a_letter()), kind)
