# SPDX-License-Identifier: EUPL-1.2
"""What stands in a mailbox and should not: found when entries come in, kept, and shown on the case.

None of it stops anything, because nobody can tell here who is to blame; people must look.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from casework.folder.vault import LogEntry
from casework.logs.case_log import CaseLog
from casework.logs.grants import granted
from casework.session import Session
from crypto.answers import Record
from crypto.deletion import was_reply

UNANNOUNCED = "unannounced"
"""A message to the reporter that no entry of the case log announced: somebody wrote past the others."""
SECOND_OPENING = "second_opening"
"""A grant that opens another case for the same report."""
DAY = "day"
"""The intake's day of arrival is before the day on which the entry was signed."""
INCIDENTS = {
    UNANNOUNCED: (
        "A message stands in the reporter's mailbox that no member recorded in this case. Somebody wrote to the "
        "reporter past the others, or with the help of the intake's operator. Do not trust that the reporter's answers "
        "reach all of you; talk about it with each other."
    ),
    SECOND_OPENING: (
        "Somebody opened a second case for this report. This one counts here. Compare with each other whether you all "
        "see the same case."
    ),
    DAY: (
        "The intake gave an entry a day of arrival before the day on which it was signed. The terms here count from "
        "the earliest day that can be right. Tell the desk's contact."
    ),
}
"""What each kind means, as msgids."""
_ONE_DAY = timedelta(days=1)


def suspects(session: Session, log: CaseLog, mailbox: str, records: Sequence[Record]) -> list[tuple[int, str]]:
    """Return place and kind of new entries of a mailbox that should not stand there.

    ``log`` must be newer than the records: a message is announced in the case log before it is placed.
    """
    announced = {attempt.head for attempt in log.tries}
    past = [record.seq for record in records if was_reply(record.frame, mailbox) and record.head not in announced]
    access = session.keyring.secrets.mailboxes[mailbox]
    opened = granted(mailbox, records, session.desks.known, session.reader(), 0).opened
    second = [
        item.seq
        for item in opened
        if item.grant.record.purpose == "open"
        and item.grant.record.report == access.report
        and item.grant.record.case != access.case
    ]
    return [*((seq, UNANNOUNCED) for seq in past), *((seq, SECOND_OPENING) for seq in second)]


def incidents(session: Session, log: CaseLog, mailbox: str) -> list[tuple[int, str]]:
    """Return place and kind of what is amiss in a mailbox, without messages whose announcement came after all."""
    found = session.vault.incidents(mailbox)
    if not found:
        return []
    announced = {attempt.head for attempt in log.tries}
    known = {entry.seq for entry in session.vault.entries(mailbox) if entry.head in announced}
    return [(seq, kind) for seq, kind in found if kind != UNANNOUNCED or seq not in known]


def believed_day(session: Session, mailbox: str, entry: LogEntry, signed: date, today: date) -> date:
    """Return the day of arrival, as the intake gave it or else the earliest that fits the day of signing.

    Legal terms count from it, and neither who runs the intake nor who signs may move them far.
    """
    earliest = min(signed, today)
    if entry.day >= earliest or earliest - entry.day <= _ONE_DAY:
        return entry.day
    session.vault.mark_incident(mailbox, entry.seq, DAY)
    return earliest - _ONE_DAY
