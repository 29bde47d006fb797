# SPDX-License-Identifier: EUPL-1.2
"""Files in a real browser: it saves them, shows none, and is left with nothing of a damaged one."""

from pathlib import Path

from playwright.sync_api import FilePayload, expect

from support.desk_pages import Window
from support.reporter_files import ReporterFiles

PAGE = b"<script>document.title = 'run'</script>" * 5000


def open_case(window: Window) -> None:
    ReporterFiles(window.world, ("bon <b>1</b>.html", "text/html", PAGE)).send_all()
    window.desk.sync()
    (line,) = window.desk.cases()
    window.open(f"/cases/{line.id}")


def test_a_page_among_the_files_is_saved_and_never_shown(window: Window, tmp_path: Path) -> None:
    open_case(window)
    shown = window.page.url
    with window.page.expect_download() as download:
        window.page.locator("#files a").click()
    assert download.value.suggested_filename == "b_.html"
    download.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == PAGE
    assert window.page.url == shown


def test_of_a_damaged_file_a_browser_is_left_with_nothing(window: Window) -> None:
    open_case(window)
    window.world.intake.shelf.alter = lambda _blob, _number, part: part[:-1] + b"!"
    address = window.page.locator("#files a").evaluate("link => link.href")
    window.page.goto(address)
    expect(window.page.locator("main")).to_contain_text("beschadigd")
    expect(window.page.locator("main")).to_contain_text("Er is niets opgeslagen")


def test_files_that_were_chosen_stand_in_the_review_and_go_along(window: Window) -> None:
    open_case(window)
    window.page.goto(window.page.url + "/write/message")
    window.page.locator("[name=text]").fill("Zie de brief.")
    letter: FilePayload = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": b"letter"}
    window.page.set_input_files("#f-files", [letter])
    window.page.locator("button[value=review]").click()
    expect(window.page.locator(".files")).to_contain_text("brief.pdf")
    window.page.locator("button[value=send]").click()
    expect(window.page.locator("#files")).to_contain_text("brief.pdf")
