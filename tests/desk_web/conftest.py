# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the members' pages: a world with two live members, and Anna's pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from casework.web import Gate, create_app
from support.desk_pages import PREFIX, Pages, Window, served
from support.desk_world import World, make_world
from support.practice_pages import Practice
from support.practising import fresh_desk
from support.quick import quick_disk


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture(scope="session")
def first_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """After the ceremony, with keys of Bram; each test takes its own copy."""
    with quick_disk():
        made = make_world(tmp_path_factory.mktemp("world"))
        made.synced("bram")
        made.close()
        return made


@pytest.fixture
def world(first_world: World, tmp_path: Path) -> Iterator[World]:
    made = first_world.fork(tmp_path)
    yield made
    made.close()


@pytest.fixture
def pages(world: World) -> Pages:
    """Pages that wait for their code."""
    (desk,) = world.synced("anna")
    seconds: list[float] = [0.0]
    codes: list[str] = []
    gate = Gate(codes.append, now=lambda: seconds[0])
    gate.admit(desk)
    return Pages(world, desk, gate, create_app(gate, PREFIX, language="en").test_client(), codes, seconds)


@pytest.fixture
def inside(pages: Pages) -> Pages:
    """Pages with the code typed."""
    assert pages.enter().status_code == 303
    return pages


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def window(world: World, context: BrowserContext) -> Iterator[Window]:
    """A browser in which the code was typed, by keyboard."""
    (desk,) = world.synced("anna")
    codes: list[str] = []
    gate = Gate(codes.append)
    with served(gate) as address:
        gate.admit(desk)
        page = context.new_page()
        page.goto(address)
        # Chromium focuses the field when it has drawn the page; keys pressed before are lost.
        expect(page.locator("#code")).to_be_focused()
        page.keyboard.type(codes[-1])
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        yield Window(page, desk, world, address, codes)


@pytest.fixture(params=["nl", "en"])
def outside(request: pytest.FixtureRequest) -> Practice:
    """An exercise that waits for its code, in each language."""
    desk, codes = fresh_desk(), list[str]()
    gate = Gate(codes.append)
    gate.admit(desk)
    return Practice(desk, create_app(gate, PREFIX, language=request.param, practice=desk).test_client(), codes)


@pytest.fixture
def exercise(outside: Practice) -> Practice:
    """An exercise with the code typed."""
    outside.post("/code", code=outside.codes[-1])
    return outside


@pytest.fixture
def exercise_page(context: BrowserContext) -> Iterator[Page]:
    """A browser in an exercise, in Dutch."""
    desk, codes = fresh_desk(), list[str]()
    gate = Gate(codes.append)
    with served(gate, practice=desk) as address:
        gate.admit(desk)
        made = context.new_page()
        made.goto(address)
        made.fill("#code", codes[-1])
        made.press("#code", "Enter")
        made.wait_for_url(f"{address}/")
        yield made
