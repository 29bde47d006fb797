# SPDX-License-Identifier: EUPL-1.2
"""What holds for every view of the reporter's side, seen on one tour through all of them on a small screen."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support.reporter_page import next_step, open_form, open_mailbox, read_words, review_all, send
from support.reporter_site import LiveDesk, ReporterSite

PRIVATE = {
    "autocomplete": "off",
    "autocorrect": "off",
    "autocapitalize": "off",
    "spellcheck": "false",
    "writingsuggestions": "false",
    "translate": "no",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True)
class View:
    name: str
    violations: tuple[str, ...]
    overflow: int
    exposed: tuple[str, ...]
    """Text fields that a browser maker's service may read, with the attribute that would stop it."""
    small: tuple[str, ...]
    """Buttons and fields below 44 pixels."""
    stored: int


def look(page: Page, name: str) -> View:
    found = Axe().run(page, options=RULES).response["violations"]
    fields = page.locator("input[type=text], textarea").all()
    return View(
        name=name,
        violations=tuple(f"{rule['id']}: {[node['html'][:90] for node in rule['nodes']]}" for rule in found),
        overflow=page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        exposed=tuple(
            f"{field.get_attribute('id')}: {attribute}"
            for field in fields
            for attribute, value in PRIVATE.items()
            if field.get_attribute(attribute) != value
        ),
        small=tuple(page.evaluate(SMALL)),
        stored=page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"),
    )


SMALL = """() => [...document.querySelectorAll("button, input[type=text], textarea, summary")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
    .map((element) => element.outerHTML.slice(0, 90))"""


def tour(page: Page, site: ReporterSite, desk: LiveDesk) -> Iterator[View]:
    open_form(page, desk.url())
    for summary in page.locator("summary").all():
        summary.click()
    yield look(page, "form")
    page.get_by_role("button", name="Volgende").click()
    yield look(page, "form with an error")
    yield from form_steps(page)
    page.get_by_text("Vragen die u openliet").click()
    yield look(page, "review")
    page.context.route("**/logs/**", lambda route: route.abort())
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    yield look(page, "review with a failure")
    page.context.unroute("**/logs/**")
    send(page)
    words = read_words(page)
    yield look(page, "words")
    page.get_by_role("button", name="Ik kan de woorden niet bewaren").click()
    yield look(page, "going on without words")
    page.get_by_role("button", name="Woorden weer laten zien").click()
    page.get_by_role("button", name="Ik heb ze opgeschreven").click()
    page.get_by_role("combobox").first.press_sequentially("aa")
    expect(page.get_by_role("listbox").first).to_be_visible()
    yield look(page, "typing help")
    page.get_by_role("combobox").first.press("Escape")
    page.get_by_role("button", name="Controleren en klaar").click()
    yield look(page, "confirming with an error")
    for field in page.get_by_role("combobox").all():
        field.fill(words[int((field.get_attribute("id") or "").removeprefix("word-")) - 1])
    page.get_by_role("button", name="Controleren en klaar").click()
    expect(page.locator(".proof")).to_be_visible()
    yield look(page, "proof of sending")
    open_form(page, desk.url(page="mailbox"))
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield look(page, "mailbox entry with errors")
    desk.reply("question", "Wie tekende de factuur? " + "y" * 200)
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_role("textbox").fill("half")
    page.get_by_role("button", name="Postbus sluiten").click()
    yield look(page, "mailbox")
    page.get_by_role("button", name="Sluiten zonder te versturen").click()
    yield look(page, "closed mailbox")
    page.goto(site.desk(("anna",)).url("en"))
    expect(page.locator(".utrecht-alert--warning")).to_be_visible()
    yield look(page, "desk that takes no reports")
    page.goto(f"{site.origin}/")
    yield look(page, "front door")
    page.goto(f"{site.origin}/nowhere/at/all")
    yield look(page, "wrong address")


def form_steps(page: Page) -> Iterator[View]:
    """From the first step to the review, over every part that appears on the way."""
    page.get_by_label("Wat is er gebeurd?").fill("Anna zei een heel lang woord: " + "x" * 200)
    yield look(page, next_step(page))
    yield look(page, next_step(page))
    page.get_by_role("button", name="Anna (lid) mag dit niet lezen").click()
    page.get_by_label("Bram, lid").check()
    yield look(page, "one reader is left")
    page.get_by_label("Carla, lid").check()
    page.get_by_role("button", name="Volgende").click()
    yield look(page, "nobody is left")
    page.get_by_label("Carla, lid").uncheck()
    next_step(page)
    page.get_by_label("Nee, wie mijn melding leest").check()
    yield look(page, "last step with contact details")
    review_all(page)


@pytest.fixture(scope="module", params=["light", "dark"])
def views(request: pytest.FixtureRequest, browser: Browser, site: ReporterSite) -> Iterator[list[View]]:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=request.param)
    yield list(tour(context.new_page(), site, site.desk()))
    context.close()


def test_no_view_breaks_an_accessibility_rule(views: list[View]) -> None:
    assert {view.name: view.violations for view in views if view.violations} == {}


def test_no_view_scrolls_sideways_at_320_pixels(views: list[View]) -> None:
    assert {view.name: view.overflow for view in views if view.overflow > 0} == {}


def test_no_text_field_is_open_to_spell_checkers_translators_or_completion(views: list[View]) -> None:
    assert {view.name: view.exposed for view in views if view.exposed} == {}


def test_every_control_is_large_enough_for_a_thumb(views: list[View]) -> None:
    assert {view.name: view.small for view in views if view.small} == {}


def test_no_view_stores_anything_in_the_browser(views: list[View]) -> None:
    assert {view.name: view.stored for view in views if view.stored} == {}
