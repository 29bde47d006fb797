# SPDX-License-Identifier: EUPL-1.2
"""The state of one case, as the fold of its log leaves it. Read it; only `fold` changes it."""

from dataclasses import dataclass, field
from datetime import date

from casework.domain.case.events import (
    CaseClosed,
    ConflictDeclared,
    DecisionTaken,
    DisclosureMade,
    Entry,
    HoldPlaced,
    MessagePlaced,
    MessageReceived,
    MessageWritten,
    ProtocolPinned,
    ReportReceived,
    ReportsJoined,
)
from casework.domain.errors import Problem
from casework.domain.problems import DECLARED_CONFLICT, EXCLUDED
from casework.domain.terms.report_clocks import ReportFacts


@dataclass(slots=True)
class Message:
    """A reply of the committee: written on `day` by `author`, and placed or not yet."""

    written: MessageWritten
    seq: int
    day: date
    author: str
    placed: MessagePlaced | None = None


@dataclass(slots=True)
class Report:
    """One report, what its reporter added, and the days that its clocks count with.

    `finished_seq` is where final feedback was placed, or found impossible with reasons, whichever came first; None
    again once a reporter without any wrote, or that decision was taken back.
    `deleted` is the day on which the reporter deleted the mailbox.
    `withdrawn` is where the reporter first withdrew it, `withdrawal_decided` the newest decision about that.
    """

    received: ReportReceived
    seq: int
    follow_ups: dict[int, MessageReceived] = field(default_factory=dict)
    acknowledged: date | None = None
    feedback: date | None = None
    final_feedback: date | None = None
    finished_seq: int | None = None
    meeting_proposed: date | None = None
    withdrawn: Entry | None = None
    withdrawal_decided: Entry | None = None
    deleted: date | None = None
    last_question: tuple[int, date] | None = None
    feedback_impossible: DecisionTaken | None = None

    @property
    def has_mailbox(self) -> bool:
        """Whether there is a mailbox to write to."""
        return self.received.mailbox is not None and self.deleted is None

    @property
    def out_of_reach(self) -> bool:
        """Whether nothing reaches the reporter: the mailbox was deleted, or it was decided that there is no way."""
        return self.deleted is not None or self.feedback_impossible is not None

    @property
    def facts(self) -> ReportFacts:
        """What the clocks of this report need to know."""
        return ReportFacts(
            self.received.report,
            self.received.received,
            self.acknowledged,
            self.feedback,
            self.feedback_impossible is not None,
            self.received.meeting,
            self.meeting_proposed,
            self.deleted is not None,
        )


@dataclass(slots=True)
class Disclosure:
    """A danger to life that `author` told outside, and the entries in which other members judged that."""

    made: DisclosureMade
    author: str
    reviews: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Case:
    """A case: `entries` in log order, `void` by seq (kept, shown, without effect), and what the rest adds up to.

    `history` holds the entries that move through the protocol (completed, reopened, left out, case
    reopened), in order; what they mean depends on the protocol and is `assess`'s to say. Whether the case is closed,
    too: `closed` is the newest closing that owed nobody anything. `excluded_alone` is whom a member excluded by nobody
    else's decision, by that member. `joined` is by the other case, `parts` are the cases that were split off.
    """

    entries: list[Entry] = field(default_factory=list)
    void: dict[int, Problem] = field(default_factory=dict)
    read_only: bool = False
    number: str | None = None
    title: str | None = None
    pinned: ProtocolPinned | None = None
    reports: dict[str, Report] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)
    declarations: dict[str, ConflictDeclared] = field(default_factory=dict)
    excluded: dict[str, str] = field(default_factory=dict)
    excluded_alone: dict[str, str] = field(default_factory=dict)
    decisions: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    holds: dict[str, HoldPlaced] = field(default_factory=dict)
    disclosures: dict[str, Disclosure] = field(default_factory=dict)
    joined: dict[str, ReportsJoined] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    feedback_finished: int | None = None
    """Where first every reporter had final feedback, or could not have it; what that led to stays, whatever follows."""
    closed: CaseClosed | None = None
    walked: object = field(default=None, compare=False, repr=False)
    """What `judge.walk` remembers of this case; it follows from the rest."""

    @property
    def first_report(self) -> Report | None:
        """The report that the case was opened with."""
        return next(iter(self.reports.values()), None)

    @property
    def own_reports(self) -> tuple[Report, ...]:
        """The reports whose reporters, mailboxes and clocks this case has; those of a part stay where it came from."""
        return tuple(report for report in self.reports.values() if report.received.part_of is None)

    @property
    def received(self) -> date | None:
        """The earliest day on which a report of this case arrived."""
        return min((report.received.received for report in self.reports.values()), default=None)

    @property
    def unplaced(self) -> tuple[Message, ...]:
        """The messages that were written and are on their way to the reporter; they stop no clock."""
        return tuple(message for message in self.messages.values() if message.placed is None and self.reaches(message))

    def member_problem(self, member: str, *, steps_aside: bool) -> Problem | None:
        """Return why nothing of a member counts any more; one with an interest can still do what steps aside."""
        if member in self.excluded:
            return EXCLUDED
        return DECLARED_CONFLICT if self.has_interest(member) and not steps_aside else None

    @property
    def free_members(self) -> set[str]:
        """The members who declared to have no interest, and are not excluded."""
        return {m for m, declared in self.declarations.items() if not declared.conflict and m not in self.excluded}

    def has_interest(self, member: str) -> bool:
        """Tell whether a member declared an interest, and nobody judged since that it is none."""
        declared = self.declarations.get(member)
        return declared is not None and declared.conflict

    def reaches(self, message: Message) -> bool:
        """Tell whether the mailbox that a message was written for is still there."""
        return self.reports[message.written.report].deleted is None
