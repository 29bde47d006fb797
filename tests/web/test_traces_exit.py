# SPDX-License-Identifier: EUPL-1.2
"""Leaving in a hurry: by the button or by Escape three times, from every page, with nothing behind "Back"."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from support.reporter_page import open_form
from support.reporter_site import LiveDesk

HARMLESS = "https://www.buienradar.nl/"
SECRET = "wat niemand mag zien"
BEFORE = "data:text/html,<title>Before</title>"


def by_button(page: Page) -> None:
    page.get_by_role("link", name="Snel weg", exact=True).click()


def by_keyboard(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


WAYS = pytest.mark.parametrize("leave", [by_button, by_keyboard])


@pytest.fixture(autouse=True)
def weather(page: Page) -> None:
    """The harmless page, without the network."""
    page.context.route(HARMLESS, lambda route: route.fulfill(content_type="text/html", body="<title>Weer</title>"))


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Whether the browser asked to stay."""
    dialogs: list[str] = []

    def accept(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    return dialogs


@WAYS
def test_leaving_shows_a_harmless_page_at_once_and_asks_nothing(
    page: Page, desk: LiveDesk, asked: list[str], leave: Callable[[Page], None]
) -> None:
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").fill(SECRET)

    leave(page)

    page.wait_for_url(HARMLESS)
    assert asked == []


@WAYS
def test_back_does_not_lead_to_any_page_that_was_seen_here(
    page: Page, desk: LiveDesk, leave: Callable[[Page], None]
) -> None:
    page.goto(BEFORE)
    page.goto(desk.url("nl", "promises"))
    page.get_by_role("link", name="Naar het formulier").click()
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Nederlands").click()
    page.get_by_role("link", name="Naar de inhoud").focus()
    page.keyboard.press("Enter")

    leave(page)
    page.wait_for_url(HARMLESS)
    page.go_back()

    expect(page).to_have_title("Before")


def test_other_tabs_that_show_this_site_leave_too(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Privacy", exact=True).click()
    opened.value.wait_for_load_state()

    by_button(page)

    opened.value.wait_for_url(HARMLESS)
    page.wait_for_url(HARMLESS)


def test_leaving_works_when_the_intake_no_longer_answers(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.context.route("**/leave", lambda route: route.abort())

    by_button(page)

    page.wait_for_url(HARMLESS)


def test_escape_now_and_then_does_nothing(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").fill(SECRET)

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value(SECRET)


@pytest.mark.parametrize("path", ["", "mailbox", "promises", "privacy", "accessibility", "nowhere"])
def test_every_page_has_the_way_out_and_a_title_that_does_not_tell(page: Page, desk: LiveDesk, path: str) -> None:
    page.goto(desk.url("nl", path))

    expect(page.get_by_role("link", name="Snel weg", exact=True)).to_be_visible()
    assert not {"meld", "klok", "integriteit"} & set(page.title().lower().split())


def test_without_a_script_the_way_out_is_a_link(browser: Browser, desk: LiveDesk) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route(HARMLESS, lambda route: route.fulfill(content_type="text/html", body="<title>Weer</title>"))
    page = context.new_page()
    page.goto(desk.url())

    by_button(page)

    expect(page).to_have_title("Weer")
    context.close()


def test_the_page_keeps_nothing_in_the_browser(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").fill(SECRET)

    kept = page.evaluate(
        """async () => ({
          local: localStorage.length,
          session: sessionStorage.length,
          databases: (await indexedDB.databases()).length,
          caches: (await caches.keys()).length,
          workers: (await navigator.serviceWorker.getRegistrations()).length,
          cookies: document.cookie.length,
        })"""
    )
    assert set(kept.values()) == {0}
    assert page.context.cookies() == []
