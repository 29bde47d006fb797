# SPDX-License-Identifier: EUPL-1.2
"""What stands in the logs of a case, as the interfaces show it: entries, files, and what should not be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.domain.case.events import Event, Unread
from casework.domain.errors import Problem
from casework.logs.file_state import FileState
from casework.views.desk import MemberName


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One entry of the case log, as the timeline shows it.

    `kind` is the event's name in lower case with low lines (`message_received`), `unread` for one that gave no event.
    `author` is the member who recorded it; `from_reporter` tells whose words `texts` are. `problem` says why the
    entry does not count, if it does not.
    """

    seq: int
    day: date
    author: MemberName
    kind: str
    event: Event | Unread
    from_reporter: bool
    texts: Mapping[str, str]
    placed: date | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a case; `author` is the member who sent it, None for the reporter. `size` is in bytes.

    `name` and `type` are the sender's words.
    """

    blob: str
    name: str
    type: str
    size: int
    author: MemberName | None
    day: date
    state: FileState


@dataclass(frozen=True, slots=True)
class VoidEntry:
    """An entry that did not open, verify or bind: place, log (`mailbox` or `case`) and the layer that refused."""

    log: str
    seq: int
    layer: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that should not stand in a mailbox: the report, the place, and a msgid that says what it means."""

    report: str
    seq: int
    message: str
