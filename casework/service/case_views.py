# SPDX-License-Identifier: EUPL-1.2
"""Makes views of cases from case logs, for the tool and for the practice year alike.

What a view needs beside the log comes in as `Around`: an unlocked tool takes it from its vault and the desk's
documents (`beside`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casework.domain.case.events import (
    Entry,
    MailboxDeleted,
    MessageReceived,
    MessageWritten,
    ReportReceived,
)
from casework.domain.case.parts import is_split_off
from casework.domain.case.state import Case
from casework.domain.case.transcripts import transcripts
from casework.domain.judge.assess import Assessment, assess
from casework.domain.protocol.model import InvestigationProtocol
from casework.errors import BrokenCaseError, CaseworkError
from casework.logs.statements import without_contact
from casework.service.report_views import contact, report_text, signed_message, transcript, withdrawal
from casework.views.cases import CaseLine, CaseView, DueItem
from casework.views.desk import MemberName
from casework.views.entries import FileLine, Incident, TimelineItem, VoidEntry
from casework.views.reports import Deletion

_FILES = "files"
_VERDICTS = ("transcript_agreed", "transcript_disagreed", "transcript_corrected")
_FEEDBACK_TEXTS = ("assessment", "follow_up_text", "grounds")


class Log(Protocol):
    """A case under its id."""

    @property
    def id(self) -> str:
        """The case's id."""

    @property
    def case(self) -> Case:
        """What its entries add up to."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a tool keeps of a case beside its log; fields as in `views.CaseView`."""

    files: tuple[FileLine, ...] = ()
    without_room: frozenset[int] = frozenset()
    voids: tuple[VoidEntry, ...] = ()
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """Where views look things up: a case's protocol, a member's name, what stands beside a log, another log."""

    protocol_for: Callable[[Case], InvestigationProtocol]
    name_of: Callable[[str], MemberName]
    beside: Callable[[str], Beside]
    other: Callable[[str], Log | None]


def case_lines(around: Around, logs: Iterable[Log], today: date) -> tuple[CaseLine, ...]:
    """Return cases as lines of the list, the most urgent first; what cannot be made sense of is marked as broken."""
    return tuple(sorted((_line_or_broken(around, log, today) for log in logs), key=_by_urgency))


def due_items(around: Around, logs: Iterable[Log], today: date) -> tuple[DueItem, ...]:
    """Return what is owed, soonest first; nothing for a case that `case_lines` marks as broken."""
    items = [item for log in logs for item in _due_or_none(around, log, today)]
    return tuple(sorted(items, key=lambda item: (item.clock.due, item.number)))


def case_view(around: Around, log: Log, today: date) -> CaseView:
    """Return a case in full.

    Raises:
        BrokenCaseError: this tool cannot make sense of it.
    """
    try:
        return _view(around, log, today)
    except CaseworkError:
        raise
    except Exception as error:
        raise BrokenCaseError(
            "This tool cannot make sense of this case, so it is not shown. Everything in it is kept, and the other "
            "cases go on. Update this tool; if it stays so, report the fault to its makers."
        ) from error


def _line_or_broken(around: Around, log: Log, today: date) -> CaseLine:
    try:
        return _line(log, _judged(around, log, today))
    except CaseworkError:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with one case, the others must stay in sight
        return CaseLine(log.id, _number(log), "", None, None, (), (), 0, 0, closed=False, read_only=True, broken=True)


def _due_or_none(around: Around, log: Log, today: date) -> tuple[DueItem, ...]:
    try:
        return tuple(DueItem(log.id, _number(log), clock) for clock in _judged(around, log, today).owed)
    except CaseworkError:
        raise
    except Exception:  # noqa: BLE001 - as in `_line_or_broken`, which shows it
        return ()


