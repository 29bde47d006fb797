# SPDX-License-Identifier: EUPL-1.2
"""The views in which files are chosen and sent (see `reporter_tour`)."""

from collections.abc import Iterator

from playwright.sync_api import FilePayload, Page, expect

from support.reporter_page import confirm, connect_again, open_form, open_mailbox, put_files, read_words, review, send
from support.reporter_site import ReporterSite

# A picture of one pixel with a text in it, and a file of another kind with a name that does not break.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a74455874417574686f72006a616e2bbd72d9"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
FILES: list[FilePayload] = [
    {"name": "foto.png", "mimeType": "image/png", "buffer": PICTURE},
    {"name": "b" * 120 + ".pdf", "mimeType": "application/pdf", "buffer": b"%PDF"},
]


def files_on_their_way(page: Page, site: ReporterSite) -> Iterator[str]:
    """Files with a report and with a message: chosen, waiting, paused, arrived, and a mailbox that should wait."""
    desk = site.desk()
    page.context.route("**/blobs/**", lambda route: route.abort())
    open_form(page, desk.url())
    review(page)
    _choose(page)
    yield "review with files"
    send(page)
    words = read_words(page)
    expect(page.get_by_role("button", name="Nu opnieuw proberen")).to_be_visible()
    yield "words, files wait for a connection"
    page.get_by_role("button", name="Pauzeren").click()
    yield "files paused"
    connect_again(page)
    page.get_by_role("button", name="Verdergaan").click()
    expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen")
    confirm(page, words)
    yield "proof, files have arrived"
    page.context.route("**/blobs/**", lambda route: route.abort())
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_label("Schrijf een bericht").fill("Nog een foto.")
    _choose(page)
    page.get_by_role("button", name="Versturen", exact=True).click()
    expect(page.get_by_role("button", name="Nu opnieuw proberen")).to_be_visible()
    page.get_by_role("button", name="Postbus sluiten").click()
    expect(page.get_by_role("alert")).to_contain_text("Uw bestanden zijn nog onderweg")
    yield "mailbox with files on their way"
    page.get_by_role("button", name="Sluiten zonder deze bestanden").click()
    page.context.unroute("**/blobs/**")


def _choose(page: Page) -> None:
    put_files(page, FILES)
    expect(page.locator(".files .file-list > li")).to_have_count(len(FILES))
