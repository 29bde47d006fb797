# SPDX-License-Identifier: EUPL-1.2
"""What the browser's own Back and Forward show after somebody left in a hurry, in browsers that keep pages in memory.

No script can take an entry out of a tab's history; it can only put another in its place, and whatever lies ahead of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from doctor import CHROMIUM
from support.browser import CHROMIUM_ARGS, PATIENCE_MS, STANDARD, firefox
from support.earlier_report import earlier_report
from support.reporter_page import next_step, open_form, open_mailbox, review
from support.reporter_site import LiveDesk

HARMLESS = "https://www.buienradar.nl/"
BEFORE = "data:text/html,<title>Before</title>"
SECRET = "wat niemand mag zien"


@contextmanager
def chromium_as_people_have_it(playwright: Playwright) -> Iterator[Browser]:
    """The driver's own Chromium never keeps a page in memory; this one does, as everybody's."""
    program = CHROMIUM.find()
    if program is None:
        pytest.skip(CHROMIUM.skip_reason)
    never = ["--disable-back-forward-cache"]
    browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS), ignore_default_args=never)
    try:
        yield browser
    finally:
        browser.close()


@pytest.fixture(scope="module", params=["chromium", pytest.param("firefox", marks=pytest.mark.slow)])
def keeping_browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    opened = chromium_as_people_have_it(playwright)
    if request.param == "firefox":
        request.getfixturevalue("require_firefox")
        # The driver loses sight of a page that this one brings back from its memory.
        opened = firefox(playwright, STANDARD | {"browser.sessionhistory.max_total_viewers": 0})
    with opened as browser:
        yield browser


@pytest.fixture
def tab(keeping_browser: Browser) -> Iterator[Page]:
    """A tab that comes from somewhere else; whatever the browser asks is agreed to."""
    context = keeping_browser.new_context(locale="nl-NL")
    context.set_default_timeout(PATIENCE_MS)
    context.route(HARMLESS, lambda route: route.fulfill(content_type="text/html", body="<title>Weer</title>"))
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(BEFORE)
    yield page
    context.close()


def leave(page: Page, name: str = "Snel weg") -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(HARMLESS)


def travel(page: Page, way: str) -> None:
    """Go back or forward by history, once the driver has its answer: the page that gives it may be gone by then."""
    page.evaluate("way => void setTimeout(() => history[way]())", way)


def expect_nothing_either_way(page: Page) -> None:
    """Back leads to what came before this site, Forward twice to the harmless page, and there it ends."""
    places = page.evaluate("history.length")
    travel(page, "back")
    expect(page).to_have_title("Before")
    travel(page, "forward")
    expect(page).to_have_title("Weer")
    travel(page, "forward")
    # Where the driver cannot answer what follows a redirect, the browser says that this page does not load.
    page.wait_for_url(lambda url: url == HARMLESS or (url.startswith("about:neterror") and HARMLESS in unquote(url)))
    assert page.evaluate("history.length") == places


def test_neither_way_shows_the_form_that_was_left_half_way(tab: Page, desk: LiveDesk) -> None:
    open_form(tab, desk.url())
    tab.get_by_label("Wat is er gebeurd?").fill(SECRET)
    next_step(tab)
    next_step(tab)

    leave(tab)

    expect_nothing_either_way(tab)


def test_neither_way_shows_the_form_after_going_back_to_its_first_step(tab: Page, desk: LiveDesk) -> None:
    open_form(tab, desk.url())
    review(tab, SECRET)
    tab.go_back()
    expect(tab.get_by_label("Wat is er gebeurd?")).to_have_value(SECRET)

    leave(tab)

    expect_nothing_either_way(tab)


def test_neither_way_shows_a_form_that_was_loaded_again_half_way(tab: Page, desk: LiveDesk) -> None:
    open_form(tab, desk.url())
    review(tab, SECRET)
    tab.reload()
    expect(tab.locator(".verified")).to_be_visible()

    leave(tab)

    expect_nothing_either_way(tab)


def test_neither_way_shows_the_form_that_was_left_for_another_page_here(tab: Page, desk: LiveDesk) -> None:
    open_form(tab, desk.url())
    review(tab, SECRET)
    tab.get_by_role("link", name="English").click()
    expect(tab.get_by_role("heading", name="Report something")).to_be_visible()
    leave(tab, "Leave quickly")

    expect_nothing_either_way(tab)


def test_neither_way_shows_the_mailbox(tab: Page, desk: LiveDesk) -> None:
    words = earlier_report(desk)
    desk.reply("message", "Dank u wel.")
    tab.goto(BEFORE)
    open_mailbox(tab, desk.url(page="mailbox"), words)
    expect(tab.get_by_text("Dank u wel.")).to_be_visible()

    leave(tab)

    expect_nothing_either_way(tab)
