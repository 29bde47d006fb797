# SPDX-License-Identifier: EUPL-1.2
"""One thread at a time at the session of an unlocked tool, and an end that waits for none of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from casework.errors import LockedError


class Turns:
    """Turns at one session; `leave` is called once after the end, by whoever is the last to have had a turn."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._turn = Lock()
        self._leave = leave
        self._ending = False
        self._left = Event()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn. Turns do not nest.

        Raises:
            LockedError: the end has come.
        """
        try:
            with self._turn:
                if self._ending:
                    raise LockedError
                yield
        finally:
            self._leave_if_ended()

    @property
    def taken(self) -> bool:
        """Whether somebody has the turn."""
        return self._turn.locked()

    def end(self) -> None:
        """Give no more turns; returns at once, also while somebody has one."""
        self._ending = True
        self._leave_if_ended()

    def wait_until_left(self, seconds: float) -> bool:
        """Wait until everybody has left, so long at most; say whether they have."""
        return self._left.wait(seconds)

    def _leave_if_ended(self) -> None:
        # Who has the turn now looks here after it, and finds that the end has come.
        if not self._ending or not self._turn.acquire(blocking=False):
            return
        try:
            if not self._left.is_set():
                self._leave()
                self._left.set()
        finally:
            self._turn.release()
