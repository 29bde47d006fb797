# SPDX-License-Identifier: EUPL-1.2
"""A member's pages over a real desk: by Flask's client for the rules, and served on loopback for a browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from casework.domain.text import Language
from casework.service.desk import Desk
from casework.web import Gate, answering, create_app, listen
from casework.web.office import MovableDay
from support.desk_world import World

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
PREFIX = "/x4kq"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Pages:
    """Anna's tool and one browser without scripts, at this computer's own address; paths stand below the prefix."""

    world: World
    desk: Desk
    gate: Gate
    client: FlaskClient
    codes: list[str]
    seconds: list[float]

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(PREFIX + path, base_url=HERE, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, *, csrf: bool = True, **more: Any) -> TestResponse:
        data = dict(form or {}) | ({"csrf": self.csrf()} if csrf else {})
        return self.client.post(PREFIX + path, base_url=HERE, data=data, **more)

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
def served(gate: Gate, language: Language = "nl", practice: MovableDay | None = None) -> Iterator[str]:
    server = listen(create_app(gate, PREFIX, language=language, practice=practice), 0)
    with answering(server):
        yield f"http://127.0.0.1:{server.effective_port}{PREFIX}"