def _view(around: Around, log: Log, today: date) -> CaseView:
    case, beside = log.case, around.beside(log.id)
    judged = _judged(around, log, today)
    return CaseView(
        line=_line(log, judged),
        reports=tuple(report_text(report) for report in case.reports.values()),
        contacts=tuple(found for report in case.reports.values() if (found := contact(report))),
        withdrawals=tuple(taken for report in case.reports.values() if (taken := withdrawal(report))),
        deletions=tuple(Deletion(name, report.deleted) for name, report in case.reports.items() if report.deleted),
        transcripts=tuple(transcript(case, view) for view in transcripts(case, today)),
        files=beside.files,
        timeline=tuple(_timeline_item(around, case, entry, judged) for entry in case.entries),
        assessment=judged,
        protocol=_pinned(around, case),
        case=case,
        unplaced=case.unplaced,
        without_room=beside.without_room,
        voids=beside.voids,
        incidents=beside.incidents,
        notices=judged.notices,
    )


def _pinned(around: Around, case: Case) -> InvestigationProtocol | None:
    protocol = around.protocol_for(case)
    return protocol if case.pinned and case.pinned.digest == protocol.digest else None


def _judged(around: Around, log: Log, today: date) -> Assessment:
    case, report = log.case, log.case.first_report
    first = around.other(report.received.part_of) if report and report.received.part_of else None
    split_off = is_split_off(case, log.id, first.case if first else None)
    return assess(around.protocol_for(case), case, today, split_off=split_off)


def _by_urgency(line: CaseLine) -> tuple[bool, bool, date, str]:
    return line.closed, not line.broken, line.next_due.due if line.next_due else date.max, line.number


def _number(log: Log) -> str:
    return log.case.number or log.id[:6].upper()


def _line(log: Log, judged: Assessment) -> CaseLine:
    case = log.case
    return CaseLine(
        id=log.id,
        number=_number(log),
        title=case.title or "",
        received=case.received,
        next_due=judged.next_due,
        overdue=judged.overdue,
        to_do=judged.to_do,
        unplaced=len(case.unplaced),
        unanswered=_unanswered(case),
        closed=judged.closed,
        read_only=case.read_only,
        withdrawn=any(report.withdrawn for report in case.reports.values()),
        deleted=any(report.deleted for report in case.reports.values()),
    )


def _unanswered(case: Case) -> int:
    """Count what reporters wrote since the committee last did, in the order of the case log."""
    written = max((message.seq for message in case.messages.values()), default=0)
    came_in = (
        entry for entry in case.entries if isinstance(entry.event, MessageReceived) and entry.event.kind != _FILES
    )
    return sum(entry.seq > written and entry.seq not in case.void for entry in came_in)


def _timeline_item(around: Around, case: Case, entry: Entry, judged: Assessment) -> TimelineItem:
    event = entry.event
    written = case.messages.get(event.message) if isinstance(event, MessageWritten) else None
    return TimelineItem(
        seq=entry.seq,
        day=entry.day,
        author=around.name_of(entry.author),
        kind=re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower(),
        event=event,
        from_reporter=isinstance(event, ReportReceived | MessageReceived | MailboxDeleted),
        texts=_texts(case, entry),
        placed=written.placed.placed if written and written.placed else None,
        problem=judged.void.get(entry.seq) or judged.irregular.get(entry.seq),
    )


def _texts(case: Case, entry: Entry) -> Mapping[str, str]:
    """Return the words in an entry, by name; empty for one that does not count."""
    event = entry.event
    if entry.seq in case.void:
        return {}
    if isinstance(event, ReportReceived):
        return report_text(case.reports[event.report]).answers
    if isinstance(event, MessageReceived):
        answers = signed_message(case.reports[event.report], event).answers
        if event.kind in _VERDICTS:
            return {name: text for name, text in answers.items() if name != "verdict"}
        return without_contact(answers)
    if isinstance(event, MessageWritten):
        more = {name: getattr(event, name) for name in _FEEDBACK_TEXTS if getattr(event, name)}
        return {"text": event.text} | more
    return {}
