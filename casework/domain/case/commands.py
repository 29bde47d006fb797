# SPDX-License-Identifier: EUPL-1.2
"""What a member may ask of a case, in the imperative. `decide` answers with events or a refusal.

Every command names the member who gives it (`by`); days are Europe/Amsterdam's. Fields that carry the
same names as an event's mean the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.domain.case.events import Attached, Record, ReportReceived


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case with a report; `number` and `title` are for the register line."""

    by: str
    report: ReportReceived
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """Give the register line another number or working title."""

    by: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """Take in a follow-up that the reporter put in the mailbox."""

    by: str
    report: str
    seq: int
    head: str
    received: date
    statement: str
    ciphertext_hash: str
    file_keys: Mapping[str, str]
    kind: str
    about: str | None


@dataclass(frozen=True, slots=True)
class ReceiveDeletion:
    """Take in that the reporter deleted the mailbox."""

    by: str
    report: str
    seq: int
    received: date
    statement: str


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
class CompleteStep:
    """Complete a step with its record and, where it has options, the one chosen."""

    by: str
    step: str
    record: Record = field(default_factory=dict)
    option: str | None = None


@dataclass(frozen=True, slots=True)
class ReopenStep:
    """Have a done step done again."""

    by: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordDeviation:
    """Leave a step out, with grounds and with the consent of the authority."""

    by: str
    step: str
    grounds: str
    consent_by: str


@dataclass(frozen=True, slots=True)
class DeclareConflict:
    """Declare for oneself whether one has an interest in the case; an interest needs an explanation."""

    by: str
    conflict: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ExcludeMember:
    """Exclude a member, or recuse oneself."""

    by: str
    member: str
    ground: str


@dataclass(frozen=True, slots=True)
class TakeDecision:
    """Record a decision outside the protocol's steps."""

    by: str
    about: str
    outcome: str
    grounds: str
    authority: str
    report: str | None = None


@dataclass(frozen=True, slots=True)
class AddNote:
    """Add a note to the case or to a step."""

    by: str
    text: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """Have a closed case run again."""

    by: str
    reason: str


Command = (
    OpenCase
    | RegisterCase
    | ReceiveMessage
    | ReceiveDeletion
    | WriteMessage
    | PlaceMessage
    | CompleteStep
    | ReopenStep
    | RecordDeviation
    | DeclareConflict
    | ExcludeMember
    | TakeDecision
    | AddNote
    | ReopenCase
)
