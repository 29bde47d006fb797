# SPDX-License-Identifier: EUPL-1.2
"""The acts of a case in a real browser: no barrier, room on a phone, and only the questions that matter."""

import pytest
from playwright.sync_api import expect

from casework.acts import ACTS, Scene
from casework.domain.case.commands import PlaceHold
from casework.domain.case.events import Record
from casework.views.drafts import PartDraft
from support.axe import COLOURS, violations
from support.desk_pages import Window

LONG = "Onuitsprekelijkvolksvertegenwoordigingsaangelegenheid" * 3


@pytest.fixture
def cases(window: Window) -> tuple[str, ...]:
    """A case with everything beside its protocol, the one that it is joined with, and its part."""
    desk = window.desk
    for text in ("Een vreemde rekening.", "Dezelfde rekening."):
        window.world.report(text)
    desk.sync()
    first, second = (line.id for line in desk.cases())
    desk.do(first, PlaceHold(desk.member, "h", LONG))
    told: Record = {
        "to": LONG,
        "made": window.world.today.isoformat(),
        "told": LONG,
        "ground": LONG,
        "identity_told": True,
    }
    ACTS["disclose"].do(Scene(desk, desk.case(first)), told)
    ACTS["join"].do(Scene(desk, desk.case(first)), {"other": second, "leads": True, "reason": LONG})
    part = desk.split(first, PartDraft(LONG, LONG, "B_politieke_ambtsdragers", "Twee personen."))
    return first, second, part.line.id


def paths(cases: tuple[str, ...]) -> list[str]:
    return [*(f"/cases/{case}" for case in cases), *(f"/cases/{cases[0]}/{name}" for name in ACTS)]


def test_no_act_has_a_barrier_that_axe_finds(window: Window, cases: tuple[str, ...]) -> None:
    found = {path: violations(window.open(path)) for path in paths(cases)}
    window.page.emulate_media(color_scheme="dark")
    found |= {f"{path} dark": violations(window.open(path), COLOURS) for path in paths(cases)}
    assert {path: list_ for path, list_ in found.items() if list_} == {}


def test_every_act_fits_320_pixels(window: Window, cases: tuple[str, ...]) -> None:
    window.page.set_viewport_size({"width": 320, "height": 640})
    widths = {path: window.open(path).evaluate("document.documentElement.scrollWidth") for path in paths(cases)}
    assert {path: width for path, width in widths.items() if width > 320} == {}


def test_which_interest_is_asked_only_of_who_has_one(window: Window, cases: tuple[str, ...]) -> None:
    page = window.open(f"/cases/{cases[1]}/declare")
    explanation = page.get_by_label("Welk belang?")
    page.get_by_label("Nee").check()
    expect(explanation).to_be_hidden()
    page.get_by_label("Ja").check()
    expect(explanation).to_be_visible()
