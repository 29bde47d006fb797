# SPDX-License-Identifier: EUPL-1.2
"""The look as a person has set it: forced colours, less motion, on paper, by keyboard, in another theme."""

import pytest
from playwright.sync_api import Page, expect

from intake.site import load_site
from support.axe import COLOURS, violations
from support.reporter_page import open_form, read_words, review, send
from support.reporter_site import LiveDesk, ReporterSite
from support.reporter_tour import refusals

COVERED = """() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
    const free = top && (element.contains(top) || top.contains(element));
    return free ? null : element.outerHTML.slice(0, 90);
}"""
GROUND = """element => Number(getComputedStyle(element).backgroundColor.match(/^rgba\\(.*, (.*)\\)$/)?.[1] ?? 1)"""
RINGS = """() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return [outlineStyle, outlineWidth, boxShadow !== "none"];
}"""


def test_focus_is_seen_by_two_rings_and_never_lies_under_the_way_out(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator("h1:visible").focus()
    seen = 0
    while page.evaluate("document.activeElement.id !== 'leave' && document.activeElement !== document.body"):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(COVERED) is None
        assert page.evaluate(RINGS) == ["solid", "3px", True]
        seen += 1

    assert seen > 10


def test_way_out_stands_in_a_bar_of_its_own_on_a_phone(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.mouse.wheel(0, 900)
    expect(page.locator("h1:visible")).not_to_be_in_viewport()

    for x in (4, 160, 300):
        assert page.evaluate("x => document.elementFromPoint(x, 6).closest('.danger-line, .exit') !== null", x)
    assert page.locator(".danger-line").evaluate(GROUND) == 1


def test_skip_link_has_a_ground_of_its_own(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator(".utrecht-skip-link").focus()
    assert page.locator(".utrecht-skip-link").evaluate(GROUND) == 1
    assert page.evaluate(COVERED) is None


def test_desk_that_is_shut_says_so_first(page: Page, site: ReporterSite) -> None:
    page.goto(site.desk(("anna",)).url())
    expect(page.locator("h1 + [data-slot=shut] > .utrecht-alert--warning")).to_be_visible()
    expect(page.locator(".strip")).to_be_hidden()


def test_buttons_keep_an_edge_and_their_rank_in_forced_colours(page: Page, desk: LiveDesk) -> None:
    page.emulate_media(forced_colors="active")
    open_form(page, desk.url())
    review(page)
    edges = "element => [getComputedStyle(element).borderTopStyle, getComputedStyle(element).borderTopWidth]"

    main = page.get_by_role("button", name="Melding versturen").evaluate(edges)
    other = page.get_by_role("button", name="Terug").evaluate(edges)

    assert main == ["solid", "3px"]
    assert other == ["solid", "1px"]


@pytest.mark.parametrize("motion, moving", [("reduce", 0), ("no-preference", 1)])
def test_nothing_moves_for_who_asked_for_less_motion(page: Page, desk: LiveDesk, motion: str, moving: int) -> None:
    page.route("**/desks/**", lambda _: None)
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")

    page.goto(desk.url())
    expect(page.locator(".checking")).to_be_visible()

    assert page.evaluate("document.getAnimations().length") == moving


def test_paper_shows_the_eight_words_and_not_what_they_are_for(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)
    send(page)
    words = read_words(page)

    page.emulate_media(media="print", color_scheme="dark")

    lines = page.locator("body").inner_text().split()
    assert [line for line in lines if line in words] == words
    assert "Voorbeeldstad" not in lines
    assert page.evaluate("getComputedStyle(document.querySelector('.words li')).color") == "rgb(0, 0, 0)"


def test_no_font_or_picture_is_fetched(page: Page, desk: LiveDesk) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))

    open_form(page, desk.url())

    assert {"document", "stylesheet"} <= set(asked)
    assert {"font", "image", "media"} & set(asked) == set()


def test_every_page_has_an_empty_icon_so_that_no_browser_asks_for_one() -> None:
    pages = load_site().pages.items()

    assert [name for name, page in pages if b'<link rel="icon" href="data:,">' not in page.plain] == []


@pytest.fixture
def themed(page: Page) -> Page:
    """A page that gets the other theme's style sheet."""
    (name,) = (name for name in load_site().files if name.startswith("theme.voorbeeldstad."))
    content = load_site().files[name].plain
    page.route("**/static/theme.*.css", lambda route: route.fulfill(content_type="text/css", body=content))
    return page


def contrast_breaches(page: Page) -> list[str]:
    """Texts that are too pale, in light and in dark."""
    found: list[str] = []
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        found += violations(page, COLOURS)
    return found


def test_another_theme_is_readable_in_light_and_dark(themed: Page, site: ReporterSite) -> None:
    open_form(themed, site.desk().url())
    themed.get_by_role("button", name="Volgende").click()
    expect(themed.get_by_role("alert")).to_be_visible()
    assert contrast_breaches(themed) == []

    for name in refusals(themed, site):
        assert (name, contrast_breaches(themed)) == (name, [])


def test_the_way_out_is_readable_when_pointed_at(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())

    page.locator("#leave").hover()

    assert contrast_breaches(page) == []
