# SPDX-License-Identifier: EUPL-1.2
"""The limiter's counters in a worker's memory.

The library's own memory storage starts a thread and walks over all counters at most every hundredth of
a second, which costs more than a whole report. Here counters are forgotten a generation at a time.
"""

import time
from threading import Lock

from limits.storage import Storage

SCHEME = "workermemory"


class WorkerCounters(Storage):
    """Counts fixed windows; registered with the library under `SCHEME`."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's own attribute

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False) -> None:  # noqa: FBT001, FBT002 - as above
        super().__init__(uri, wrap_exceptions)
        self._turn = Lock()
        self._longest = 0
        self.reset()

    @property
    def base_exceptions(self) -> type[Exception]:
        """No exception of this storage means that it is down."""
        return MemoryError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a counter, whose window starts with its first count, and return it."""
        now = time.time()
        with self._turn:
            self._forget(now, expiry)
            count, end = self._find(key, now) or (0, now + expiry)
            self._young[key] = (count + amount, end)
            return count + amount

    def get(self, key: str) -> int:
        """Return a counter, 0 when its window is over."""
        found = self._find(key, time.time())
        return found[0] if found else 0

    def get_expiry(self, key: str) -> float:
        """Return when a counter's window ends, in seconds since the epoch."""
        now = time.time()
        found = self._find(key, now)
        return found[1] if found else now

    def check(self) -> bool:
        """Return that the storage is there."""
        return True

    def reset(self) -> int | None:
        """Forget all counters."""
        self._young: dict[str, tuple[int, float]] = {}
        self._old: dict[str, tuple[int, float]] = {}
        self._born = time.time()
        return None

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._young.pop(key, None)
        self._old.pop(key, None)

    def _find(self, key: str, now: float) -> tuple[int, float] | None:
        found = self._young.get(key) or self._old.get(key)
        return found if found and found[1] > now else None

    def _forget(self, now: float, expiry: int) -> None:
        """Start a new generation when all windows of the older one are over."""
        self._longest = max(self._longest, expiry)
        if now - self._born > self._longest:
            self._young, self._old, self._born = {}, self._young, now
