# SPDX-License-Identifier: EUPL-1.2
"""The served pages: on loopback only, with the passphrase asked again after every lock."""

import re
import socket
from collections.abc import Iterator
from queue import Queue
from threading import Thread

import httpx
import pytest
from flask import Flask, request

from casework.errors import PassphraseError
from casework.service.desk import Desk
from casework.web import answering, listen, serve
from support.desk_pages import CSRF
from support.desk_world import World

WAIT = 30


class StopError(Exception):
    """Ends `serve` as Ctrl-C in the terminal does."""


class Terminal:
    """A terminal in which somebody types the passphrase when it is asked: each answer is one attempt."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lines: Queue[str] = Queue()
        self.answers: Queue[Exception | None] = Queue()

    def unlock(self) -> Desk:
        answer = self.answers.get(timeout=WAIT)
        if answer:
            raise answer
        return self.world.tool("anna")

    def read(self, pattern: str) -> str:
        """Return what stands in the first line that fits."""
        while True:
            found = re.search(pattern, self.lines.get(timeout=WAIT))
            if found:
                return found[1]

    def run(self) -> None:
        with pytest.raises(StopError):
            serve(self.unlock, language="en", announce=self.lines.put)


@pytest.fixture
def terminal(world: World) -> Iterator[Terminal]:
    made = Terminal(world)
    made.answers.put(None)
    # A test that fails may leave it waiting for a lock; that must not keep the whole run from ending.
    thread = Thread(target=made.run, daemon=True)
    thread.start()
    yield made
    made.answers.put(StopError())
    thread.join(WAIT)
    assert not thread.is_alive()


def type_code(browser: httpx.Client, code: str) -> httpx.Response:
    return browser.post("/code", data={"csrf": csrf(browser), "code": code})


def lock(browser: httpx.Client) -> None:
    browser.post("/lock", data={"csrf": csrf(browser)})


def csrf(browser: httpx.Client) -> str:
    found = CSRF.search(browser.get("/code").text)
    assert found
    return found[1]


def test_after_a_lock_the_terminal_asks_the_passphrase_and_shows_another_code(terminal: Terminal) -> None:
    address, first = terminal.read(r"(http://\S+)/"), terminal.read(r": (\w{4}-\w{4})$")
    with httpx.Client(base_url=address) as browser:
        assert type_code(browser, first).headers["location"].endswith("/")
        lock(browser)
        assert "passphrase" in browser.get("/code").text
        terminal.answers.put(PassphraseError("The key file does not open with this passphrase."))
        assert terminal.read("(does not open)")
        terminal.answers.put(None)
        second = terminal.read(r": (\w{4}-\w{4})$")
        assert second != first
        assert type_code(browser, second).headers["location"].endswith("/")
        lock(browser)


def test_only_this_computer_is_listened_to(terminal: Terminal) -> None:
    address, code = terminal.read(r"(http://\S+)/"), terminal.read(r": (\w{4}-\w{4})$")
    assert address.startswith("http://127.0.0.1:")
    port = httpx.URL(address).port
    with socket.socket(socket.AF_INET6) as other, pytest.raises(OSError):
        other.connect(("::1", port))
    with httpx.Client(base_url=address) as browser:
        type_code(browser, code)
        lock(browser)


def test_each_run_has_an_address_of_its_own_that_cannot_be_guessed(terminal: Terminal) -> None:
    address, code = terminal.read(r"(http://\S+)/"), terminal.read(r": (\w{4}-\w{4})$")
    assert re.fullmatch(r"/[a-z2-7]{26}", httpx.URL(address).path)
    assert httpx.get(httpx.URL(address).copy_with(path="/")).status_code == 404
    with httpx.Client(base_url=address) as browser:
        type_code(browser, code)
        lock(browser)


def test_pages_and_forms_never_touch_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    spooled: list[str] = []
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *_args, **_more: spooled.append("spooled"))
    app = Flask(__name__)

    @app.post("/")
    def echo() -> bytes:
        return request.get_data() * 4

    server = listen(app, 0)
    typed = b"x" * 1000 * 1000
    with answering(server):
        answer = httpx.post(f"http://127.0.0.1:{server.effective_port}/", content=typed)
    assert answer.content == typed * 4
    assert not spooled
