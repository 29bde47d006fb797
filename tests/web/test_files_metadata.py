# SPDX-License-Identifier: EUPL-1.2
"""Hidden data goes out of pictures before they are sealed, unless the reporter wants it; what stays is said."""

import base64
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.markers import found_in
from support.reporter_page import open_form, read_words, review, send
from support.reporter_site import LiveDesk, ReporterSite

MARKER = "GPS-51.9244N-4.4777E-merkteken"
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
# Width, height and one pixel's red, as a browser shows the file that an input holds.
LOOK = """
async (encoded) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  return [picture.width, picture.height, context.getImageData(4, 4, 1, 1).data[0]];
}
"""


def exif(orientation: int) -> bytes:
    """A segment as a camera writes it: the rotation, and where it was."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + MARKER.encode()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


@pytest.fixture
def photo(page: Page, desk: LiveDesk, tmp_path: Path) -> Path:
    """A photo that the camera turned by a quarter."""
    page.goto(desk.url())
    drawn = base64.b64decode(page.evaluate(DRAW))
    path = tmp_path / "foto.jpg"
    path.write_bytes(drawn[:2] + exif(6) + drawn[2:])
    return path


def review_with(page: Page, desk: LiveDesk, path: Path) -> None:
    open_form(page, desk.url())
    review(page)
    page.locator("input[type=file]").set_input_files(path)
    expect(page.locator(".files .file-list li")).to_have_count(1)


def sent_file(page: Page, desk: LiveDesk) -> bytes:
    """Send the report; returns the file as a member gets it."""
    send(page)
    read_words(page)
    expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen.")
    (attachment,) = desk.message().attachments
    return desk.file(attachment)


def test_photo_loses_its_place_and_keeps_picture_and_rotation(page: Page, desk: LiveDesk, photo: Path) -> None:
    review_with(page, desk, photo)
    expect(page.locator(".file-list")).to_contain_text("gegevens van de camera, zoals plaats, dag, tijd en toestel")
    found = sent_file(page, desk)
    assert MARKER.encode() not in found
    before, after = (base64.b64encode(data).decode() for data in (photo.read_bytes(), found))
    assert page.evaluate(LOOK, after) == page.evaluate(LOOK, before)


def test_reporter_can_keep_the_hidden_data(page: Page, desk: LiveDesk, photo: Path) -> None:
    review_with(page, desk, photo)
    page.get_by_label("Verborgen gegevens weghalen").uncheck()
    expect(page.locator(".file-list")).to_contain_text("Deze verborgen gegevens gaan mee")
    assert sent_file(page, desk) == photo.read_bytes()


def test_file_that_cannot_be_cleaned_is_said_to_keep_its_data(page: Page, desk: LiveDesk, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"%PDF-1.7 " + MARKER.encode())
    review_with(page, desk, path)
    expect(page.locator(".file-list")).to_contain_text("Let op verborgen gegevens.")
    assert sent_file(page, desk) == path.read_bytes()


def test_hidden_data_are_nowhere_on_the_intake(page: Page, desk: LiveDesk, site: ReporterSite, photo: Path) -> None:
    review_with(page, desk, photo)
    page.get_by_label("Verborgen gegevens weghalen").uncheck()
    sent_file(page, desk)
    kept = [found for found in site.folder.rglob("*") if found.is_file()]
    assert found_in(kept, {"place": MARKER}) == []
