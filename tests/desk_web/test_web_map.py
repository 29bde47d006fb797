# SPDX-License-Identifier: EUPL-1.2
"""The protocol of a case as a picture on its page: every step as it stands, beside the list that says it in words."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from casework.domain.text import Language
from casework.drawing.svg import draw_poster
from casework.protocols import shipped_protocols
from casework.web.step_drawing import drawing
from casework.web.wording import Wording
from support.axe import COLOURS, violations
from support.desk_pages import Pages, Window

_RUNS_OVER = """() => [...document.querySelectorAll('.map-card, .map-exit')].flatMap(card => {
    const edge = card.querySelector('rect').getBoundingClientRect();
    const inside = text => text.left >= edge.left && text.right <= edge.right && text.bottom <= edge.bottom;
    return [...card.querySelectorAll('text')]
        .filter(text => !inside(text.getBoundingClientRect())).map(text => text.textContent);
})"""


def acknowledged(inside: Pages) -> str:
    """A case of which the first step is done and the second waits for the members' declarations."""
    case = inside.received("Er verdwijnt geld.")
    inside.desk.acknowledge(case)
    inside.desk.complete_step(case, "A01", {"melder_groep": "inwoner", "anoniem": True, "wbk_melder": "nee"})
    return case


def picture(page: str) -> str:
    return page[page.index('<svg class="protocol-map"') : page.index("</svg>", page.index("protocol-map"))]


def test_the_map_shows_each_step_as_it_stands(inside: Pages) -> None:
    case = acknowledged(inside)
    view = inside.desk.case(case)
    assert view.protocol

    shown = picture(inside.get(f"/cases/{case}").text)

    for step in view.assessment.steps:
        assert f">{step.step.id}" in shown
    assert shown.count("map-done") == sum(step.state.value == "done" for step in view.assessment.steps)
    assert "A01 Registration and acknowledgement: done" in shown
    assert "A02 Conflict-of-interest check: its turn, but blocked · by\u00a025\u00a0Nov\u00a02026" in shown


def test_the_map_leads_where_the_list_leads(inside: Pages) -> None:
    case = acknowledged(inside)

    page = inside.get(f"/cases/{case}").text
    in_list = re.findall(r'<a href="([^"]*)">A\d\d', page)
    in_map = re.findall(r'<a href="([^"]*)" aria-label="A\d\d', picture(page))

    assert in_map
    assert set(in_map) == set(in_list)


def test_the_map_needs_nothing_that_the_pages_forbid(inside: Pages) -> None:
    case = acknowledged(inside)

    assert not re.search(r"<style|\sstyle=|<script|\son\w+=", picture(inside.get(f"/cases/{case}").text))


def test_a_case_whose_protocol_is_not_at_hand_has_no_map(inside: Pages) -> None:
    view = replace(inside.desk.case(acknowledged(inside)), protocol=None)

    assert drawing(view, {}, Wording("en")) is None


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", shipped_protocols())
def test_no_words_run_over_the_edge_of_their_box(context: BrowserContext, name: str, language: Language) -> None:
    page = context.new_page()
    page.set_content(draw_poster(shipped_protocols()[name], language))

    assert page.evaluate(_RUNS_OVER) == []
    assert page.locator(".map-card").count() == len(shipped_protocols()[name].steps)


def test_a_poster_prints_on_one_sheet_of_any_size(context: BrowserContext, tmp_path: Path) -> None:
    page, poster = context.new_page(), tmp_path / "poster.svg"
    poster.write_text(draw_poster(shipped_protocols()["B_politieke_ambtsdragers"], "nl"), encoding="utf-8")
    page.goto(poster.as_uri())

    for sheet in ("A3", "A4"):
        printed = PdfReader(BytesIO(page.pdf(format=sheet)))
        assert len(printed.pages) == 1
        assert "Registreren" in printed.pages[0].extract_text()


def test_a_poster_is_dark_on_a_dark_screen_and_light_on_paper(context: BrowserContext) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.set_content(draw_poster(shipped_protocols()["A_ambtenaren"], "nl"))

    assert ink_and_paper(page) == ("rgb(232, 238, 241)", "rgb(15, 24, 30)")
    page.emulate_media(media="print", color_scheme="dark")
    assert ink_and_paper(page) == ("rgb(20, 34, 43)", "rgb(255, 255, 255)")


def ink_and_paper(page: Page) -> tuple[str, str]:
    ink, paper = page.evaluate(
        """() => {
            const style = getComputedStyle(document.querySelector('svg'));
            return [style.color, style.backgroundColor];
        }"""
    )
    return ink, paper


def a_case(window: Window) -> Page:
    window.world.report("Er verdwijnt geld.")
    window.desk.sync()
    case = window.desk.cases()[0].id
    window.desk.acknowledge(case)
    return window.open(f"/cases/{case}")


def test_the_map_has_no_barrier_in_light_or_dark(window: Window) -> None:
    page = a_case(window)
    expect(page.locator("#map svg")).to_be_visible()

    light = violations(page)
    page.emulate_media(color_scheme="dark")

    assert light + violations(page, COLOURS) == []
    assert page.evaluate(_RUNS_OVER) == []


def test_a_step_is_opened_from_the_map(window: Window) -> None:
    page = a_case(window)

    page.locator("#map").get_by_role("link", name="A01 Registratie").click()

    page.wait_for_url("**/steps/A01")


def test_where_the_map_does_not_fit_it_scrolls_in_its_own_frame(window: Window) -> None:
    page = a_case(window)
    page.set_viewport_size({"width": 1000, "height": 700})
    frame = page.locator(".map-region")

    frame.focus()
    page.keyboard.press("ArrowRight")

    expect(frame).to_be_focused()
    page.wait_for_function("document.querySelector('.map-region').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000


def test_on_a_phone_the_list_stands_alone(window: Window) -> None:
    page = a_case(window)
    page.set_viewport_size({"width": 320, "height": 640})

    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator("#steps")).to_be_visible()
    expect(page.get_by_role("link", name="Kaart")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
