# SPDX-License-Identifier: EUPL-1.2
"""A member's pages over a real desk: by Flask's client for the rules, and served on loopback for the browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from support.browser import browser
from support.desk_world import World, make_world
from waitress.server import create_server
from werkzeug.test import TestResponse

from casework.service import Desk
from casework.web import Gate, create_app

__all__ = ["browser"]

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@pytest.fixture(autouse=True)
def quick_key_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change writes the key file: the least memory that libsodium takes keeps the suite quick."""
    monkeypatch.setattr("crypto.keyfile.MIN_MEMORY", 8192)
    monkeypatch.setattr("crypto.keyfile._PASSES", 2)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    made.synced("bram")
    yield made
    made.close()


@dataclass
class Pages:
    """Anna's tool and one browser without scripts, at this computer's own address."""

    world: World
    desk: Desk
    gate: Gate
    client: FlaskClient
    codes: list[str]
    seconds: list[float] = field(default_factory=lambda: [0.0])

    def get(self, path: str, **more: Any) -> TestResponse:  # noqa: ANN401 - what Flask's client takes
        return self.client.get(path, base_url=HERE, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, *, csrf: bool = True, **more: Any) -> TestResponse:
        data = dict(form or {}) | ({"csrf": self.csrf()} if csrf else {})
        return self.client.post(path, base_url=HERE, data=data, **more)

    def csrf(self) -> str:
        found = CSRF.search(self.get("/code").text)
        assert found
        return found[1]

    def enter(self) -> TestResponse:
        return self.post("/code", {"code": self.codes[-1]})

    def received(self, text: str) -> str:
        """Have a reporter send a report, and return its case."""
        known = {line.id for line in self.desk.cases()}
        self.world.report(text)
        self.desk.sync()
        (case,) = {line.id for line in self.desk.cases()} - known
        return case


@pytest.fixture
def pages(world: World) -> Pages:
    """Pages that wait for their code."""
    (desk,) = world.synced("anna")
    seconds, codes = [0.0], []
    gate = Gate(codes.append, now=lambda: seconds[0])
    gate.admit(desk)
    return Pages(world, desk, gate, create_app(gate, language="en").test_client(), codes, seconds)


@pytest.fixture
def inside(pages: Pages) -> Pages:
    """Pages with the code typed."""
    assert pages.enter().status_code == 303
    return pages


@dataclass
class Window:
    """A real browser in front of the served pages of Anna's tool."""

    page: Page
    desk: Desk
    world: World
    address: str
    codes: list[str]

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@contextmanager
def served(gate: Gate, language: Any = "nl") -> Iterator[str]:
    server = create_server(create_app(gate, language=language), host="127.0.0.1", port=0, threads=4, ident=None)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(5)


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
        page.keyboard.type(codes[-1])
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        yield Window(page, desk, world, address, codes)
