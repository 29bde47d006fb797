# SPDX-License-Identifier: EUPL-1.2
"""What an unlocked tool knows of a case beside its log: files, names, and what came in that should not have."""

from casework.domain.case.state import Case
from casework.logs.case_log import CaseLog
from casework.logs.file_state import FileState
from casework.service.case_views import Around, Beside
from casework.service.letter_files import letter_lines
from casework.session import Session
from casework.sync.attachments import CaseFile, case_files
from casework.sync.watch import INCIDENTS, incidents
from casework.views.desk import MemberName
from casework.views.entries import FileLine, Incident, VoidEntry
from crypto.errors import DeskError


def around(session: Session) -> Around:
    """Return where the views of a session's cases look things up."""
    return Around(
        session.protocols.of,
        lambda member: member_name(session, member),
        lambda case: _beside(session, session.log(case)),
        session.logs.get,
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


def _beside(session: Session, log: CaseLog) -> Beside:
    return Beside(
        files=(*letter_lines(session, log), *(_file_line(session, file) for file in case_files(session, log))),
        without_room=_without_room(session, log.case),
        voids=_voids(session, log),
        incidents=_incidents(session, log),
    )


def _file_line(session: Session, file: CaseFile) -> FileLine:
    sent = file.attachment
    author = member_name(session, file.author) if file.author else None
    return FileLine(sent.blob, sent.name, sent.type, sent.size, author, file.day, file.state)


def _without_room(session: Session, case: Case) -> frozenset[int]:
    known = session.vault.blobs()
    refused = {blob for blob, state in known.items() if state == FileState.NO_ROOM}
    return frozenset(
        message.seq for message in case.unplaced if refused & {one.blob for one in message.written.attachments}
    )


def _voids(session: Session, log: CaseLog) -> tuple[VoidEntry, ...]:
    """Return what nobody here could open or believe; what a colleague could open is not among it."""
    found = [VoidEntry("case", seq, layer) for seq, layer in session.vault.voids(log.id).items()]
    for report in log.case.own_reports:
        opened = session.vault.voids(report.received.report).items()
        found += [VoidEntry("mailbox", seq, layer) for seq, layer in opened if seq not in report.follow_ups]
    return tuple(found)


def _incidents(session: Session, log: CaseLog) -> tuple[Incident, ...]:
    own = (report.received.report for report in log.case.own_reports)
    found = ((name, *item) for name in own for item in incidents(session, log, name))
    return tuple(Incident(name, seq, INCIDENTS[kind]) for name, seq, kind in found)
