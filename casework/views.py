# SPDX-License-Identifier: EUPL-1.2
"""What the interfaces show: frozen, with plain values and domain objects, and no key in it.

Texts of reporters and members stand here as they were written. They are hostile until escaped: an
interface must treat every one of them as text and never as markup, address or terminal codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.attachments import FileState
from casework.domain.case.events import DecisionTaken, Event, Record, Unread
from casework.domain.case.state import Case, Message
from casework.domain.case.transcripts import TranscriptState
from casework.domain.errors import Problem
from casework.domain.judge.assess import Assessment
from casework.domain.judge.views import StepView
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.terms.term import Clock
from casework.errors import CaseworkError
from casework.said import Contact


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message to the reporter before it is written; fields as in `domain.events.MessageWritten`.

    `report` is the report that it answers, None for the case's first. `files` are the blob ids that
    `desk_files.CaseFiles.attach` gave.
    """

    kind: str
    text: str
    assessment: str = ""
    follow_up: str = ""
    follow_up_text: str = ""
    grounds: str = ""
    final: bool = False
    consent: str = ""
    proposes_meeting: bool = False
    report: str | None = None
    files: tuple[str, ...] = ()

    @classmethod
    def from_record(cls, kind: str, record: Record, files: tuple[str, ...] = ()) -> "MessageDraft":
        """Return the draft that a filled-in form gives; a field that its kind lacks stays empty."""
        texts = {name: value for name, value in record.items() if isinstance(value, str)}
        return cls(
            kind=kind,
            text=texts.get("text", ""),
            assessment=texts.get("assessment", ""),
            follow_up=texts.get("follow_up", ""),
            follow_up_text=texts.get("follow_up_text", ""),
            grounds=texts.get("grounds", ""),
            final=record.get("final") is True,
            consent=texts.get("consent", ""),
            proposes_meeting=record.get("proposes_meeting") is True,
            files=files,
        )


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A part of a report that gets a case of its own: what the report says of it, and the id of its protocol."""

    account: str
    title: str
    protocol: str
    reason: str


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member of the desk: id, name, and role in each language."""

    id: str
    name: str
    role: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk and this tool.

    `name` is the desk's, by language; `words` are the ten words of its address, by language. `read_only` says
    why nothing can be written now. `next_destruction` is the day on which the next key goes, `sealed_until`
    the last day on which reporters can seal to this member; both None before the first sync. `unopened` counts
    mailboxes that no key of this member opens, `waiting` those whose grant a colleague must still give; `unreadable`
    are the days on which locked files came that do not open.
    """

    desk: str
    name: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    origin: str
    member: MemberName
    members: tuple[MemberName, ...]
    live: tuple[str, ...]
    today: date
    synced: date | None
    read_only: CaseworkError | None
    next_destruction: date | None
    sealed_until: date | None
    unopened: int
    waiting: int
    unreadable: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. `number` is always something to call it by; `next_due` is None if nothing is owed.

    `unanswered` counts the reporters' messages that came in since the committee last wrote. `withdrawn` tells that a
    reporter withdrew the report, `deleted` that one deleted the mailbox. `broken` marks a case that
    this tool cannot make sense of: it is kept, nothing can be written in it, and the other fields are empty.
    """

    id: str
    number: str
    title: str
    received: date | None
    next_due: Clock | None
    overdue: tuple[Clock, ...]
    to_do: tuple[StepView, ...]
    unplaced: int
    unanswered: int
    closed: bool
    read_only: bool
    withdrawn: bool = False
    deleted: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that is owed: a clock, of which case."""

    case: str
    number: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report as its reporter signed it: `answers` from question names (`what`, `when`, …) to texts.

    `number` is that of a letter's locked file, which its sender may have written down; empty for other reports.
    """

    report: str
    received: date
    channel: str
    language: str
    answers: Mapping[str, str]
    sealed_to: tuple[str, ...]
    excluded: tuple[str, ...]
    number: str = ""


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
class ContactDetails:
    """How a reporter wants to be reached since `day`; `details` is None where they took it back."""

    report: str
    day: date
    details: Contact | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A written account as the reporter was offered it, and what they said of it since: neither replaces the other.

    `remark` is the corrected account where the state is corrected, else what the reporter added to the verdict.
    """

    message: str
    text: str
    placed: date | None
    answer_by: date | None
    state: TranscriptState
    answered: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report that its reporter withdrew, and what a member decided about it, if anybody did."""

    report: str
    day: date
    reason: str
    decision: DecisionTaken | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A report whose reporter deleted the mailbox on `day`."""

    report: str
    day: date


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


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case in full. `protocol` is None where the pinned one is not at hand; then only clocks are judged.

    Contact details stand in `contacts` and nowhere else, so that they can be kept apart from the story.
    """

    line: CaseLine
    reports: tuple[ReportText, ...]
    contacts: tuple[ContactDetails, ...]
    withdrawals: tuple[Withdrawal, ...]
    deletions: tuple[Deletion, ...]
    transcripts: tuple[Transcript, ...]
    files: tuple[FileLine, ...]
    timeline: tuple[TimelineItem, ...]
    assessment: Assessment
    protocol: InvestigationProtocol | None
    case: Case
    unplaced: tuple[Message, ...]
    without_room: frozenset[int]
    """Places in the case of messages that are unplaced because their files do not fit into the mailbox."""
    voids: tuple[VoidEntry, ...]
    incidents: tuple[Incident, ...]
    notices: tuple[Problem, ...]
    """What concerns the whole case, on top of the page."""

    @property
    def meeting_wanted(self) -> bool:
        """Whether a reporter who asked for a conversation has no proposal yet."""
        clocks = (report.meeting for report in self.assessment.reports)
        return any(clock and clock.stopped is None for clock in clocks)

    @property
    def part_of(self) -> str | None:
        """The case that this one was split off from, or None."""
        report = self.case.first_report
        return report.received.part_of if report else None

    @property
    def report_to_decide(self) -> str | None:
        """The report that a decision is about: one that was withdrawn and waits for it, else the case's first."""
        waiting = (taken.report for taken in self.withdrawals if taken.decision is None)
        return next(waiting, next(iter(self.case.reports), None))
