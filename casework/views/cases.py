# SPDX-License-Identifier: EUPL-1.2
"""Cases, as the interfaces show them: one line in a list, what is owed, and a case in full."""

from dataclasses import dataclass
from datetime import date

from casework.domain.case.state import Case, Message
from casework.domain.errors import Problem
from casework.domain.judge.assess import Assessment
from casework.domain.judge.views import StepView
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.terms.term import Clock
from casework.views.entries import FileLine, Incident, TimelineItem, VoidEntry
from casework.views.reports import ContactDetails, Deletion, ReportText, Transcript, Withdrawal


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
