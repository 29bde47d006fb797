# SPDX-License-Identifier: EUPL-1.2
"""Hidden data goes out of files before they are sealed, unless the reporter wants it; what stays is said."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pypdf import PdfReader

from support import files_with_traces as traces
from support.files_with_traces import MARKER
from support.markers import found_in
from support.reporter_page import open_form, put_files, read_words, review, send
from support.reporter_site import LiveDesk, ReporterSite

DRAW = """
async () => {
  const canvas = new OffscreenCanvas(40, 20);
  const context = canvas.getContext("2d");
  context.fillStyle = "red";
  context.fillRect(0, 0, 20, 20);
  const blob = await canvas.convertToBlob({ type: "image/jpeg" });
  return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
}
"""
# A film of a second, as the browser records it.
RECORD = """
async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const context = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: "video/mp4" });
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.start(50);
  // A busy machine takes its time until there is a first picture.
  for (let frame = 0; frame < 10 || parts.every(({ size }) => size === 0); frame += 1) {
    context.fillStyle = frame % 2 ? "red" : "blue";
    context.fillRect(0, 0, 64, 48);
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(bytes.reduce((letters, byte) => letters + String.fromCharCode(byte), ""));
}
"""
# Width and height of a film's first picture.
PLAY = """
async (encoded) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const film = document.createElement("video");
  film.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  await new Promise((resolve, reject) => {
    film.addEventListener("loadeddata", resolve);
    film.addEventListener("error", () => reject(film.error));
  });
  return [film.videoWidth, film.videoHeight];
}
"""
# Width, height and one pixel's red, as a browser shows the file that an input holds.
LOOK = """
async ([encoded, type]) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type }));
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  return [picture.width, picture.height, context.getImageData(4, 4, 1, 1).data[0]];
}
"""


@pytest.fixture
def photo(page: Page, desk: LiveDesk, tmp_path: Path) -> Path:
    """A photo that the camera turned by a quarter."""
    page.goto(desk.url())
    drawn = base64.b64decode(page.evaluate(DRAW))
    path = tmp_path / "foto.jpg"
    path.write_bytes(drawn[:2] + traces.exif_segment(6) + drawn[2:])
    return path


def review_with(page: Page, desk: LiveDesk, path: Path) -> None:
    open_form(page, desk.url())
    review(page)
    put_files(page, [path])
    expect(page.locator(".files .file-list > li")).to_have_count(1)


def look(page: Page, picture: bytes, kind: str) -> object:
    return page.evaluate(LOOK, [base64.b64encode(picture).decode(), kind])


def sent_file(page: Page, desk: LiveDesk) -> bytes:
    """Send the report; returns the file as a member gets it."""
    send(page)
    read_words(page)
    expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen")
    (attachment,) = desk.message().attachments
    return desk.file(attachment)


def test_photo_loses_its_place_and_keeps_picture_and_rotation(page: Page, desk: LiveDesk, photo: Path) -> None:
    review_with(page, desk, photo)
    expect(page.locator(".file-list")).to_contain_text("gegevens van de camera, zoals plaats, dag, tijd en toestel")
    found = sent_file(page, desk)
    assert MARKER.encode() not in found
    assert look(page, found, "image/jpeg") == look(page, photo.read_bytes(), "image/jpeg")


def test_reporter_can_keep_the_hidden_data(page: Page, desk: LiveDesk, photo: Path) -> None:
    review_with(page, desk, photo)
    page.get_by_label("Verborgen gegevens eruit halen").uncheck()
    expect(page.locator(".file-list")).to_contain_text("Deze verborgen gegevens gaan mee")
    assert sent_file(page, desk) == photo.read_bytes()


def test_hidden_data_taken_out_after_a_failed_attempt_do_not_go(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    traces.avif(path := tmp_path / "plaatje.avif")
    review_with(page, desk, path)
    page.get_by_label("Verborgen gegevens eruit halen").uncheck()
    page.context.route("**/logs/*/entries", lambda route: route.abort())
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Wij weten niet")
    page.context.unroute("**/logs/*/entries")
    page.get_by_label("Verborgen gegevens eruit halen").check()
    assert MARKER.encode() not in sent_file(page, desk)


def test_file_that_cannot_be_cleaned_is_said_to_keep_its_data(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"%PDF-1.7 " + MARKER.encode())
    review_with(page, desk, path)
    expect(page.locator(".file-list")).to_contain_text("Let op verborgen gegevens.")
    assert sent_file(page, desk) == path.read_bytes()


@pytest.mark.parametrize(
    "name, make, told, stays",
    [
        ("plaatje.avif", traces.avif, "gegevens van de camera", "Wat te zien is, blijft"),
        pytest.param(
            "brief.docx",
            traces.docx,
            "namen van wie het maakte",
            "wijzigingen die het programma heeft onthouden, ook verwijderde tekst",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "brief.pdf",
            traces.pdf,
            "namen en dagen bij opmerkingen",
            "namen in de tekst",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_what_goes_and_what_stays_is_said_for_each_kind_of_file(
    page: Page, desk: LiveDesk, tmp_path: Path, name: str, make: Callable[[Path], None], told: str, stays: str
) -> None:
    path = tmp_path / name
    make(path)
    review_with(page, desk, path)
    expect(page.locator(".file-list")).to_contain_text(told)
    expect(page.locator(".file-list")).to_contain_text(stays)
    assert MARKER.encode() not in sent_file(page, desk)


@pytest.mark.slow
def test_heic_like_picture_is_shown_as_before(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    path = tmp_path / "plaatje.avif"
    traces.avif(path)
    assert MARKER.encode() in path.read_bytes()
    review_with(page, desk, path)
    assert look(page, sent_file(page, desk), "image/avif") == look(page, path.read_bytes(), "image/avif")


def test_film_plays_without_its_place(page: Page, desk: LiveDesk, window: BrowserContext, tmp_path: Path) -> None:
    page.goto(desk.url())
    recorded = base64.b64decode(page.evaluate(RECORD))
    path = tmp_path / "film.mp4"
    path.write_bytes(traces.with_traces(recorded))
    review_with(page, desk, path)
    expect(page.locator(".file-list")).to_contain_text("stemmen")
    found = sent_file(page, desk)
    assert MARKER.encode() not in found
    assert len(found) == len(path.read_bytes())
    player = window.new_page()
    assert player.evaluate(PLAY, base64.b64encode(found).decode()) == [64, 48]


def test_document_opens_without_names(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    traces.docx(path)
    review_with(page, desk, path)
    inside = traces.unpacked(sent_file(page, desk))
    assert MARKER.encode() not in inside
    assert traces.TEXT.encode() in inside


def test_pdf_opens_without_its_maker(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    traces.pdf(path)
    review_with(page, desk, path)
    reader = PdfReader(io.BytesIO(sent_file(page, desk)), strict=True)
    (sheet,) = reader.pages
    assert reader.metadata is None
    assert reader.xmp_metadata is None
    (note,) = sheet.annotations or []
    assert note.get_object()["/Contents"] == "Dit is de regel."
    numbers = [*reader.xref[0], *reader.xref_objStm]
    assert len(numbers) > 3
    assert MARKER not in "".join(str(reader.get_object(number)) for number in numbers)


def test_nothing_is_sent_before_the_reporter_saw_what_is_in_a_file(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    waiting: list[Route] = []
    page.route("**/worker.pdf.*", lambda route: waiting.append(route))  # noqa: PLW0108  a bound method cannot be marked
    path = tmp_path / "brief.pdf"
    traces.pdf(path)
    open_form(page, desk.url())
    review(page)
    page.locator("input[type=file]").set_input_files(path)
    expect(page.locator(".file-list")).to_contain_text("Wij zoeken naar verborgen gegevens")
    send(page)
    (route,) = waiting
    route.continue_()
    expect(page.locator(".files")).to_contain_text("Wij hebben uw bestanden nu bekeken.")
    expect(page.get_by_role("heading", name="Melding controleren")).to_be_visible()
    assert desk.mailboxes() == []
    assert MARKER.encode() not in sent_file(page, desk)


def test_file_whose_cleaner_does_not_come_is_said_to_keep_its_data(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    page.route("**/worker.office.*", lambda route: route.abort())
    path = tmp_path / "brief.docx"
    traces.docx(path)
    review_with(page, desk, path)
    expect(page.locator(".file-list")).to_contain_text("Let op verborgen gegevens.")
    assert sent_file(page, desk) == path.read_bytes()


def test_no_cleaner_is_fetched_before_a_file_is_chosen(page: Page, desk: LiveDesk) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    open_form(page, desk.url())
    review(page)
    send(page)
    read_words(page)
    assert not [
        url for url in fetched if any(name in url for name in ("worker.pictures", "worker.office", "worker.pdf"))
    ]


def test_hidden_data_are_nowhere_on_the_intake(page: Page, desk: LiveDesk, site: ReporterSite, photo: Path) -> None:
    review_with(page, desk, photo)
    page.get_by_label("Verborgen gegevens eruit halen").uncheck()
    sent_file(page, desk)
    kept = [found for found in site.folder.rglob("*") if found.is_file()]
    assert found_in(kept, {"place": MARKER}) == []
