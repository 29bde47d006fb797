# SPDX-License-Identifier: EUPL-1.2
"""Makes views of cases from case logs; pure, apart from what the session holds in memory and vault."""

import re
from collections.abc import Mapping
from datetime import date

from casework.attachments import CaseFile, FileState, case_files
from casework.case_log import CaseLog
from casework.domain.case.events import (
    DecisionTaken,
    Entry,
    MailboxDeleted,
    MessageReceived,
    MessageWritten,
    ReportReceived,
)
from casework.domain.case.state import Case, Report
from casework.domain.case.transcripts import TranscriptView, transcripts
from casework.domain.judge.assess import Assessment, assess
from casework.errors import BrokenCaseError, CaseworkError
from casework.evidence import LETTER, read_message
from casework.letter_files import letter_lines
from casework.said import contact_in, contact_of, without_contact
from casework.session import Session
from casework.views import (
    CaseLine,
    CaseView,
    ContactDetails,
    Deletion,
    DueItem,
    FileLine,
    Incident,
    MemberName,
    ReportText,
    TimelineItem,
    Transcript,
    VoidEntry,
    Withdrawal,
)
from casework.watch import INCIDENTS, incidents
from crypto.encoding import b64decode
from crypto.errors import DeskError
from crypto.handover import letter_number
from crypto.statements import Message
from crypto.unseal import verify_report

_FILES = "files"
_VERDICTS = ("transcript_agreed", "transcript_disagreed", "transcript_corrected")
_FEEDBACK_TEXTS = ("assessment", "follow_up_text", "grounds")


def case_line(session: Session, log: CaseLog, today: date) -> CaseLine:
    """Return a case as a line of the list; one that this tool cannot make sense of is marked as broken."""
    try:
        return _line(log, _judged(session, log.case, today))
    except CaseworkError:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with one case, the others must stay in sight
        return CaseLine(log.id, _number(log), "", None, None, (), (), 0, 0, closed=False, read_only=True, broken=True)


def due_items(session: Session, log: CaseLog, today: date) -> tuple[DueItem, ...]:
    """Return what is owed in a case; nothing for one that `case_line` marks as broken."""
    try:
        return tuple(DueItem(log.id, _number(log), clock) for clock in _judged(session, log.case, today).owed)
    except CaseworkError:
        raise
    except Exception:  # noqa: BLE001 - as in `case_line`, which shows it
        return ()


def case_view(session: Session, log: CaseLog, today: date) -> CaseView:
    """Return a case in full.

    Raises:
        BrokenCaseError: this tool cannot make sense of it.
    """
    try:
        return _view(session, log, today)
    except CaseworkError:
        raise
    except Exception as error:
        raise BrokenCaseError(
            "This tool cannot make sense of this case, so it is not shown. Everything in it is kept, and the other "
            "cases go on. Update this tool; if it stays so, report the fault to its makers."
        ) from error


def _view(session: Session, log: CaseLog, today: date) -> CaseView:
    case = log.case
    judged = _judged(session, case, today)
    return CaseView(
        line=_line(log, judged),
        reports=tuple(_report_text(report) for report in case.reports.values()),
        contacts=tuple(contact for report in case.reports.values() if (contact := _contact(report))),
        withdrawals=tuple(taken for report in case.reports.values() if (taken := _withdrawal(report))),
        deletions=tuple(Deletion(name, report.deleted) for name, report in case.reports.items() if report.deleted),
        transcripts=tuple(_transcript(case, view) for view in transcripts(case, today)),
        files=(*letter_lines(session, log), *(_file_line(session, file) for file in case_files(session, log))),
        timeline=tuple(_timeline_item(session, case, entry, judged) for entry in case.entries),
        assessment=judged,
        protocol=session.protocols.get(case.pinned.digest) if case.pinned else None,
        case=case,
        unplaced=case.unplaced,
        without_room=_without_room(session, case),
        voids=_voids(session, log),
        incidents=_incidents(session, log),
    )


def _without_room(session: Session, case: Case) -> frozenset[int]:
    known = session.vault.blobs()
    refused = {blob for blob, state in known.items() if state == FileState.NO_ROOM}
    return frozenset(
        message.seq for message in case.unplaced if refused & {one.blob for one in message.written.attachments}
    )


