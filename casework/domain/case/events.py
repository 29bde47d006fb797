# SPDX-License-Identifier: EUPL-1.2
"""The closed set of events of a case, in the past tense, the same for every investigation protocol.

An event says what happened and nothing about what ought to happen; steps differ only in
`StepCompleted.record`. Every type is at `EVENT_VERSION`: a new type or a change of fields raises it, and a tool
that meets a newer version than its own shows the case read-only. Days are dates of Europe/Amsterdam. Values of
closed sets stand in `vocabulary`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

EVENT_VERSION = 1

Row = Mapping[str, str | bool]
RecordValue = str | bool | tuple[str, ...] | tuple[Row, ...]
Record = Mapping[str, RecordValue]


@dataclass(frozen=True, slots=True)
class ReportReceived:
    """A report, as its reporter signed it or as a member wrote it down.

    `report` names it (the mailbox id where there is one). `received` is the day of arrival at the first
    receiver: the intake's day, the stamp on the letter, the day a manager was told (Wbk 2(2)(h)).
    `forwarded` is the day a first receiver passed it on. `statement` is the reporter's signed head,
    verbatim; `file_keys` maps the report to its file key (those of attachments stand in it). A report that came
    another way has an `account` instead. `receipt_is_ack` says that by the desk's policy the receipt on
    the page was the acknowledgement (fact T27). `meeting` says that the reporter asks for a conversation (fact O03).
    """

    report: str
    mailbox: str | None
    channel: str
    received: date
    forwarded: date | None
    statement: str | None
    ciphertext_hash: str | None
    file_keys: Mapping[str, str]
    account: str | None
    receipt_is_ack: bool
    meeting: bool = False


@dataclass(frozen=True, slots=True)
class CaseRegistered:
    """The register line got its number and a working title without names; the newest one holds."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class ProtocolPinned:
    """The protocol (and the digest of its exact bytes) that the case follows; `reason` says why it moved."""

    protocol: str
    version: int
    digest: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A follow-up of the reporter: entry `seq` of the mailbox log, whose head hashes to `head`.

    `kind`, one of `RECEIVED_KINDS`, is what the signed statement does (FORMAT.md section 7.2); `about` is the
    head of the mailbox entry that it answers, or None.
    """

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
class MailboxDeleted:
    """The reporter deleted the mailbox of a report: what the committee wrote is gone from it, and nothing can follow.

    `statement` is what the reporter signed, verbatim (FORMAT.md section 7.7), entry `seq` of the mailbox log.
    """

    report: str
    seq: int
    received: date
    statement: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a reply: the attachment record of FORMAT.md section 7.5, `key` and `root` in b64."""

    blob: str
    name: str
    type: str
    size: int
    key: str
    root: str


@dataclass(frozen=True, slots=True)
class MessageWritten:
    """A reply that a member wrote; it stops no clock until it is placed.

    `kind` is one of `MESSAGE_KINDS`. `assessment` to `final` are feedback's content (Wbk 2(2)(i): assessment and
    follow-up) and empty for other kinds; `follow_up` is "none" or "some". `consent` is a transcript's: how the
    reporter agreed to be recorded, empty where nothing was (fact O01). `proposes_meeting` says that it answers a
    reporter who asked for a conversation with a day for it.
    """

    message: str
    report: str
    kind: str
    text: str
    assessment: str
    follow_up: str
    follow_up_text: str
    grounds: str
    final: bool
    consent: str = ""
    attachments: tuple[Attached, ...] = ()
    proposes_meeting: bool = False


@dataclass(frozen=True, slots=True)
class MessagePlaced:
    """A written reply reached the reporter's side on the day `placed`; only this stops a clock.

    `way` is mailbox (then `seq` and `head` name the mailbox entry), post, email, phone or in_person.
    """

    message: str
    way: str
    placed: date
    seq: int | None
    head: str | None


@dataclass(frozen=True, slots=True)
class StepCompleted:
    """A step of the protocol was done, with the record that it must leave and the option chosen."""

    step: str
    record: Record
    option: str | None


@dataclass(frozen=True, slots=True)
class StepReopened:
    """A done step has to be done again; the earlier record stays in the history."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConflictDeclared:
    """A member declared for themself whether they have an interest in the case."""

    member: str
    conflict: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class MemberExcluded:
    """A member may no longer act in the case; what they did before stands."""

    member: str
    ground: str


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """A decision outside the protocol's steps: `about` is one of `DECISIONS`, `report` where it is about one."""

    about: str
    report: str | None
    outcome: str
    grounds: str
    authority: str


@dataclass(frozen=True, slots=True)
class DeviationRecorded:
    """A step is left out, with grounds and the consent of the authority that the protocol names."""

    step: str
    grounds: str
    consent_by: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """A note of a member, to the case or to one step."""

    text: str
    step: str | None


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """A legal hold: nothing of the case may be destroyed while it stands."""

    hold: str
    ground: str


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """The legal hold of that name ended."""

    hold: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportsJoined:
    """This case and another are handled as one; each report keeps its own clocks and mailbox."""

    other_case: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseSplit:
    """Other cases were opened for parts of this report; the register still counts one report."""

    new_cases: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """The case closed; the record of `step` holds the reason and the retention."""

    step: str


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """A closed case runs again, with all its earlier records and terms."""

    reason: str


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
    | DecisionTaken
    | DeviationRecorded
    | NoteAdded
    | HoldPlaced
    | HoldLifted
    | ReportsJoined
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
