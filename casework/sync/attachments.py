# SPDX-License-Identifier: EUPL-1.2
"""The files of a case: what was announced, by whom, and whether it is all there (FORMAT.md section 7.5).

A reporter's file counts from the `files` message that signs its root; the first one that fits the announcement holds.
Names and types are the sender's words: hostile until escaped, and never followed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from casework.domain.case.state import Report
from casework.errors import UnknownFileError
from casework.logs.case_log import CaseLog
from casework.logs.evidence import read_message, to_attachment
from casework.logs.file_state import FileState
from casework.session import Session
from crypto.attachments import REPLY_STANZAS, check_files
from crypto.blob import blob_length
from crypto.encoding import b64decode
from crypto.errors import BindingError
from crypto.records import Attachment
from crypto.statements import Message
from crypto.statements import Report as SignedReport
from crypto.unseal import verify_report

_FILES = "files"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of a case; `author` is the member who sent it, None for the reporter. `day` is that of its entry."""

    attachment: Attachment
    sealed: int
    """Bytes of the sealed blob, as they follow from what its sender signed."""
    mailbox: str
    author: str | None
    day: date
    state: FileState


def case_files(session: Session, log: CaseLog) -> tuple[CaseFile, ...]:
    """Return the files of a case: of each report the reporter's first, then what members sent."""
    known = session.vault.blobs()
    found = [
        *(file for name, report in log.case.reports.items() for file in _reporters(session, name, report)),
        *_members(log),
    ]
    return tuple(replace(file, state=_state(log, file, known)) for file in found)


def case_file(session: Session, log: CaseLog, blob: str) -> CaseFile:
    """Return one file of a case.

    Raises:
        UnknownFileError: the case has no such file.
    """
    for file in case_files(session, log):
        if file.attachment.blob == blob:
            return file
    raise UnknownFileError("There is no such file in this case. Nothing was fetched. Sync and look again.")


def _reporters(session: Session, mailbox: str, report: Report) -> Iterator[CaseFile]:
    if report.received.statement is None:
        return
    signed = verify_report(report.received.statement.encode())
    messages = [read_message(event.statement, signed) for _, event in sorted(report.follow_ups.items())]
    roots = _roots(session, mailbox, report, signed, messages)
    dated: list[tuple[SignedReport | Message, date]] = [(signed, report.received.received)]
    dated += [(found, report.follow_ups[found.seq].received) for found in messages if found.kind != _FILES]
    for entry, day in dated:
        stanzas = len(entry.sealed_to) + len(entry.excluded)
        for attachment in entry.attachments:
            whole = replace(attachment, root=roots.get(attachment.blob))
            sealed = blob_length(stanzas, attachment.size)
            yield CaseFile(whole, sealed, mailbox, None, day, FileState.ANNOUNCED)


def _roots(
    session: Session, mailbox: str, report: Report, signed: SignedReport, messages: list[Message]
) -> dict[str, bytes]:
    """Return the root of each announced blob that a `files` message signs for."""
    announced: dict[bytes, SignedReport | Message] = {}
    first = session.vault.first_head(mailbox)
    if first is not None:
        announced[first] = signed
    roots: dict[str, bytes] = {}
    for message in messages:
        announced[b64decode(report.follow_ups[message.seq].head)] = message
        entry = announced.get(message.about) if message.kind == _FILES and message.about else None
        if entry is not None and _completes(message, entry):
            roots = {file.blob: file.root for file in message.attachments if file.root} | roots
    return roots


def _completes(files: Message, entry: SignedReport | Message) -> bool:
    try:
        check_files(files, entry, files.about or b"")
    except BindingError:
        return False
    return True


def _members(log: CaseLog) -> Iterator[CaseFile]:
    for message in log.case.messages.values():
        for attached in message.written.attachments:
            whole, mailbox = to_attachment(attached), message.written.report
            sealed = blob_length(REPLY_STANZAS, whole.size)
            yield CaseFile(whole, sealed, mailbox, message.author, message.day, FileState.SIGNED)


def _state(log: CaseLog, file: CaseFile, known: dict[str, str]) -> FileState:
    if file.author and log.case.reports[file.mailbox].deleted:
        return FileState.DELETED
    if file.attachment.root is None:
        return FileState.ANNOUNCED
    return FileState(known.get(file.attachment.blob, FileState.SIGNED))
