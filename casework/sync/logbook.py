# SPDX-License-Identifier: EUPL-1.2
"""Reads and appends to case logs at the intake. A lost race never rebases an event: the decision is made again.

Memory and vault hold the same entries. Appending holds the head that the decision was made
on as its precondition, so of two tools that decide at once one is refused and looks again.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from casework.domain.case.events import Entry, Event
from casework.domain.case.fold import fold
from casework.errors import DeskRefusedError, HeadMovedError, IncidentError, RaceLostError, UnknownLogError
from casework.folder.vault import LogEntry
from casework.logs.case_log import MISSING, Author, CaseLog, Own, PartOpened, ReplySealed
from casework.logs.chain import follow
from casework.session import Session
from casework.sync.history import refresh
from casework.wire.exchange import Signer
from crypto.answers import Page, Placed, Record
from crypto.caselog import CaseKey

Step = Event | Own
_TRIES = 5


def pull(session: Session, log: CaseLog, today: date) -> bool:
    """Take in what others appended; tell whether the log exists at the intake.

    Raises:
        IncidentError: the intake shows another history than before, or no log where there was one.
    """
    try:
        page = session.client.entries(log.id, log.state.length, Signer(log.key.login_seed, today))
    except UnknownLogError:
        if log.state.length:
            raise IncidentError(
                "The intake no longer shows the log of a case. What was read before is kept. Tell the other members "
                "and the desk's contact."
            ) from None
        return False
    _take(session, log, follow(log.id, log.state, page, today), today)
    return True


def record(session: Session, log: CaseLog, decide: Callable[[], Sequence[Step]], today: date) -> None:
    """Append what `decide` decides on the newest state of the log; an empty decision writes nothing.

    Raises:
        RaceLostError: others kept writing first; nothing of the decision was recorded.
        Refused, IntakeError: as `decide` and the intake say; nothing of the decision was recorded.
    """
    for _ in range(_TRIES):
        steps = decide()
        try:
            for step in steps[:1]:
                _append(session, log, step, today)
        except HeadMovedError:
            pull(session, log, today)
            continue
        for step in steps[1:]:
            _append_following(session, log, step, today)
        return
    raise RaceLostError("Others were writing to this case at the same moment. Nothing was recorded. Try again.")


def load(session: Session) -> None:
    """Open every case log of the keyring as far as the vault holds it."""
    for secret in session.keyring.secrets.cases.values():
        _load(session, CaseKey(session.settings.desk, secret))


def open_log(session: Session, case: str) -> CaseLog:
    """Return the log of a case whose key is in the keyring; what waited for a document is judged again."""
    key = CaseKey(session.settings.desk, session.keyring.secrets.cases[case])
    if case not in session.logs:
        _load(session, key)
    if MISSING in session.vault.voids(case).values():
        log = CaseLog(key)
        voids, _ = log.take(session.vault.entries(case), session.desks.known)
        session.vault.replace_voids(case, voids)
        session.logs[case] = log
    return session.logs[case]


def _load(session: Session, key: CaseKey) -> None:
    log = CaseLog(key)
    log.load(session.vault.entries(log.id), session.vault.voids(log.id))
    session.logs[log.id] = log


def _append_following(session: Session, log: CaseLog, step: Step, today: date) -> None:
    """Append a later event of one decision: the first is recorded, so this one follows while it has an effect."""
    for _ in range(_TRIES):
        try:
            _append(session, log, step, today)
        except HeadMovedError:
            pull(session, log, today)
            # Only what others wrote meanwhile can have taken its effect; folding a long log for every event would last.
            if not _has_effect(session, log, step, today):
                return
            continue
        return


def _has_effect(session: Session, log: CaseLog, step: Step, today: date) -> bool:
    if isinstance(step, ReplySealed | PartOpened):
        return True
    entry = Entry(log.state.length + 1, today, session.member, step)
    return entry.seq not in fold([*log.case.entries, entry]).void


def _append(session: Session, log: CaseLog, step: Step, today: date) -> None:
    author = Author(session.member, session.keyring.secrets.identity, session.desk.document.version, today)
    frame = log.write(step, author)
    placed = _send(session, log, frame, today)
    record = Record(placed.seq, placed.day, "member", placed.head, frame)
    _take(session, log, follow(log.id, log.state, Page((record,), placed.head, placed.seq), today), today)


def _send(session: Session, log: CaseLog, frame: bytes, today: date) -> Placed:
    if log.state.length == 0:
        return session.client.append_first(log.id, frame, session.by_identity(today))
    return session.client.append(log.id, frame, Signer(log.key.login_seed, today), log.state.head)


def _take(session: Session, log: CaseLog, entries: Sequence[LogEntry], today: date) -> None:
    try:
        voids, rest = log.take(entries, session.desks.known, wait=True)
        if rest:
            # The author may have seen a newer document of the desk than this tool.
            with suppress(DeskRefusedError):
                refresh(session, today)
            voids += log.take(rest, session.desks.known)[0]
        session.vault.extend(log.id, entries, voids)
    except BaseException:
        # What is not in the vault must not count in memory either.
        _load(session, log.key)
        raise
