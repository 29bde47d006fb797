# SPDX-License-Identifier: EUPL-1.2
"""What the pages of one running tool share, and how a page reaches it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from flask import current_app, g

from casework.domain.text import Language
from casework.service.open_desk import OpenDesk
from casework.web.gate import Gate
from casework.web.sync_run import SyncRun
from casework.web.visitor import new_secret
from casework.web.wording import Wording


class MovableDay(Protocol):
    """The day of an exercise."""

    @property
    def day(self) -> date:
        """The day that it is."""

    @property
    def first(self) -> date:
        """The first day that there is."""

    @property
    def last(self) -> date:
        """The last day that there is."""

    def move_to(self, day: date) -> None:
        """Make it another day, or the nearest that there is."""


@dataclass(slots=True)
class Office:
    """The gate, the language that was last chosen, this run's form-token key, and the sync that runs or ran last.

    `notice` tells the next case page what was just recorded. `practice` is the day to move where all is an exercise.
    """

    gate: Gate
    language: Language
    secret: bytes = field(default_factory=new_secret, repr=False)
    sync: SyncRun = field(default_factory=SyncRun)
    notice: str = ""
    practice: MovableDay | None = None

    def take_notice(self) -> str:
        """Return, once, what was just recorded."""
        notice, self.notice = self.notice, ""
        return notice


def office() -> Office:
    """Return the office of this application."""
    found: Office = current_app.extensions["office"]
    return found


def desk() -> OpenDesk:
    """Return the desk; only pages behind the gate may ask."""
    found: OpenDesk = g.desk
    return found


def words() -> Wording:
    """Return what says things in the language of this request."""
    found: Wording = g.words
    return found
