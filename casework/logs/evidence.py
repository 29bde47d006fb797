# SPDX-License-Identifier: EUPL-1.2
"""Whether what a case log says the reporter wrote was signed by that reporter.

The mailbox id binds the reporter's keys, and those sign every statement: so no member, alone or with the
operator, can put words into a reporter's mouth.
"""

from casework.domain.case.events import Attached, Entry, MailboxDeleted, MessageReceived, MessageWritten, ReportReceived
from casework.domain.case.state import Case
from casework.logs.statements import asks_for_meeting, kind_of
from crypto.deletion import read_signed
from crypto.encoding import b64decode, b64encode
from crypto.errors import BindingError
from crypto.fields import log_id
from crypto.records import Attachment, read_record
from crypto.signing import parse_statement, verify_statement
from crypto.statements import Message, Report
from crypto.unseal import verify_report

LETTER = "file"
"""The channel of a stranger's locked file, which nobody signed, and the name of its file key."""
KEY_LENGTH = 16
"""Bytes of a file key."""
_ROOT_LENGTH = 32


def check_evidence(case: Case, desk: str, entry: Entry) -> None:
    """Check the reporter's statement, or the records of files, in an entry; other entries pass.

    Raises:
        EncodingError, SignatureError: it is no such statement, or the reporter did not sign it.
        BindingError: it belongs to another mailbox or place.
    """
    event = entry.event
    if isinstance(event, ReportReceived):
        _check_report(event, desk)
    if isinstance(event, MessageReceived):
        message = read_message(event.statement, _report_of(case, event.report))
        if (message.log, message.seq) != (event.report, event.seq):
            raise BindingError("a message belongs to another place")
        if (kind_of(message), about_of(message)) != (event.kind, event.about):
            raise BindingError("a message says something else than the case log tells of it")
    if isinstance(event, MailboxDeleted):
        deletion = read_signed(event.statement.encode(), _report_of(case, event.report).keys.sign)
        if (deletion.desk, deletion.log, deletion.seq) != (desk, event.report, event.seq):
            raise BindingError("a deletion belongs to another place")
    if isinstance(event, MessageWritten):
        for attached in event.attachments:
            to_attachment(attached)


def _check_report(event: ReportReceived, desk: str) -> None:
    if event.channel == LETTER and event.part_of is None:
        # What nobody signed only has to be readable.
        b64decode(event.ciphertext_hash or "", _ROOT_LENGTH)
        b64decode(event.file_keys.get(LETTER, ""), KEY_LENGTH)
    if event.statement is None:
        return
    report = verify_report(event.statement.encode())
    if event.mailbox != report.log or event.report != report.log or report.keys.log(desk) != report.log:
        raise BindingError("a report belongs to another mailbox")
    if event.meeting != asks_for_meeting(report):
        raise BindingError("a report says something else than the case log tells of it")


def read_message(statement: str, report: Report) -> Message:
    """Return the follow-up in a statement that the reporter of `report` signed; errors as `check_evidence`."""
    return read_record(Message, verify_statement(parse_statement(statement.encode()), Message.TYPE, report.keys.sign))


def to_attachment(attached: Attached) -> Attachment:
    """Return the format's record of a file that goes with a reply; EncodingError where it is no such record."""
    key, root = b64decode(attached.key, KEY_LENGTH), b64decode(attached.root, _ROOT_LENGTH)
    return Attachment(log_id(attached.blob), attached.name, attached.type, attached.size, key, root)


def about_of(message: Message) -> str | None:
    """Return the head of the entry that a follow-up is about, b64, or None."""
    return None if message.about is None else b64encode(message.about)


def _report_of(case: Case, name: str) -> Report:
    known = case.reports.get(name)
    if known is None or known.received.statement is None:
        raise BindingError("a message belongs to a report that this case does not have")
    return verify_report(known.received.statement.encode())
