# SPDX-License-Identifier: EUPL-1.2
"""An intake that is killed while a file comes in, and stands up again on the same port over the same folder."""

import os
import re
import signal
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from casework.clock import amsterdam_today
from crypto.logs import BLOB_PART_LENGTH
from demo.stage import Stage
from processes import Process
from support import member_page as member
from support import reporter_page as reporter
from support.memory import children

PATIENCE_MS = 60_000
SIZE = 9 * BLOB_PART_LENGTH
BEFORE_THE_KILL = 3


class PartsOnTheirWay:
    """Lets a few parts of a file through and holds the rest, until the intake is killed over them."""

    def __init__(self, page: Page) -> None:
        self.stored: list[str] = []
        self.sent_later: list[str] = []
        self._passed = 0
        self._held: list[Route] = []
        self._killed = False
        page.context.route("**/blobs/*/parts/*", self._pass_or_hold)
        page.context.on("response", self._note)

    def kill(self, intake: Process) -> list[str]:
        """Kill the intake while parts come in: it stops, they are sent, and it never goes on; returns them."""
        pids = [intake.pid, *children(intake.pid)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        self._killed = True
        for route in self._held:
            route.continue_()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        intake.kill()
        return [route.request.url for route in self._held]

    def _pass_or_hold(self, route: Route) -> None:
        if self._killed:
            self.sent_later.append(route.request.url)
        elif self._passed == BEFORE_THE_KILL:
            self._held.append(route)
            return
        self._passed += 1
        route.continue_()

    def _note(self, response: Response) -> None:
        if "/parts/" in response.url and response.ok and not self._killed:
            self.stored.append(response.url)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(tmp_path / "stage", amsterdam_today()) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A file whose bytes differ from place to place."""
    path = tmp_path / "opname.m4a"
    path.write_bytes(b"".join(number.to_bytes(4, "big") for number in range(SIZE // 4)))
    return path


def received_by_a_member(page: Page, stage: Stage, folder: Path) -> Path:
    """The only file of the only case, saved from a member's tool."""
    member.enter(page, *stage.serve_tool(stage.people[0]))
    member.fetch_and_send(page)
    member.open_case(page)
    with page.expect_download() as download:
        page.locator("#files a").click()
    download.value.save_as(folder / "received")
    return folder / "received"


def test_an_upload_goes_on_by_itself_after_the_intake_was_killed_and_is_whole_with_the_members(
    page: Page, stage: Stage, recording: Path, tmp_path: Path
) -> None:
    parts = PartsOnTheirWay(page)
    uploads = page.locator(".uploads")
    reporter.open_form(page, f"{stage.origin}/{stage.desk}/nl/")
    reporter.review(page)
    page.locator("input[type=file]").set_input_files(recording)
    # The browser has three on their way at a time: when it sends the sixth, three were answered.
    with page.context.expect_event("request", lambda request: request.url.endswith(f"/parts/{2 * BEFORE_THE_KILL}")):
        reporter.send(page)
    expect(uploads).to_contain_text(re.compile(r"[1-9]\d procent"), timeout=PATIENCE_MS)

    assert stage.intake is not None
    half_sent = parts.kill(stage.intake)
    expect(uploads).to_contain_text("er is nu geen verbinding met het meldpunt", timeout=PATIENCE_MS)
    stage.serve_intake()
    expect(uploads).to_contain_text("Alle bestanden zijn aangekomen", timeout=PATIENCE_MS)

    assert len(parts.stored) == BEFORE_THE_KILL
    assert set(parts.stored) & set(parts.sent_later) == set()
    assert half_sent
    assert set(half_sent) <= set(parts.sent_later)
    received = received_by_a_member(page, stage, tmp_path)
    assert sha256(received.read_bytes()).digest() == sha256(recording.read_bytes()).digest()