def member_name(session: Session, member: str) -> MemberName:
    """Return a member's name by the newest document that knows them; else the id has to do."""
    for desk in session.desks.known:
        try:
            found = desk.document.member(member)
        except DeskError:
            continue
        return MemberName(found.id, found.name, found.role)
    return MemberName(member, member, {})


def _judged(session: Session, case: Case, today: date) -> Assessment:
    return assess(session.protocol_for(case), case, today)


def _number(log: CaseLog) -> str:
    return log.case.number or log.id[:6].upper()


def _line(log: CaseLog, judged: Assessment) -> CaseLine:
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


def _report_text(report: Report) -> ReportText:
    received = report.received
    if received.statement is None:
        answers = {"what": received.account or ""}
        number = letter_number(b64decode(received.ciphertext_hash or "")) if received.channel == LETTER else ""
        return ReportText(received.report, received.received, received.channel, "", answers, (), (), number)
    signed = verify_report(received.statement.encode())
    return ReportText(
        received.report,
        received.received,
        received.channel,
        signed.language,
        without_contact(signed.answers),
        signed.sealed_to,
        signed.excluded,
    )


def _contact(report: Report) -> ContactDetails | None:
    name = report.received.report
    given = [event for _, event in sorted(report.follow_ups.items()) if event.kind in ("contact", "contact_withdrawn")]
    if given:
        return ContactDetails(name, given[-1].received, contact_of(_signed(report, given[-1])))
    if report.received.statement is None:
        return None
    first = contact_in(verify_report(report.received.statement.encode()).answers)
    return ContactDetails(name, report.received.received, first) if first else None


def _withdrawal(report: Report) -> Withdrawal | None:
    event = report.withdrawn.event if report.withdrawn else None
    if not isinstance(event, MessageReceived):
        return None
    decided = report.withdrawal_decided.event if report.withdrawal_decided else None
    decision = decided if isinstance(decided, DecisionTaken) else None
    reason = _signed(report, event).answers.get("reason", "")
    return Withdrawal(report.received.report, event.received, reason, decision)


def _transcript(case: Case, view: TranscriptView) -> Transcript:
    written, verdict = view.offer.written, view.verdict
    remark = _signed(case.reports[written.report], verdict).answers.get("text", "") if verdict else ""
    placed = view.offer.placed.placed if view.offer.placed else None
    answered = verdict.received if verdict else None
    return Transcript(written.message, written.text, placed, view.answer_by, view.state, answered, remark)


def _file_line(session: Session, file: CaseFile) -> FileLine:
    sent = file.attachment
    author = member_name(session, file.author) if file.author else None
    return FileLine(sent.blob, sent.name, sent.type, sent.size, author, file.day, file.state)


def _signed(report: Report, event: MessageReceived) -> Message:
    """Return a follow-up as its reporter signed it."""
    return read_message(event.statement, verify_report((report.received.statement or "").encode()))


def _timeline_item(session: Session, case: Case, entry: Entry, judged: Assessment) -> TimelineItem:
    event = entry.event
    written = case.messages.get(event.message) if isinstance(event, MessageWritten) else None
    return TimelineItem(
        seq=entry.seq,
        day=entry.day,
        author=member_name(session, entry.author),
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
        return _report_text(case.reports[event.report]).answers
    if isinstance(event, MessageReceived):
        answers = _signed(case.reports[event.report], event).answers
        if event.kind in _VERDICTS:
            return {name: text for name, text in answers.items() if name != "verdict"}
        return without_contact(answers)
    if isinstance(event, MessageWritten):
        more = {name: getattr(event, name) for name in _FEEDBACK_TEXTS if getattr(event, name)}
        return {"text": event.text} | more
    return {}


def _voids(session: Session, log: CaseLog) -> tuple[VoidEntry, ...]:
    """Return what nobody here could open or believe; what a colleague could open is not among it."""
    found = [VoidEntry("case", seq, layer) for seq, layer in session.vault.voids(log.id).items()]
    for name, report in log.case.reports.items():
        opened = session.vault.voids(name).items()
        found += [VoidEntry("mailbox", seq, layer) for seq, layer in opened if seq not in report.follow_ups]
    return tuple(found)


def _incidents(session: Session, log: CaseLog) -> tuple[Incident, ...]:
    found = ((name, *item) for name in log.case.reports for item in incidents(session, log, name))
    return tuple(Incident(name, seq, INCIDENTS[kind]) for name, seq, kind in found)
