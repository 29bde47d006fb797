# SPDX-License-Identifier: EUPL-1.2
"""One sync: everything that this tool and the intake owe each other, in a fixed order.

    1. keys whose day has come are destroyed, before anything is asked of the intake
    2. the desk is verified, epochs are renewed and published (`desks`); documents in between are learned (`history`)
    3. mailboxes opened since the last listing are noted; new ones are opened or joined (`mailboxes`); so are strangers'
       locked files (`letters`)
    4. of each case: mailbox, case log, what either lacks (`inbox`, `outbox`), and files under way (`transfers`)
    5. cases that were made for a part of a report are joined (`splitting`)

Each step stores what it learned before the next begins; a sync that stops anywhere is mended by the next.
What goes wrong with one mailbox or case is reported and stops no other. An intake that does not answer stops all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from casework.desk import epochs
from casework.errors import (
    BusyError,
    CaseworkError,
    FaultError,
    LockedError,
    LogSlowDownError,
    MissingError,
    RecipientsError,
    SignatureRefusedError,
    SlowDownError,
    UnreachableError,
)
from casework.folder.keyring import Keyring
from casework.logs.case_log import CaseLog
from casework.session import Session
from casework.sync.history import learn, refresh
from casework.sync.inbox import deletion_events, opening_events, received_events
from casework.sync.letters import LetterState, list_letters, take_letter
from casework.sync.logbook import open_log, pull, record
from casework.sync.mailboxes import Outcome, open_mailbox, pull_mailbox
from casework.sync.outbox import place_replies
from casework.sync.splitting import take_parts
from casework.sync.transfers import ask_for_files, send_files
from crypto.answers import ListedLetter

OVERLAP = timedelta(days=2)
_STOPS_ALL = (UnreachableError, SlowDownError, BusyError, SignatureRefusedError, LockedError)


class SyncStage(StrEnum):
    """Where a sync is, for a line on the screen."""

    DESK = "desk"
    MAILBOXES = "mailboxes"
    OPENING = "opening"
    CASES = "cases"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SyncProblem:
    """What went wrong with one log; the others were synced. `log` is a mailbox id or a case id, or the desk's id."""

    log: str
    error: CaseworkError


@dataclass(slots=True)
class SyncResult:
    """What a sync found: new cases, new messages of reporters, mailboxes and locked files that no key here opens."""

    opened: int = 0
    messages: int = 0
    closed: int = 0
    unreadable: int = 0
    problems: list[SyncProblem] = field(default_factory=list)


def begin(keyring: Keyring, today: date, confirmed: date | None = None) -> None:
    """Check the clock, destroy the keys whose day has come, and remember the day; asks nobody.

    Raises:
        ReadOnlyError: the day went back.
        DateToConfirmError: the day jumped ahead and nobody confirmed it.
    """
    held = keyring.secrets
    epochs.check_clock(held.last_day, today, confirmed)
    left = replace(epochs.destroy_due(held, today), last_day=today)
    if left != held:
        keyring.save(left)


def sync(
    session: Session, today: date, confirmed: date | None = None, progress: Callable[[SyncStage], None] | None = None
) -> SyncResult:
    """Bring this tool and the intake up to date with each other.

    Raises:
        ReadOnlyError, DateToConfirmError: as `begin`.
        DayMismatchError, DeskRefusedError: nothing was sent; see `desks.refresh`.
        IntakeError: the intake does not answer; what was done so far is kept.
    """
    tell = progress or (lambda _stage: None)
    begin(session.keyring, today, confirmed)
    tell(SyncStage.DESK)
    refresh(session, today)
    session.lesson, result = None, SyncResult()
    _fill_gaps(session, result, today)
    tell(SyncStage.MAILBOXES)
    _list(session, today)
    session.vault.reopen_mailboxes(session.keyring.secrets.mailboxes)
    tell(SyncStage.OPENING)
    for mailbox, _ in session.vault.mailboxes("new", Outcome.WAITING, Outcome.UNCLEAR):
        _guarded(session, result, mailbox, today, lambda log: _open(session, result, log, today))
    _take_letters(session, result, today)
    tell(SyncStage.CASES)
    for case in _without_mailbox(session):
        _guarded(session, result, case, today, lambda log: _pull(session, log, today))
    for mailbox in session.keyring.secrets.mailboxes:
        _guarded(session, result, mailbox, today, lambda log: _follow(session, result, log, today))
    _guarded(session, result, session.settings.desk, today, lambda _: _take_parts(session, result, today))
    tell(SyncStage.DONE)
    return result


