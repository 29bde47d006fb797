# SPDX-License-Identifier: EUPL-1.2
"""Splitting a case: a part of its report gets a case of its own, which whoever reads the first case reads too.

In this order: the first case's log tells the part's key, the part's log is opened, the first case says that it was
split. A crash in between leaves a key that opens nothing, or a part that its first case does not name; no member ever
misses a case that another has.
"""

from datetime import date

from casework.domain.case.commands import OpenCase, SplitCase
from casework.domain.case.parts import part_report
from casework.domain.case.state import Case
from casework.domain.judge.decide import decide
from casework.errors import UnknownCaseError, UnknownLogError
from casework.logs.case_log import CaseLog, PartOpened
from casework.names import case_number
from casework.session import Session
from casework.sync.logbook import open_log, pull, record
from casework.views.drafts import PartDraft
from casework.wire.exchange import Signer
from crypto.caselog import CaseKey

_OPENED = 2
"""Entries of a case log that make a case: its protocol and its report."""


def split(session: Session, log: CaseLog, draft: PartDraft, today: date) -> CaseLog:
    """Open a case for a part of a case's report, and return its log.

    Raises:
        Refused, IntakeError, RaceLostError: as `logbook.record`; nothing was recorded that anybody sees.
    """
    whole = log.case.first_report
    if whole is None:
        raise UnknownCaseError("There is no report in this case yet, so there is nothing to split.")
    key = CaseKey.generate(session.settings.desk)
    splitting = SplitCase(session.member, (key.log,), draft.reason)
    received = part_report(whole.received, log.id, draft.account)
    opening = OpenCase(session.member, received, case_number(received.received, key.log), draft.title)
    events = decide(Case(), session.protocols.newest[draft.protocol], opening, today)
    protocol = session.protocols.of(log.case)
    decide(log.case, protocol, splitting, today)
    record(session, log, lambda: [PartOpened(key.log, key.secret)], today)
    part = CaseLog(key)
    record(session, part, lambda: events, today)
    session.keyring.add_case_without_mailbox(key.log, key.secret)
    session.logs[part.id] = part
    record(session, log, lambda: decide(log.case, protocol, splitting, today), today)
    return part


def take_parts(session: Session, today: date) -> int:
    """Take in the parts that colleagues opened, and return how many these are; errors as `logbook.pull`."""
    told = {part.case: part.case_key for log in session.logs.values() for part in log.parts}
    held, desk = session.keyring.secrets.cases, session.settings.desk
    unknown = [CaseKey(desk, secret) for case, secret in told.items() if case not in held]
    new = [key for key in unknown if _is_open(session, key, today)]
    for key in new:
        session.keyring.add_case_without_mailbox(key.log, key.secret)
        pull(session, open_log(session, key.log), today)
    return len(new)


def _is_open(session: Session, key: CaseKey, today: date) -> bool:
    """Tell whether a part has its protocol and its report: the tool that opened it may have stopped before that."""
    try:
        return session.client.entries(key.log, 0, Signer(key.login_seed, today)).length >= _OPENED
    except UnknownLogError:
        return False
