# SPDX-License-Identifier: EUPL-1.2
"""What is to be sent, and the proof that it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.reporter.errors import UnsentError
from intake.reporter.files import Chosen
from intake.reporter.mailbox import short_number

_ENTRY_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Sent:
    """Proof of sending; none of it is secret."""

    log: str
    seq: int
    day: date
    """The intake's day of arrival."""
    head: str
    hash: str
    """SHA-256 of what the intake keeps, b64."""

    @property
    def number(self) -> str:
        """A short number to read aloud."""
        return short_number(self.log)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reporter wants to say; names of questions to texts."""

    answers: Mapping[str, str]
    language: str
    kind: str = "report"
    about: int | None = None
    """The place of the entry that it answers."""
    files: tuple[Chosen, ...] = ()

    def check_size(self) -> None:
        """Check that it fits one entry, by the rule of the page.

        Raises:
            UnsentError: it is too long.
        """
        size = len(json.dumps(dict(self.answers), ensure_ascii=False).encode())
        if size > _ENTRY_BYTES:
            raise UnsentError(
                "This text is too long by about {over} bytes. Nothing was sent. Send it in parts.",
                over=size - _ENTRY_BYTES,
            )
