# SPDX-License-Identifier: EUPL-1.2
"""A member's way into mailboxes: open a new one's case, then follow its log with the committee's login.

Opening is a race that ends in one case: the grant goes to the mailbox under the precondition of the head
that was seen, and who loses takes the winner's case key from the winner's grant. Only then is the case log
made, by any holder who finds none (`inbox`); so a crash at any point leaves nothing that the next sync of any
holder does not mend, and no key is kept that the mailbox's grant does not give again.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from casework.errors import HeadMovedError, IncidentError, MissingError, RaceLostError
from casework.folder.keyring import MailboxKey
from casework.folder.vault import EMPTY_LOG, LogEntry
from casework.logs.case_log import CaseLog, layer
from casework.logs.chain import first_entry, follow, is_whole
from casework.logs.deletion import Deleted, deletions, has_deletion
from casework.logs.grants import (
    Granted,
    GrantTerms,
    granted,
    is_for_others,
    login_set,
    newest_seed,
    opening,
    write_grant,
)
from casework.session import Session
from casework.sync.history import learn, opened
from casework.sync.logbook import pull
from casework.sync.watch import suspects
from casework.wire.exchange import Signer
from crypto.answers import Page, Record
from crypto.caselog import CaseKey
from crypto.desk import Desk
from crypto.errors import FormatError
from crypto.logs import parse_frame
from crypto.signing import public_key
from crypto.statements import Grant, Report
from crypto.unseal import Opened, open_report, verify_report

SEED_LENGTH = 32
_TRIES = 5


class Outcome(StrEnum):
    """What became of a listed mailbox; the values are the vault's states."""

    OPENED = "opened"
    CLOSED = "closed"
    UNCLEAR = "unclear"
    """Opened, but documents or epochs that it names are missing here and at the intake; tried again at each sync."""
    WAITING = "waiting"


def open_mailbox(session: Session, mailbox: str, today: date) -> Outcome:
    """Open the case of a listed mailbox, or join the case that a colleague opened.

    Raises:
        IncidentError: the intake shows another first entry than its head says.
        MissingError: it names documents or epochs that are not known here, and that the intake does not show.
        RaceLostError: others kept writing to the mailbox.
    """
    try:
        outcome = _open(session, mailbox, today)
    except MissingError:
        session.vault.settle_mailbox(mailbox, Outcome.UNCLEAR)
        raise
    session.vault.settle_mailbox(mailbox, outcome)
    return outcome


def pull_mailbox(session: Session, log: CaseLog, mailbox: str, today: date) -> None:
    """Take in what is new in the mailbox of a case, and in the case log, so that it tells what may stand there.

    Raises:
        IncidentError: the intake withholds entries or shows another history than before.
    """
    known = session.vault.log(mailbox)
    page = session.client.entries(mailbox, known.length, session.by_committee(mailbox, today))
    if not is_whole(known, page.records, page.length) or not _is_ours(session, mailbox, page):
        pull(session, log, today)
        _regain_login(session, mailbox, today)
        page = session.client.entries(mailbox, known.length, session.by_committee(mailbox, today))
    if page.length == 0:
        raise IncidentError(
            "The intake shows the mailbox of a case as empty. What was read before is kept. Tell the other members and "
            "the desk's contact."
        )
    entries = follow(mailbox, known, page, today, _deleted(session, log, mailbox, page))
    pull(session, log, today)
    session.vault.extend(mailbox, entries, incidents=suspects(session, log, mailbox, page.records))


def _open(session: Session, mailbox: str, today: date) -> Outcome:
    first = first_entry(mailbox, session.client.first_entry(mailbox, session.by_identity(today)), today)

    def attempt(known: Sequence[Desk]) -> Opened[Report]:
        return open_report(parse_frame(first.frame, mailbox), known, session.reader())

    try:
        report = opened(session, today, attempt)
    except FormatError as error:
        session.vault.mark_void(mailbox, 1, layer(error))
        return Outcome.CLOSED
    return _enter(session, report, today)


def _granted(session: Session, mailbox: str, page: Page, seen_version: int, today: date) -> list[Granted]:
    """Return the grants of a mailbox.

    One that opens and cannot be judged yet must not be passed over before the desk's history was asked: a second
    opening would split the case. A history that was given and does not help leaves it out, or one member with a
    bad grant could keep all others from the report until their keys are gone.
    """
    found = granted(mailbox, page.records, session.desks.known, session.reader(), seen_version)
    if not found.lacking:
        return found.opened
    learn(session, today)
    return granted(mailbox, page.records, session.desks.known, session.reader(), seen_version).opened


