# SPDX-License-Identifier: EUPL-1.2
"""One sync at a time, in a thread of its own, so that a page can show how far it is."""

from collections.abc import Iterator
from datetime import date
from threading import Condition, Thread

from casework.errors import CaseworkError
from casework.service.open_desk import OpenDesk
from casework.sync.syncing import SyncResult, SyncStage


class SyncRun:
    """The sync that runs or ran last: its stages so far, and how it ended."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running = False
        self._stages: list[SyncStage] = []
        self.result: SyncResult | None = None
        self.error: Exception | None = None

    def start(self, desk: OpenDesk, confirmed: date | None = None) -> None:
        """Begin a sync, unless one runs: then that one counts."""
        with self._changed:
            if self._running:
                return
            self._running, self._stages, self.result, self.error = True, [], None, None
        Thread(target=self._run, args=(desk, confirmed), name="sync", daemon=True).start()

    @property
    def began(self) -> bool:
        """Whether there is anything to show."""
        with self._changed:
            return self._running or self.result is not None or self.error is not None

    def stages(self) -> Iterator[SyncStage]:
        """Yield every stage as it is reached, and end when the sync ends."""
        shown = 0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: len(self._stages) > shown or not self._running)  # noqa: B023 - waits here
                fresh = self._stages[shown:]
                ended = not self._running
            yield from fresh
            shown += len(fresh)
            if ended:
                return

    def _run(self, desk: OpenDesk, confirmed: date | None) -> None:
        result: SyncResult | None = None
        error: Exception | None = None
        try:
            result = desk.sync(confirmed, self._reach)
        except CaseworkError as caught:
            error = caught
        finally:
            with self._changed:
                self._running, self.result = False, result
                self.error = error
                self._changed.notify_all()

    def _reach(self, stage: SyncStage) -> None:
        with self._changed:
            self._stages.append(stage)
            self._changed.notify_all()
