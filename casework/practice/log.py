# SPDX-License-Identifier: EUPL-1.2
"""A case log in memory: what `decide` makes of commands, each entry on its day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from casework.domain.case.commands import Command
from casework.domain.case.events import Entry
from casework.domain.case.fold import fold
from casework.domain.case.state import Case
from casework.domain.judge.decide import decide
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import Shelf


class Seen(NamedTuple):
    """A case as it stood on a day."""

    id: str
    case: Case


@dataclass(slots=True)
class PracticeLog:
    """The log of one invented case. `protocol` is for a case that is still to be opened."""

    id: str
    protocol: InvestigationProtocol
    entries: Sequence[Entry] = field(default_factory=tuple)

    def on(self, day: date) -> Seen:
        """Return the case with what stood in its log at the end of a day."""
        return Seen(self.id, fold(entry for entry in self.entries if entry.day <= day))

    def do(self, command: Command, shelf: Shelf, day: date) -> None:
        """Carry out a command on a day; whatever the log had after that day is no more.

        Raises Refused, and then the log is as it was.
        """
        case = self.on(day).case
        protocol = shelf.of(case) if case.pinned else self.protocol
        events = decide(case, protocol, command, day)
        after = len(case.entries) + 1
        fresh = [Entry(after + place, day, command.by, event) for place, event in enumerate(events)]
        self.entries = (*case.entries, *fresh)