def _deleted(session: Session, log: CaseLog, mailbox: str, page: Page) -> frozenset[int]:
    """Return the places in a mailbox that its reporter deleted."""
    if not has_deletion(mailbox, page.records):
        return frozenset()
    entries: list[LogEntry | Record] = [*session.vault.entries(mailbox), *page.records]
    known = log.case.reports.get(mailbox)
    if known and known.received.statement:
        report = verify_report(known.received.statement.encode())
    else:
        frame = parse_frame(entries[0].frame, mailbox)
        report = open_report(frame, session.desks.known, session.reader()).record
    return _places(deletions(mailbox, session.settings.desk, entries, report.keys.sign))


def _places(found: Iterable[Deleted]) -> frozenset[int]:
    return frozenset(seq for one in found for seq in one.deletion.of)


def _is_ours(session: Session, mailbox: str, page: Page) -> bool:
    """Tell whether the newest committee login that the page shows, if any, is the one in the keyring."""
    logins = [login for record in page.records if (login := login_set(mailbox, record))]
    return not logins or logins[-1] == public_key(session.keyring.secrets.mailboxes[mailbox].committee_seed)


def _enter(session: Session, report: Opened[Report], today: date) -> Outcome:
    mailbox = report.record.log
    signer = Signer(report.record.committee_seed, today)
    for _ in range(_TRIES):
        page = session.client.entries(mailbox, 0, signer)
        found = _granted(session, mailbox, page, report.record.desk_version, today)
        won = opening(found, report, session.desks.known)
        if won is not None:
            seed = newest_seed(found, report.record.sealed_to, page.records, mailbox)
            _keep(session, report, won, seed or won.committee_seed)
            return Outcome.OPENED
        if is_for_others(mailbox, page.records, session.keyring.secrets.epochs, report.record.day):
            return Outcome.WAITING
        if _append_opening(session, report, page, signer):
            continue
    raise RaceLostError("Others kept writing to a new mailbox. Nothing was recorded. Sync again.")


def _append_opening(session: Session, report: Opened[Report], page: Page, signer: Signer) -> bool:
    """Append an opening of our own after what was seen; tell whether it stands."""
    mailbox = report.record.log
    if not any(login_set(mailbox, record) for record in page.records):
        found = deletions(mailbox, session.settings.desk, page.records, report.record.keys.sign)
        follow(mailbox, EMPTY_LOG, page, signer.day, _places(found))
    terms = GrantTerms(
        "open",
        report.record.sealed_to,
        CaseKey.generate(session.settings.desk),
        secrets.token_bytes(SEED_LENGTH),
        report.frame_hash,
    )
    try:
        session.client.append(mailbox, _grant_frame(session, mailbox, page, terms, signer.day), signer, page.head)
    except HeadMovedError:
        return False
    return True


def _grant_frame(session: Session, mailbox: str, page: Page, terms: GrantTerms, today: date) -> bytes:
    secret = session.keyring.secrets
    return write_grant(session.desk, mailbox, page, terms, secret.member, secret.identity, today)


def _keep(session: Session, report: Opened[Report], won: Grant, committee_seed: bytes | None) -> None:
    if committee_seed is None:
        raise IncidentError("A grant opens a case without a login for its mailbox. Ask its author to open it again.")
    access = MailboxKey(won.case, committee_seed, report.frame_hash)
    session.keyring.add_case(won.case, won.case_key, report.record.log, access)


def _regain_login(session: Session, mailbox: str, today: date) -> None:
    """Find the committee's newest login, or set one where somebody without a right to it had set theirs."""
    signer = session.by_committee(mailbox, today)
    access = session.keyring.secrets.mailboxes[mailbox]
    page = session.client.entries(mailbox, 0, signer)
    report = verify_report(_statement(session, access.case, mailbox))
    found = _granted(session, mailbox, page, report.desk_version, today)
    seed = newest_seed(found, report.sealed_to, page.records, mailbox)
    if seed is None:
        seed = secrets.token_bytes(SEED_LENGTH)
        key = CaseKey(session.settings.desk, session.keyring.secrets.cases[access.case])
        terms = GrantTerms("renew", report.sealed_to, key, seed, access.report)
        session.client.append(mailbox, _grant_frame(session, mailbox, page, terms, today), signer, page.head)
    renewed = MailboxKey(access.case, seed, access.report)
    session.keyring.add_case(access.case, session.keyring.secrets.cases[access.case], mailbox, renewed)


def _statement(session: Session, case: str, mailbox: str) -> bytes:
    """Return the reporter's signed statement from the case log."""
    report = session.logs[case].case.reports.get(mailbox) if case in session.logs else None
    if report is None or report.received.statement is None:
        raise IncidentError(
            "The intake withholds entries of a mailbox whose case log does not hold the report yet. Nothing was "
            "changed. Sync again; if it stays so, tell the desk's contact."
        )
    return report.received.statement.encode()
