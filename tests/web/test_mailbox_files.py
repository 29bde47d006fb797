# SPDX-License-Identifier: EUPL-1.2
"""Files that the committee sends: fetched and saved from the mailbox, or refused without leaving anything."""

import pytest
from playwright.sync_api import Page, Route, expect

from support.earlier_report import earlier_report
from support.reporter_page import open_mailbox
from support.reporter_site import LiveDesk

LETTER = bytes(range(256)) * 6000
NAME = "brief van de commissie.pdf"


@pytest.fixture
def thread(page: Page, desk: LiveDesk) -> Page:
    """A mailbox with a reply that has a file of two parts."""
    words = earlier_report(desk)
    desk.reply("message", "Zie de brief.", files=[(NAME, LETTER)])
    open_mailbox(page, desk.url(page="mailbox"), words)
    return page


def test_file_of_the_committee_is_saved_as_it_was_sent(thread: Page) -> None:
    expect(thread.locator(".received")).to_contain_text(f"{NAME} (1,5 MB)")
    with thread.expect_download() as saving:
        thread.get_by_role("button", name=f"{NAME} ophalen en bewaren").click()

    assert saving.value.suggested_filename == NAME
    assert saving.value.path().read_bytes() == LETTER


def test_file_that_was_altered_is_refused_and_nothing_of_it_is_saved(thread: Page) -> None:
    saved: list[str] = []
    thread.on("download", lambda download: saved.append(download.suggested_filename))

    def alter(route: Route) -> None:
        body = bytearray(route.fetch().body())
        body[-1] ^= 1
        route.fulfill(body=bytes(body), content_type="application/octet-stream")

    thread.context.route("**/blobs/*/parts/2", alter)
    thread.get_by_role("button", name=f"{NAME} ophalen en bewaren").click()

    expect(thread.get_by_role("alert")).to_contain_text("is niet het bestand dat de commissie stuurde")
    assert saved == []
