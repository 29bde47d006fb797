# SPDX-License-Identifier: EUPL-1.2
"""The closed set of events of a case, in the past tense, the same for every investigation protocol.

An event says what happened and nothing about what ought to happen; steps differ only in
`StepCompleted.record`. Every type is at `EVENT_VERSION`: a new type or a change of fields raises it, and a tool
that meets a newer version than its own shows the case read-only. Days are dates of Europe/Amsterdam. Values of
closed sets stand in `vocabulary`. Each module here holds the events of one subject; `commands`, `fold` and `decide`
are divided alike.
"""

from dataclasses import dataclass
from datetime import date

from casework.domain.case.events.danger import DisclosureMade, DisclosureReviewed
from casework.domain.case.events.decisions import DecisionTaken, HoldLifted, HoldPlaced, NoteAdded
from casework.domain.case.events.links import CaseSplit, JoiningUndone, ReportsJoined
from casework.domain.case.events.members import ConflictDeclared, MemberExcluded, MemberReadmitted
from casework.domain.case.events.messages import Attached, MessagePlaced, MessageWritten
from casework.domain.case.events.reports import CaseRegistered, MailboxDeleted, MessageReceived, ReportReceived
from casework.domain.case.events.steps import (
    CaseClosed,
    CaseReopened,
    DeviationRecorded,
    ProtocolPinned,
    Record,
    RecordValue,
    Row,
    StepCompleted,
    StepReopened,
)

__all__ = [
    "EVENT_VERSION",
    "Attached",
    "CaseClosed",
    "CaseRegistered",
    "CaseReopened",
    "CaseSplit",
    "ConflictDeclared",
    "DecisionTaken",
    "DeviationRecorded",
    "DisclosureMade",
    "DisclosureReviewed",
    "Entry",
    "Event",
    "HoldLifted",
    "HoldPlaced",
    "JoiningUndone",
    "MailboxDeleted",
    "MemberExcluded",
    "MemberReadmitted",
    "MessagePlaced",
    "MessageReceived",
    "MessageWritten",
    "NoteAdded",
    "ProtocolPinned",
    "Record",
    "RecordValue",
    "ReportReceived",
    "ReportsJoined",
    "Row",
    "StepCompleted",
    "StepReopened",
    "Unread",
]

EVENT_VERSION = 1

Event = (
    ReportReceived
    | CaseRegistered
    | ProtocolPinned
    | MessageReceived
    | MailboxDeleted
    | MessageWritten
    | MessagePlaced
    | StepCompleted
    | StepReopened
    | ConflictDeclared
    | MemberExcluded
    | MemberReadmitted
    | DecisionTaken
    | DeviationRecorded
    | NoteAdded
    | HoldPlaced
    | HoldLifted
    | DisclosureMade
    | DisclosureReviewed
    | ReportsJoined
    | JoiningUndone
    | CaseSplit
    | CaseClosed
    | CaseReopened
)


@dataclass(frozen=True, slots=True)
class Unread:
    """An entry of the case log that gave no event: it stays in the chain and is shown as void.

    `newer` is true where its version is newer than this tool's. That makes the case read-only, if the author may act.
    """

    reason: str
    newer: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it stands in the case log: place, day of appending, and the member who signed it."""

    seq: int
    day: date
    author: str
    event: Event | Unread
