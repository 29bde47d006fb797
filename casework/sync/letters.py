# SPDX-License-Identifier: EUPL-1.2
"""Letters: files that strangers locked without the page and sent by the plain form (FORMAT.md section 6.7).

A letter becomes a case at the first sync that finds it, as a report does: whoever opens it puts a grant of a random
case key beside it at the intake, sealed to all live members, and the first grant there that is valid holds for all.
Then any holder records the letter in the case log. A tool that stops anywhere does it all again, and nothing twice.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from casework.domain.case.commands import OpenCase
from casework.domain.case.events import CaseRegistered, Event, ProtocolPinned, ReportReceived
from casework.domain.case.sizes import size_problem
from casework.domain.judge.decide import decide
from casework.errors import IncidentError
from casework.logs.evidence import KEY_LENGTH, LETTER
from casework.logs.grants import GrantTerms, write_grant
from casework.names import case_number
from casework.session import Session
from casework.sync.history import learn
from casework.sync.logbook import open_log, pull, record
from casework.sync.watch import SECOND_OPENING
from crypto.age import Identity, decrypt_with_file_key, open_file_key
from crypto.answers import ListedLetter, Page
from crypto.caselog import CaseKey
from crypto.encoding import b64decode, b64encode
from crypto.errors import FormatError
from crypto.handover import letter_id, letter_parts
from crypto.logs import ZERO_HEAD, parse_frame
from crypto.place import Place
from crypto.statements import Grant
from crypto.unseal import is_for_letter, open_grant, opens_letter

_PURPOSE = "open"
_NO_TEXT = (
    "Dit bestand is geen tekst, of te lang om hier te staan. Bewaar het bij Bestanden.\n\n"
    "This file is not a text, or too long to stand here. Save it at Files."
)
_BREAKS = str.maketrans("", "", "\t\n\r")


class LetterState(StrEnum):
    """What became of a listed letter; the values are the vault's states."""

    NEW = "new"
    OPENED = "opened"
    UNREADABLE = "unreadable"
    """It is damaged, or locked to none of the keys that were here, and no colleague had opened it."""


class _Key(NamedTuple):
    """The file key of a letter, and the first day on which the epoch that opens it could be sealed to."""

    file_key: bytes
    seal_from: date


def list_letters(session: Session, today: date) -> None:
    """Note the letters that wait at the intake."""
    desk = session.settings.desk
    session.vault.record_letters(session.client.letters(desk, session.by_identity(today)))


def take_letter(session: Session, listed: ListedLetter, today: date) -> LetterState:
    """Open the case of a listed letter, or join the one that a colleague opened, and record the letter in it.

    Raises:
        MissingError: a grant names documents or epochs that the intake does not show; tried again at the next sync.
        IntakeError, RaceLostError: as `logbook.record`; tried again at the next sync.
    """
    data = _fetch(session, listed, today)
    key = _key(session, listed, data)
    grant = _grant(session, listed.letter, data, today)
    if grant is None and key is not None:
        grant = _open(session, listed.letter, data, today)
    if grant is None:
        return _settled(session, listed, LetterState.UNREADABLE)
    session.keyring.add_case_without_mailbox(grant.case, grant.case_key)
    log = open_log(session, grant.case)
    pull(session, log, today)
    if key is not None:
        received = _received(listed, data, key, today)
        record(session, log, lambda: _lacking(session, grant.case, received, today), today)
    elif listed.letter not in session.logs[grant.case].case.reports:
        # Only the colleague who opened it can record its key, and did not yet.
        return LetterState.NEW
    if key is not None or _fits(session, grant.case, listed, data):
        session.spool.keep_letter(listed.letter, data)
    return _settled(session, listed, LetterState.OPENED)


def _settled(session: Session, listed: ListedLetter, state: LetterState) -> LetterState:
    session.vault.settle_letter(listed.letter, state)
    return state


def _fetch(session: Session, listed: ListedLetter, today: date) -> bytes:
    desk, signer = session.settings.desk, session.by_identity(today)
    numbers = range(1, letter_parts(listed.size) + 1)
    return b"".join(session.client.letter_part(desk, listed.letter, number, signer) for number in numbers)


def _key(session: Session, listed: ListedLetter, data: bytes) -> _Key | None:
    """Return the file key of a letter that is whole and that an epoch here opens."""
    if letter_id(session.settings.desk, sha256(data).digest()) != listed.letter:
        return None
    for epoch in sorted(session.keyring.secrets.epochs, key=lambda epoch: epoch.seal_from, reverse=True):
        with suppress(FormatError):
            file_key = open_file_key(data, [Identity.from_seed(epoch.seed)])
            decrypt_with_file_key(data, file_key)
            return _Key(file_key, epoch.seal_from)
    return None


