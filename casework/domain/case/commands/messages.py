# SPDX-License-Identifier: EUPL-1.2
"""Writing to a reporter."""

from dataclasses import dataclass
from datetime import date

from casework.domain.case.events import Attached


@dataclass(frozen=True, slots=True)
class WriteMessage:
    """Write a message to the reporter; `message` is an id that the tool draws at random."""

    by: str
    message: str
    report: str
    kind: str
    text: str
    assessment: str = ""
    follow_up: str = ""
    follow_up_text: str = ""
    grounds: str = ""
    final: bool = False
    consent: str = ""
    attachments: tuple[Attached, ...] = ()
    proposes_meeting: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMessage:
    """Record that a written message reached the reporter's side, on which day and how."""

    by: str
    message: str
    way: str
    placed: date
    seq: int | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class TellReporter:
    """Record what a reporter was told who has no mailbox, or deleted it; `way` is one of `vocabulary.WAYS`.

    `message` is as it would be written; of one that was recorded with the same words, but not how it arrived, only
    that is recorded.
    """

    by: str
    message: WriteMessage
    way: str
    told: date
