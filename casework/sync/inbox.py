# SPDX-License-Identifier: EUPL-1.2
"""What a mailbox and its case log say together, and so which events the case log still lacks.

Every function looks at the newest state of both and returns only what is missing: run twice, or by two tools
at once, it records nothing twice (and where two tools do cross, the later entry is void in the fold).
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from casework.domain.case.commands import OpenCase, PlaceMessage, ReceiveDeletion, ReceiveMessage
from casework.domain.case.events import CaseRegistered, Event, ProtocolPinned, ReportReceived
from casework.domain.errors import Refused
from casework.domain.judge.decide import decide
from casework.errors import MissingError
from casework.folder.vault import LogEntry
from casework.logs.case_log import CaseLog, layer
from casework.logs.deletion import deletions, has_deletion
from casework.logs.evidence import about_of
from casework.logs.statements import asks_for_meeting, kind_of
from casework.names import case_number
from casework.session import Session
from casework.sync.history import opened
from casework.sync.watch import believed_day
from crypto.desk import Desk
from crypto.encoding import b64encode
from crypto.errors import FormatError
from crypto.logs import parse_frame
from crypto.place import Place
from crypto.statements import Message, Report
from crypto.unseal import Opened, open_message, open_report, verify_report

_Arrival = ReceiveMessage | ReceiveDeletion | PlaceMessage
_REPORTER_PARTS = 2


def opening_events(session: Session, log: CaseLog, mailbox: str, today: date) -> list[Event]:
    """Return the events of the opening that the case log lacks: protocol, report and register line."""
    case = log.case
    if case.pinned and mailbox in case.reports and case.number:
        return []
    first = session.vault.entries(mailbox)[0]
    try:
        report = open_report(parse_frame(first.frame, mailbox), session.desks.known, session.reader())
    except FormatError:
        # Its key is gone, so a colleague must finish the opening.
        return []
    day = believed_day(session, mailbox, first, report.record.day, today)
    received = _report_received(session, report, day)
    command = OpenCase(session.member, received, case_number(day, log.id), "")
    events = decide(type(case)(), session.protocols.of(case), command, day)
    done = {ProtocolPinned: case.pinned, ReportReceived: mailbox in case.reports, CaseRegistered: case.number}
    return [event for event in events if not done.get(type(event))]


def received_events(
    session: Session, log: CaseLog, mailbox: str, today: date, waiting: list[MissingError]
) -> list[Event]:
    """Return the reporter's new messages that this member can open, as events; others are marked void.

    Those for which a document or an epoch is missing are tried again at the next sync, and ``waiting`` gets why.
    """
    report = log.case.reports.get(mailbox)
    if report is None or report.received.statement is None:
        return []
    entries = session.vault.entries(mailbox)
    sender = verify_report(report.received.statement.encode())
    voids = session.vault.voids(mailbox)
    events: list[Event] = []
    for before, entry in pairwise(entries):
        if entry.seq in report.follow_ups or entry.seq in voids or not _is_reporters(entry, mailbox):
            continue
        try:
            message = _open_message(session, mailbox, before, entry, sender, today)
        except MissingError as error:
            waiting.append(error)
            continue
        if message:
            day = believed_day(session, mailbox, entry, message.record.day, today)
            events += _decided(session, log, _receive(session, message, entry, day))
    return events


def deletion_events(session: Session, log: CaseLog, mailbox: str, today: date) -> list[Event]:
    """Return, as an event, that the reporter deleted the mailbox, where that is not recorded yet."""
    report = log.case.reports.get(mailbox)
    entries = session.vault.entries(mailbox)
    if report is None or report.received.statement is None or report.deleted or not has_deletion(mailbox, entries):
        return []
    sign_key = verify_report(report.received.statement.encode()).keys.sign
    found = deletions(mailbox, session.settings.desk, entries, sign_key)[0]
    seq = found.deletion.seq
    day = believed_day(session, mailbox, entries[seq - 1], found.deletion.day, today)
    return _decided(session, log, ReceiveDeletion(session.member, mailbox, seq, day, found.statement))


def placed_events(session: Session, log: CaseLog, mailbox: str, today: date) -> list[Event]:
    """Return, as events, the replies whose sealed frame stands in the mailbox and is not recorded as placed."""
    standing = {entry.head: entry for entry in session.vault.entries(mailbox)}
    # Also where the mailbox was deleted since: what reached the reporter before that did reach them.
    written = (message for message in log.case.messages.values() if message.written.report == mailbox)
    waiting = {message.written.message for message in written if message.placed is None}
    events: list[Event] = []
    for attempt in log.tries:
        entry = standing.get(attempt.head)
        if entry and attempt.message in waiting:
            waiting.remove(attempt.message)
            day = believed_day(session, mailbox, entry, log.case.messages[attempt.message].day, today)
            command = PlaceMessage(session.member, attempt.message, "mailbox", day, entry.seq, b64encode(entry.head))
            events += _decided(session, log, command)
    return events


def _decided(session: Session, log: CaseLog, command: _Arrival) -> list[Event]:
    """Return what the command leads to, or nothing where this member may not act: a colleague's tool will."""
    try:
        return decide(log.case, session.protocols.of(log.case), command, _day(command))
    except Refused:
        return []


def _day(command: _Arrival) -> date:
    """Return the day that the intake gave what the command records."""
    return command.placed if isinstance(command, PlaceMessage) else command.received


def _report_received(session: Session, opened: Opened[Report], day: date) -> ReportReceived:
    report = opened.record
    documents = {desk.document.hash: desk.document for desk in session.desks.known}
    return ReportReceived(
        report=report.log,
        mailbox=report.log,
        channel="web",
        received=day,
        forwarded=None,
        statement=opened.statement.decode(),
        ciphertext_hash=b64encode(opened.envelope_hash),
        file_keys={"report": b64encode(opened.file_key)},
        account=None,
        receipt_is_ack=documents[report.desk_hash].policy.receipt_is_ack,
        meeting=asks_for_meeting(report),
    )


def _is_reporters(entry: LogEntry, mailbox: str) -> bool:
    try:
        return len(parse_frame(entry.frame, mailbox).parts) == _REPORTER_PARTS
    except FormatError:
        return False


def _open_message(
    session: Session, mailbox: str, before: LogEntry, entry: LogEntry, sender: Report, today: date
) -> Opened[Message] | None:
    frame = parse_frame(entry.frame, mailbox)
    place = Place(mailbox, entry.seq, before.head)

    def attempt(known: Sequence[Desk]) -> Opened[Message]:
        return open_message(frame, known, session.reader(), sender.keys.sign, place)

    try:
        return opened(session, today, attempt)
    except FormatError as error:
        session.vault.mark_void(mailbox, entry.seq, layer(error))
        return None


def _receive(session: Session, opened: Opened[Message], entry: LogEntry, day: date) -> ReceiveMessage:
    return ReceiveMessage(
        by=session.member,
        report=opened.record.log,
        seq=entry.seq,
        head=b64encode(entry.head),
        received=day,
        statement=opened.statement.decode(),
        ciphertext_hash=b64encode(opened.envelope_hash),
        file_keys={"message": b64encode(opened.file_key)},
        kind=kind_of(opened.record),
        about=about_of(opened.record),
    )
