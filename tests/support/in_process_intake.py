# SPDX-License-Identifier: EUPL-1.2
"""The real intake in this process, in the place of the simulator: same attributes, no mischief."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from intake.deskfile import read_desk_file
from support.intake_service import IntakeService, small_site
from support.intake_simulator import IntakeSimulator


class InProcessIntake(IntakeSimulator):
    """Answers by `intake.app` over SQLite; the simulator's own rows stay empty."""

    def __init__(self, folder: Path, desk: str, document: bytes, today: date, **settings: Any) -> None:
        self.service = IntakeService(folder, small_site(), **settings)
        super().__init__(desk, document, today)
        self._add(document)

    def publish(self, document: bytes) -> None:
        super().publish(document)
        self._add(document)

    def _add(self, document: bytes) -> None:
        found = read_desk_file(document, self.today, self.service.store.desk, None)
        self.service.store.put_desk(found.record)

    @property
    def transport(self) -> httpx.BaseTransport:  # type: ignore[override] # a transport all the same
        return httpx.WSGITransport(app=self._with_target)

    def _with_target(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Add the request's target as it was sent, as servers do and httpx does not."""
        self.service.today = self.today
        query = environ["QUERY_STRING"]
        target = environ["PATH_INFO"] + (f"?{query}" if query else "")
        return self.service.app(environ | {"REQUEST_URI": target, "RAW_URI": target}, start)