def sync_case(session: Session, log: CaseLog, today: date) -> None:
    """Bring one case up to date and place what this member wrote in it; errors as `sync`."""
    for mailbox in _mailboxes_of(session, log):
        _exchange(session, SyncResult(), log, mailbox, today)


def _fill_gaps(session: Session, result: SyncResult, today: date) -> None:
    """Learn the documents between those that were seen: entries of a case may be by members whom only they name."""
    if session.desks.whole:
        return
    try:
        learn(session, today)
    except MissingError as error:
        result.problems.append(SyncProblem(session.settings.desk, error))


def _list(session: Session, today: date) -> None:
    desk = session.settings.desk
    listed = session.vault.listed_until(desk)
    # Nothing older than the oldest key can be opened here.
    oldest = min((epoch.seal_from for epoch in session.keyring.secrets.epochs), default=today)
    place, more = ("", (listed or oldest) - OVERLAP), True
    while more:
        listing = session.client.mailboxes(desk, place[1], session.by_identity(today), place[0])
        more, place = listing.more, listing.mailboxes[-1] if listing.more else place
        session.vault.record_listing(desk, min(place[1] if more else listing.day, today), listing.mailboxes)


def _open(session: Session, result: SyncResult, mailbox: str, today: date) -> None:
    outcome = open_mailbox(session, mailbox, today)
    result.opened += outcome is Outcome.OPENED
    result.closed += outcome is Outcome.CLOSED


def _take_letters(session: Session, result: SyncResult, today: date) -> None:
    desk = session.settings.desk
    _guarded(session, result, desk, today, lambda _: list_letters(session, today))
    new = {listed.letter: listed for listed in session.vault.letters(LetterState.NEW)}
    for letter in new:
        _guarded(session, result, letter, today, lambda name: _take(session, result, new[name], today))


def _take(session: Session, result: SyncResult, letter: ListedLetter, today: date) -> None:
    state = take_letter(session, letter, today)
    result.opened += state is LetterState.OPENED
    result.unreadable += state is LetterState.UNREADABLE


def _take_parts(session: Session, result: SyncResult, today: date) -> None:
    result.opened += take_parts(session, today)


def _pull(session: Session, case: str, today: date) -> None:
    pull(session, open_log(session, case), today)


def _follow(session: Session, result: SyncResult, mailbox: str, today: date) -> None:
    log = open_log(session, session.keyring.secrets.mailboxes[mailbox].case)
    _exchange(session, result, log, mailbox, today)


def _exchange(session: Session, result: SyncResult, log: CaseLog, mailbox: str, today: date) -> None:
    before = _message_count(log, mailbox)
    pull_mailbox(session, log, mailbox, today)
    record(session, log, lambda: opening_events(session, log, mailbox, today), today)
    waiting: list[MissingError] = []
    record(session, log, lambda: received_events(session, log, mailbox, today, waiting), today)
    record(session, log, lambda: deletion_events(session, log, mailbox, today), today)
    result.messages += _message_count(log, mailbox) - before
    result.problems += [SyncProblem(log.id, error) for error in waiting[:1]]
    result.problems += [SyncProblem(log.id, error) for error in place_replies(session, log, mailbox, today)[:1]]
    send_files(session, log, mailbox, today)
    ask_for_files(session, log, mailbox, today)


def _guarded(session: Session, result: SyncResult, log: str, today: date, work: Callable[[str], None]) -> None:
    """Do the work for one log; once more on a fresh desk if the members changed meanwhile."""
    try:
        try:
            work(log)
        except RecipientsError:
            refresh(session, today)
            work(log)
    except LogSlowDownError as error:
        result.problems.append(SyncProblem(log, error))
    except _STOPS_ALL:
        raise
    except CaseworkError as error:
        result.problems.append(SyncProblem(log, error))
    except Exception as error:  # noqa: BLE001 - what one log holds must not stop the others
        result.problems.append(SyncProblem(log, _fault(error)))


def _fault(error: Exception) -> FaultError:
    """Return what may be shown of an error that nobody foresaw: its words might quote a report."""
    return FaultError(
        "This tool could not work on one log ({kind}); the others were synced. Everything that was read before is "
        "kept. Update this tool; if it stays so, report the fault to its makers.",
        kind=type(error).__name__,
    )


def _message_count(log: CaseLog, mailbox: str) -> int:
    report = log.case.reports.get(mailbox)
    return len(report.follow_ups) if report else 0


def _without_mailbox(session: Session) -> list[str]:
    held = session.keyring.secrets
    return [case for case in held.cases if case not in {access.case for access in held.mailboxes.values()}]


def _mailboxes_of(session: Session, log: CaseLog) -> list[str]:
    return [mailbox for mailbox, access in session.keyring.secrets.mailboxes.items() if access.case == log.id]
