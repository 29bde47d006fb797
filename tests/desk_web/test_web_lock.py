# SPDX-License-Identifier: EUPL-1.2
"""Locking while a sync waits for a slow intake: the keys go at once, and nothing more is asked of the intake."""

from collections.abc import Iterator
from threading import Event, Thread

import pytest

from casework.errors import LockedError
from support.desk_pages import PREFIX, Pages

WAIT = 30


class SlowIntake:
    """Lets every request wait until `go` is set, and counts them."""

    def __init__(self) -> None:
        self.reached = Event()
        self.go = Event()
        self.asked = 0

    def __call__(self, _method: str, _path: str) -> None:
        self.asked += 1
        self.reached.set()
        assert self.go.wait(WAIT)


@pytest.fixture
def slow(inside: Pages) -> Iterator[SlowIntake]:
    """An intake that has one request of a sync in hand and does not answer it."""
    inside.received("Something happened.")
    intake = SlowIntake()
    inside.world.intake.before = intake
    inside.post("/sync")
    assert intake.reached.wait(WAIT)
    yield intake
    inside.gate.lock()
    intake.go.set()
    assert inside.desk.wait_until_closed(WAIT)


def test_the_keys_are_forgotten_while_the_intake_still_waits(inside: Pages, slow: SlowIntake) -> None:
    inside.post("/lock")
    assert not slow.go.is_set()
    assert inside.gate.is_shut
    session = inside.desk._session
    assert not session.logs
    with pytest.raises(LockedError):
        _ = session.keyring.secrets


def test_after_the_lock_the_sync_asks_nothing_more_and_gives_up_the_folder(inside: Pages, slow: SlowIntake) -> None:
    inside.post("/lock")
    slow.go.set()
    assert inside.desk.wait_until_closed(WAIT)
    assert slow.asked == 1
    assert inside.world.tool("anna").cases()


def test_a_page_that_waited_for_the_sync_leads_to_the_code(inside: Pages, slow: SlowIntake) -> None:
    answers: list[str | None] = []
    thread = Thread(target=lambda: answers.append(inside.get("/today").location))
    inside.get("/status")
    thread.start()
    inside.gate.lock()
    slow.go.set()
    thread.join(WAIT)
    assert answers == [f"{PREFIX}/code"]


def test_the_page_of_the_sync_shows_before_the_sync_ends(inside: Pages, slow: SlowIntake) -> None:
    assert inside.get("/status").status_code == 200
    with inside.get("/sync", buffered=False) as answer:
        assert any(b"Check the desk" in part for part in answer.iter_encoded())
        assert not slow.go.is_set()