def _fits(session: Session, case: str, listed: ListedLetter, data: bytes) -> bool:
    """Tell whether these bytes are the letter, whole, and the key in the case log opens them."""
    file_keys = session.logs[case].case.reports[listed.letter].received.file_keys
    try:
        decrypt_with_file_key(data, b64decode(file_keys.get(LETTER, ""), KEY_LENGTH))
    except FormatError:
        return False
    return letter_id(session.settings.desk, sha256(data).digest()) == listed.letter


def _grant(session: Session, letter: str, data: bytes, today: date) -> Grant | None:
    """Return the first grant for a letter that opens its case; others that name another case are noted."""
    frames = session.client.letter_openings(session.settings.desk, letter, session.by_identity(today))
    digest = sha256(data).digest()
    for frame in frames:
        found = _judged(session, frame, letter, today)
        if found and opens_letter(found, digest, session.desks.known):
            _note_others(session, letter, frames, found)
            return found
    return None


def _judged(session: Session, frame: bytes, letter: str, today: date) -> Grant | None:
    """Return the grant in a frame; one that cannot be judged waits for the desk's history."""
    try:
        return _opened(session, frame, letter)
    except FormatError as error:
        if not error.needs:
            return None
    learn(session, today)
    try:
        return _opened(session, frame, letter)
    except FormatError:
        # One member with a bad grant must not keep all others from the letter until their keys are gone.
        return None


def _opened(session: Session, raw: bytes, letter: str) -> Grant:
    place = Place(letter, 1, ZERO_HEAD)
    return open_grant(parse_frame(raw, letter), session.desks.known, session.reader(), place).record


def _note_others(session: Session, letter: str, frames: Sequence[bytes], held: Grant) -> None:
    """Tell the members of every other case for the letter, also of one that leaves somebody out."""
    for number, frame in enumerate(frames, 1):
        with suppress(FormatError):
            other = _opened(session, frame, letter)
            if is_for_letter(other, held.report or b"") and other.case != held.case:
                session.vault.mark_incident(letter, number, SECOND_OPENING)


def _open(session: Session, letter: str, data: bytes, today: date) -> Grant:
    """Put a grant of our own beside a letter; a colleague's that came first holds."""
    secret, live = session.keyring.secrets, session.desk.live(today)
    holders = tuple(epoch.member for epoch in live)
    case = CaseKey.generate(session.settings.desk)
    terms = GrantTerms(_PURPOSE, holders, case, None, sha256(data).digest())
    page = Page((), ZERO_HEAD, 0)
    frame = write_grant(session.desk, letter, page, terms, secret.member, secret.identity, today)
    session.client.open_letter(session.settings.desk, letter, frame, session.by_identity(today))
    held = _grant(session, letter, data, today)
    if held is None:
        raise IncidentError(
            "The intake took the opening of a locked file and does not show it. Nothing was recorded. Sync again; if "
            "it stays so, tell the desk's contact."
        )
    return held


def _received(listed: ListedLetter, data: bytes, key: _Key, today: date) -> ReportReceived:
    def event(account: str) -> ReportReceived:
        return ReportReceived(
            report=listed.letter,
            mailbox=None,
            channel=LETTER,
            # The day is the operator's word, and terms count from it: no epoch was sealed to before its first day.
            received=min(max(listed.day, key.seal_from), today),
            forwarded=None,
            statement=None,
            ciphertext_hash=b64encode(sha256(data).digest()),
            file_keys={LETTER: b64encode(key.file_key)},
            account=account,
            receipt_is_ack=False,
        )

    text = as_text(decrypt_with_file_key(data, key.file_key))
    whole = event(text or _NO_TEXT)
    return event(_NO_TEXT) if size_problem(whole) else whole


def as_text(content: bytes) -> str | None:
    """Return what a letter says, or None for one that is not a text."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    is_plain = text.strip() and text.translate(_BREAKS).isprintable()
    return text if is_plain else None


def _lacking(session: Session, case: str, received: ReportReceived, today: date) -> list[Event]:
    """Return the events of the opening that the case log lacks: protocol, letter and register line."""
    known = session.logs[case].case
    command = OpenCase(session.member, received, case_number(received.received, case), "")
    events = decide(type(known)(), session.protocols.of(known), command, today)
    done = {ProtocolPinned: known.pinned, ReportReceived: known.reports, CaseRegistered: known.number}
    return [event for event in events if not done[type(event)]]
