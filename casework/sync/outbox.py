# SPDX-License-Identifier: EUPL-1.2
"""Puts written replies into the reporter's mailbox, each exactly once.

A reply touches two logs, and a tool can stop between any two of these steps:

    1. MessageWritten in the case log           the text, by its author
    2. the sealed frame in the author's vault    for place n+1 of the mailbox
    3. `reply_sealed` in the case log           the head that the mailbox has if that frame stands at n+1
    4. the frame in the mailbox, If-Match head n
    5. MessagePlaced in the case log            with the intake's day, which alone stops a clock

Nobody but the reporter can open a reply, so step 3 is how any holder knows one when it stands: a head commits
to the frame and to all before it. Whoever finds such a head in the mailbox records step 5. A frame goes out only
after its step 3; so no frame can stand that the case log does not know. If the mailbox moved on to
another entry at n+1, that frame can never be accepted any more, and the author's tool seals anew. Only
the author can sign, so only the author's tool does 2 to 4; a lost vault means sealing again for the
same place, and the precondition lets one of the two stand.
"""

from contextlib import suppress
from datetime import date
from hashlib import sha256

from casework.domain.case.state import Message
from casework.domain.terms.report_clocks import feedback_clock
from casework.errors import HeadMovedError, QuotaError, RaceLostError
from casework.folder.vault import LogState
from casework.logs.case_log import CaseLog, ReplySealed
from casework.logs.evidence import to_attachment
from casework.logs.file_state import FileState
from casework.session import Session
from casework.sync.inbox import deletion_events, placed_events
from casework.sync.logbook import record
from casework.sync.mailboxes import pull_mailbox
from crypto.attachments import REPLY_STANZAS
from crypto.blob import claims_of
from crypto.logs import Meta, encode_frame, head
from crypto.records import sign_record
from crypto.seal import seal_to_reporter
from crypto.statements import Reply
from crypto.unseal import verify_report

_TRIES = 5


def place_replies(session: Session, log: CaseLog, mailbox: str, today: date) -> list[QuotaError]:
    """Record what stands in the mailbox, and place what this member wrote and is not there yet.

    What was written for a mailbox that its reporter has deleted is kept in the case, and never sealed again. Messages
    whose files do not fit into the mailbox are kept too, for each sync to try again, and do not stop the others: the
    reasons are returned.

    Raises:
        RaceLostError: others kept writing to the mailbox; what was written is kept and placed at the next sync.
    """
    record(session, log, lambda: placed_events(session, log, mailbox, today), today)
    refusals: list[QuotaError] = []
    for message in list(log.case.messages.values()):
        if message.placed is None and message.author == session.member and message.written.report == mailbox:
            refusals += _try(session, log, mailbox, message, today)
    return refusals


def _try(session: Session, log: CaseLog, mailbox: str, message: Message, today: date) -> list[QuotaError]:
    try:
        _place(session, log, mailbox, message, today)
    except QuotaError as error:
        for attached in message.written.attachments:
            session.vault.settle_blob(attached.blob, FileState.NO_ROOM)
        return [error]
    return []


def _place(session: Session, log: CaseLog, mailbox: str, message: Message, today: date) -> None:
    for _ in range(_TRIES):
        if not log.case.reaches(message):
            session.vault.unqueue(message.written.message)
            return
        state = session.vault.log(mailbox)
        frame = _prepared(session, log, mailbox, message, state, today)
        with suppress(HeadMovedError):
            session.client.append(mailbox, frame, session.by_committee(mailbox, today), state.head)
        pull_mailbox(session, log, mailbox, today)
        record(session, log, lambda: deletion_events(session, log, mailbox, today), today)
        record(session, log, lambda: placed_events(session, log, mailbox, today), today)
        if log.case.messages[message.written.message].placed:
            session.vault.unqueue(message.written.message)
            return
    raise RaceLostError("Others kept writing to the mailbox. Your message is kept and will be sent at the next sync.")


def _prepared(session: Session, log: CaseLog, mailbox: str, message: Message, state: LogState, today: date) -> bytes:
    """Return the frame for the next place of the mailbox, after the case log knows which head it makes."""
    name, seq = message.written.message, state.length + 1
    queued = session.vault.queued(name)
    if queued and queued[0] == seq:
        frame = queued[1]
    else:
        frame = _seal(session, log, mailbox, message, state, today)
        session.vault.queue(name, seq, frame)
    sealed = ReplySealed(name, seq, head(mailbox, seq, state.head, sha256(frame).digest()))
    record(session, log, lambda: [] if sealed in log.tries else [sealed], today)
    return frame


def _seal(session: Session, log: CaseLog, mailbox: str, message: Message, state: LogState, today: date) -> bytes:
    received = log.case.reports[mailbox].received
    report = verify_report((received.statement or "").encode())
    document = session.desk.document
    members = {member.id for member in document.members} - set(log.case.excluded)
    reply = Reply(
        desk=session.settings.desk,
        log=mailbox,
        seq=state.length + 1,
        prev=state.head,
        desk_version=document.version,
        desk_hash=document.hash,
        day=today,
        author=session.member,
        language=report.language,
        kind=message.written.kind,
        about=None,
        readers=tuple(sorted(members & set(report.sealed_to))),
        content=_content(log, mailbox, message, today),
        attachments=tuple(to_attachment(attached) for attached in message.written.attachments),
    )
    part = seal_to_reporter(sign_record(reply, session.keyring.secrets.identity), report.keys.reply_to)
    return encode_frame(Meta(mailbox, claims=claims_of(reply.attachments, REPLY_STANZAS)), (part,))


def _content(log: CaseLog, mailbox: str, message: Message, today: date) -> dict[str, str]:
    """Return a reply's texts; an acknowledgement tells the reporter the days that count from its placing."""
    written = message.written
    if written.kind == "acknowledgement":
        facts = log.case.reports[mailbox].facts
        due = feedback_clock(facts._replace(acknowledged=facts.acknowledged or today), today).due
        return {"text": written.text, "received": facts.received.isoformat(), "feedback_due": due.isoformat()}
    if written.kind == "feedback":
        return {
            "text": written.text,
            "assessment": written.assessment,
            "follow_up": written.follow_up_text,
            "grounds": written.grounds,
            "stage": "final" if written.final else "interim",
        }
    return {"text": written.text}
