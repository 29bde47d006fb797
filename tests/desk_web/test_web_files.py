# SPDX-License-Identifier: EUPL-1.2
"""Files on the pages: saved as they are and never shown; chosen once and kept through every step of a message."""

import re
from io import BytesIO

import pytest

from casework.logs.file_state import FileState
from casework.service.desk import Desk
from support.desk_pages import HERE, PREFIX, Pages
from support.reporter_files import ReporterFiles

HOSTILE_NAME = '<img src=x onerror=alert(1)>\u202egpj."html'
HOSTILE_TYPE = "text/html"
SCRIPT = b"<script>alert(1)</script>" * 3000


def received(pages: Pages, *files: tuple[str, str, bytes]) -> tuple[str, ReporterFiles]:
    """Have a reporter send files, and return the case."""
    sent = ReporterFiles(pages.world, *files)
    sent.send_all()
    pages.desk.sync()
    (line,) = pages.desk.cases()
    return line.id, sent


def blob_of(desk: Desk, case: str) -> str:
    return desk.case(case).files[0].blob


def attached(page: str) -> list[str]:
    return re.findall(r'name="attached" value="([a-z2-7]+)"', page)


def upload(pages: Pages, case: str, content: bytes) -> int:
    """Choose a large file, by a body made by hand: the test client's own would be a temporary file."""
    fields = {"csrf": pages.csrf(), "text": "Hi", "go": "review"}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    head = 'Content-Disposition: form-data; name="files"; filename="large.bin"\r\n\r\n'
    pieces = [*(part.encode() for part in parts), head.encode() + content]
    body = b"".join(b"--x\r\n" + piece + b"\r\n" for piece in pieces) + b"--x--\r\n"
    address = f"{PREFIX}/cases/{case}/write/message"
    kind = "multipart/form-data; boundary=x"
    return pages.client.post(address, base_url=HERE, data=body, content_type=kind).status_code


@pytest.fixture
def case(inside: Pages) -> str:
    return received(inside, (HOSTILE_NAME, HOSTILE_TYPE, SCRIPT))[0]


def test_a_hostile_name_is_text_on_the_page(inside: Pages, case: str) -> None:
    page = inside.get(f"/cases/{case}").text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "U+202E" in page


def test_a_file_is_given_to_save_and_never_to_show(inside: Pages, case: str) -> None:
    answer = inside.get(f"/cases/{case}/files/{blob_of(inside.desk, case)}")
    assert answer.data == SCRIPT
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Length"] == str(len(SCRIPT))


def test_the_name_to_save_under_has_nothing_hidden_in_it(inside: Pages, case: str) -> None:
    answer = inside.get(f"/cases/{case}/files/{blob_of(inside.desk, case)}")
    name = answer.headers["Content-Disposition"]
    assert "\u202e" not in name
    assert "%E2%80%AE" not in name
    assert "<" not in name


def test_nothing_of_a_saved_file_stays(inside: Pages, case: str) -> None:
    with inside.get(f"/cases/{case}/files/{blob_of(inside.desk, case)}") as answer:
        assert answer.data
    assert list((inside.world.home("anna").folder / "blobs").iterdir()) == []


def test_a_damaged_file_is_refused_in_words(inside: Pages, case: str) -> None:
    inside.world.intake.shelf.alter = lambda _blob, _number, part: bytes(len(part))
    answer = inside.get(f"/cases/{case}/files/{blob_of(inside.desk, case)}")
    assert answer.status_code == 503
    assert "This file is damaged" in answer.text
    assert "damaged" in inside.get(f"/cases/{case}").text


def test_a_file_of_no_case_is_not_there(inside: Pages, case: str) -> None:
    assert "There is no such file in this case" in inside.get(f"/cases/{case}/files/{'a' * 32}").text


def test_who_has_no_session_gets_no_file(pages: Pages) -> None:
    case, _ = received(pages, ("a.txt", "text/plain", b"x"))
    answer = pages.get(f"/cases/{case}/files/{blob_of(pages.desk, case)}")
    assert (answer.status_code, answer.data.find(b"x\n")) == (303, -1)


