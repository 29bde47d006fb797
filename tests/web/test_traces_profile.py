# SPDX-License-Identifier: EUPL-1.2
"""What a browser's profile folder holds after a visit: the address in its history, and nothing that was typed.

A private window would keep the address out of it too; the page says so. Firefox is told to save its session often,
so that it has done so before it ends.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from doctor import CHROMIUM
from support.browser import chromium_profile, firefox_profile
from support.markers import found_in
from support.reporter_page import open_form
from support.reporter_site import LiveDesk

TYPED = "Qx7vK2mZp9Lw4TdR"
HARMLESS = "https://www.buienradar.nl/"
HISTORIES = {"History": "urls", "places.sqlite": "moz_places"}
Open = Callable[[Playwright, Path], BrowserContext]


@pytest.fixture(params=["chromium", pytest.param("firefox", marks=pytest.mark.slow)])
def open_profile(request: pytest.FixtureRequest) -> Open:
    if request.param == "firefox":
        request.getfixturevalue("require_firefox")
        return firefox_profile
    if CHROMIUM.find() is None:
        pytest.skip(CHROMIUM.skip_reason)
    return chromium_profile


def type_everywhere(page: Page, desk: LiveDesk) -> None:
    """Type the marker where a report is told, and where a mailbox is opened."""
    open_form(page, desk.url("nl", "mailbox"))
    page.get_by_label("Woord 1", exact=True).press_sequentially(TYPED)
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").press_sequentially(TYPED)


def files(profile: Path) -> list[Path]:
    return [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]


def titles(paths: Iterable[Path], desk: LiveDesk) -> set[str]:
    """Titles that the history has for pages of a desk."""
    (history,) = (path for path in paths if path.name in HISTORIES)
    with closing(sqlite3.connect(history)) as database:
        rows = database.execute(f"SELECT url, title FROM {HISTORIES[history.name]}")  # noqa: S608  a name of ours
        return {title for url, title in rows if desk.id in url}


def test_a_browser_keeps_the_address_and_nothing_that_was_typed(
    playwright: Playwright, desk: LiveDesk, tmp_path: Path, open_profile: Open
) -> None:
    with open_profile(playwright, tmp_path) as context:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        type_everywhere(page, desk)
    profile = files(tmp_path)

    assert found_in(profile, {"typed": TYPED}) == []
    assert titles(profile, desk) == {"Formulier", "Berichten"}


def test_a_browser_that_was_left_in_a_hurry_forgot_its_copies_of_this_site(
    playwright: Playwright, desk: LiveDesk, tmp_path: Path, open_profile: Open
) -> None:
    with open_profile(playwright, tmp_path) as context:
        context.route(HARMLESS, lambda route: route.fulfill(content_type="text/html", body="<title>Weer</title>"))
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        type_everywhere(page, desk)
        page.get_by_role("link", name="Snel weg", exact=True).click()
        page.wait_for_url(HARMLESS)
    profile = files(tmp_path)

    assert found_in(profile, {"typed": TYPED}) == []
    # Firefox doomed its copies, which go at its next start; Chromium keeps compiled scripts, which show no text.
    copies = [path for path in profile if {"Cache", "entries"} & set(path.parts)]
    assert found_in(copies, {"address": desk.site.origin}) == []
