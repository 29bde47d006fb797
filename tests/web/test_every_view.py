# SPDX-License-Identifier: EUPL-1.2
"""What holds for every view of the reporter's side, measured on one tour through all of them."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from support.axe import violations
from support.reporter_site import ReporterSite
from support.reporter_tour import TOURS, Tour
from support.repository import ROOT

PRIVATE = {
    "autocomplete": "off",
    "autocorrect": "off",
    "autocapitalize": "off",
    "spellcheck": "false",
    "writingsuggestions": "false",
    "translate": "no",
}
PHONE: ViewportSize = {"width": 320, "height": 640}


@dataclass(frozen=True)
class View:
    name: str
    violations: tuple[str, ...]
    overflow: int
    """Pixels that one must scroll sideways on a small telephone, or at 400 % on a screen of 1280 pixels."""
    turned: int
    """The same where text runs from right to left."""
    spaced: tuple[str, ...]
    """What is cut off or sticks out when a reader sets the text spacing of WCAG 1.4.12."""
    exposed: tuple[str, ...]
    """Text fields that a browser maker's service may read, with the attribute that would stop it."""
    small: tuple[str, ...]
    """Buttons and fields below 44 pixels."""
    stored: int
    templates: frozenset[str]
    """Ids of the templates that the page has made something of."""


def look(page: Page, name: str) -> View:
    return View(
        name=name,
        violations=tuple(violations(page)),
        overflow=page.evaluate(OVERFLOW),
        turned=page.evaluate(TURNED),
        spaced=tuple(page.evaluate(SPACED)),
        exposed=tuple(page.evaluate(EXPOSED, PRIVATE)),
        small=tuple(page.evaluate(SMALL)),
        stored=page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"),
        templates=frozenset(page.evaluate("[...(window.templatesMade ?? [])]")),
    )


WATCH_TEMPLATES = """(() => {
    const content = Object.getOwnPropertyDescriptor(HTMLTemplateElement.prototype, "content");
    const get = function () {
        (window.templatesMade ??= new Set()).add(this.id);
        return content.get.call(this);
    };
    Object.defineProperty(HTMLTemplateElement.prototype, "content", { get });
})()"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TURNED = f"""() => {{
    document.documentElement.dir = "rtl";
    const over = {OVERFLOW};
    document.documentElement.removeAttribute("dir");
    return over;
}}"""
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
    const edge = document.documentElement.clientWidth;
    const bad = [...document.querySelectorAll("body *")].filter((element) => {
        if (!element.checkVisibility() || element.closest(".unseen, select")) return false;
        const hides = getComputedStyle(element).overflowX === "hidden" && !element.matches("input");
        const cut = hides && element.scrollWidth > element.clientWidth + 1;
        return cut || element.getBoundingClientRect().right > edge + 1;
    });
    document.adoptedStyleSheets = [];
    return bad.map((element) => element.outerHTML.slice(0, 90));
}"""
EXPOSED = """wanted => [...document.querySelectorAll("input[type=text], textarea")].flatMap((field) =>
    Object.entries(wanted)
        .filter(([attribute, value]) => field.getAttribute(attribute) !== value)
        .map(([attribute]) => `${field.id}: ${attribute}`))"""
CONTROLS = "button, input[type=text], textarea, select, summary, .choice label, .exit a"
SMALL = f"""() => [...document.querySelectorAll("{CONTROLS}")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
    .map((element) => element.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def views(browser: Browser, site: ReporterSite) -> list[View]:
    """Each tour in a window of its own: one of them sets the clock."""
    return [view for tour in TOURS for view in seen_on(tour, browser, site)]


def seen_on(tour: Tour, browser: Browser, site: ReporterSite) -> list[View]:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    context.add_init_script(WATCH_TEMPLATES)
    page = context.new_page()
    views = [look(page, name) for name in tour(page, site)]
    context.close()
    return views


def test_the_tours_meet_everything_that_a_page_can_show(views: list[View]) -> None:
    sources = "".join(path.read_text() for path in (ROOT / "intake" / "web" / "templates").glob("*.html"))
    met = frozenset[str]().union(*(view.templates for view in views))

    assert set(re.findall(r'<template id="([^"]+)"', sources)) - met == set()


def test_no_view_breaks_an_accessibility_rule(views: list[View]) -> None:
    assert {view.name: view.violations for view in views if view.violations} == {}


def test_no_view_scrolls_sideways_at_320_pixels(views: list[View]) -> None:
    assert {view.name: view.overflow for view in views if view.overflow > 0} == {}


def test_no_view_scrolls_sideways_from_right_to_left(views: list[View]) -> None:
    assert {view.name: view.turned for view in views if view.turned > 0} == {}


def test_no_view_loses_text_when_its_spacing_is_widened(views: list[View]) -> None:
    assert {view.name: view.spaced for view in views if view.spaced} == {}


def test_no_text_field_is_open_to_spell_checkers_translators_or_completion(views: list[View]) -> None:
    assert {view.name: view.exposed for view in views if view.exposed} == {}


def test_every_control_is_large_enough_for_a_thumb(views: list[View]) -> None:
    assert {view.name: view.small for view in views if view.small} == {}


def test_no_view_stores_anything_in_the_browser(views: list[View]) -> None:
    assert {view.name: view.stored for view in views if view.stored} == {}