def test_a_file_is_chosen_once_and_goes_along_after_the_review(inside: Pages) -> None:
    case, sent = received(inside)
    form = {"text": "Here it is.", "go": "review", "files": (BytesIO(b"letter"), "brief.pdf")}
    review = inside.post(f"/cases/{case}/write/message", form).text
    assert "brief.pdf" in review
    (blob,) = attached(review)
    answer = inside.post(f"/cases/{case}/write/message", {"text": "Here it is.", "go": "send", "attached": blob})
    assert answer.status_code == 303
    assert sent.received(sent.reporter.replies()[0].attachments[0]) == b"letter"
    assert inside.desk.case(case).files[0].state is FileState.WHOLE


def test_a_message_whose_file_does_not_fit_into_the_mailbox_says_what_to_do(inside: Pages) -> None:
    case, sent = received(inside)
    form = {"text": "Here it is.", "go": "review", "files": (BytesIO(b"letter"), "brief.pdf")}
    (blob,) = attached(inside.post(f"/cases/{case}/write/message", form).text)
    inside.world.intake.takes_files = False
    inside.post(f"/cases/{case}/write/message", {"text": "Here it is.", "go": "send", "attached": blob})

    notice, shown = inside.get(f"/cases/{case}").text, inside.get(f"/cases/{case}").text
    assert sent.reporter.replies() == []
    assert [page.count("Write it again without files") for page in (notice, shown)] == [2, 1]


def test_a_mistake_in_the_text_keeps_the_file(inside: Pages) -> None:
    case, _ = received(inside)
    form = {"text": " ", "go": "review", "files": (BytesIO(b"letter"), "brief.pdf")}
    answer = inside.post(f"/cases/{case}/write/question", form)
    assert answer.status_code == 422
    assert len(attached(answer.text)) == 1


def test_a_file_that_was_unticked_stays_behind(inside: Pages) -> None:
    case, sent = received(inside)
    files = [(BytesIO(name.encode()), name) for name in ("a.txt", "b.txt")]
    review = inside.post(f"/cases/{case}/write/message", {"text": "Hi", "go": "edit", "files": files}).text
    first, _ = attached(review)
    inside.post(f"/cases/{case}/write/message", {"text": "Hi", "go": "send", "attached": first})
    assert [file.name for file in sent.reporter.replies()[0].attachments] == ["a.txt"]


def test_a_file_that_is_no_longer_at_hand_is_said_and_the_text_stays(inside: Pages) -> None:
    case, sent = received(inside)
    form = {"text": "A long letter.", "go": "send", "attached": "a" * 32}
    answer = inside.post(f"/cases/{case}/write/message", form)
    assert answer.status_code == 422
    assert "Choose it again" in answer.text
    assert "A long letter." in answer.text
    assert not sent.reporter.replies()


def test_a_lock_in_between_is_told_because_it_takes_the_files(inside: Pages) -> None:
    case, _ = received(inside)
    review = inside.post(
        f"/cases/{case}/write/message", {"text": "Hi", "go": "review", "files": (BytesIO(b"x"), "a.txt")}
    ).text
    token = inside.csrf()
    inside.gate.lock()
    inside.post(
        f"/cases/{case}/write/message",
        {"text": "Hi", "go": "send", "attached": attached(review)[0], "csrf": token},
        csrf=False,
    )
    (again,) = inside.world.synced("anna")
    inside.gate.admit(again)
    inside.enter()
    page = inside.get(f"/cases/{case}/write/message").text
    assert "the files are gone" in page
    assert "Hi" in page


def test_an_upload_is_never_a_file_on_this_disk(inside: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _ = received(inside)

    def refuse(*_arguments: object, **_named: object) -> object:
        raise AssertionError("a temporary file was asked for")

    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    assert upload(inside, case, bytes(2_000_000)) == 200


def test_more_than_fits_in_memory_is_refused(inside: Pages) -> None:
    case, _ = received(inside)
    assert upload(inside, case, bytes(65 * 1024 * 1024)) == 413
