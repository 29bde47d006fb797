# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the members' pages: a world with two live members, and Anna's pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from casework.web import Gate, create_app
from support.desk_pages import PREFIX, Pages, Window, served
from support.desk_world import World, make_world


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change stretches the passphrase and waits for the disk; here neither guards anything."""
    monkeypatch.setattr("crypto.keyfile.MIN_MEMORY", 8192)
    monkeypatch.setattr("crypto.keyfile._PASSES", 2)
    monkeypatch.setattr("casework.vault_tables.DURABLE", "PRAGMA synchronous = OFF")
    monkeypatch.setattr("casework.home.os.fsync", lambda _handle: None)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    made.synced("bram")
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
