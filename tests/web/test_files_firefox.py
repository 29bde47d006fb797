# SPDX-License-Identifier: EUPL-1.2
"""Files in Firefox with what Tor Browser sets: no cipher of the browser's own, and noise from a canvas."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from support.browser import STANDARD, firefox
from support.reporter_page import open_form, put_files, read_words, review, send
from support.reporter_site import LiveDesk

PATIENCE_MS = 120_000
SIZE = 1_500_000


@pytest.mark.slow
@pytest.mark.usefixtures("require_firefox")
def test_file_arrives_whole_from_firefox(playwright: Playwright, desk: LiveDesk, tmp_path: Path) -> None:
    path = tmp_path / "opname.m4a"
    path.write_bytes(bytes(range(250)) * (SIZE // 250))
    with firefox(playwright, STANDARD) as running:
        page = running.new_page(locale="nl-NL")
        page.set_default_timeout(PATIENCE_MS)
        open_form(page, desk.url())
        review(page)
        put_files(page, [path])
        send(page)
        expect(page.get_by_role("heading", name="Schrijf deze acht woorden op")).to_be_focused(timeout=PATIENCE_MS)
        read_words(page)
        expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen", timeout=PATIENCE_MS)
    (attachment,) = desk.message().attachments
    assert desk.file(attachment) == path.read_bytes()
