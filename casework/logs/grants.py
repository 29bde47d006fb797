# SPDX-License-Identifier: EUPL-1.2
"""Grants in a mailbox log: finding the one that opened the case, and writing one (FORMAT.md section 7.4).

The first valid opening wins, by the order of the log, which the intake's preconditions make one order for
all. A reporter knows the first committee login and can put rubbish in the log with it; so a member who
ought to have had a stanza and cannot open anything opens the case again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.folder.keyring import EpochKey
from crypto.age import decrypt
from crypto.answers import Page, Record
from crypto.caselog import CaseKey
from crypto.desk import Desk
from crypto.envelope import parse_header
from crypto.epochs import recipients_hash
from crypto.errors import BindingError, FormatError
from crypto.fields import key
from crypto.logs import Frame, Meta, encode_frame, head, parse_frame
from crypto.padding import unpad
from crypto.place import Place
from crypto.records import sign_record
from crypto.seal import seal_to_members
from crypto.signing import parse_statement, public_key, read_payload
from crypto.statements import Grant, Report
from crypto.unseal import Opened, Reader, open_grant, opens_case


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant that opened, and where it stands."""

    seq: int
    grant: Opened[Grant]


@dataclass(frozen=True, slots=True)
class Grants:
    """Grants that opened, in order; `lacking` tells that another one may, with the desk's history."""

    opened: list[Granted]
    lacking: bool


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """What a new grant gives: `report` is the SHA-256 of the report's frame, `holders` may read the case.

    Without a mailbox (section 6.7) there is no seed, and `report` is the SHA-256 of the letter.
    """

    purpose: str
    holders: Sequence[str]
    case: CaseKey
    committee_seed: bytes | None
    report: bytes


def granted(
    mailbox: str, records: Iterable[Record], desks: Sequence[Desk], reader: Reader, seen_version: int
) -> Grants:
    """Return the grants among a mailbox's records that open, verify and bind, in order.

    ``seen_version`` is the version of the desk document that the report names; no grant goes back behind it.
    """
    found, lacking = [], False
    for record in records:
        try:
            grant = _open(mailbox, record, desks, reader, seen_version)
        except FormatError as error:
            lacking = lacking or bool(error.needs)
            continue
        seen_version = max(seen_version, grant.record.desk_version)
        found.append(Granted(record.seq, grant))
    return Grants(found, lacking)


def opening(found: Iterable[Granted], report: Opened[Report], desks: Sequence[Desk]) -> Grant | None:
    """Return the grant that opened the case of a report, or None."""
    return next((item.grant.record for item in found if opens_case(item.grant, report, desks)), None)


def newest_seed(
    found: Iterable[Granted], holders: Iterable[str], records: Sequence[Record], mailbox: str
) -> bytes | None:
    """Return the committee's seed if the newest entry that sets a login is a holder's grant, else None."""
    setters = [record.seq for record in records if login_set(mailbox, record)]
    allowed = set(holders)
    newest = [item for item in found if item.seq == max(setters, default=0) and item.grant.record.author in allowed]
    return newest[0].grant.record.committee_seed if newest else None


def login_set(mailbox: str, record: Record) -> bytes | None:
    """Return the committee login that a record sets, as grants do, or None; whether it may, is not known here."""
    try:
        return parse_frame(record.frame, mailbox).meta.committee_login
    except FormatError:
        return None


def is_for_others(mailbox: str, records: Iterable[Record], epochs: Sequence[EpochKey], sealed_on: date) -> bool:
    """Tell whether an unopened grant may be a colleague's, written on a day when this member was not live.

    Then the colleague's next grant lets this member in; opening again would split the case.
    """
    days = [record.day for record in records if login_set(mailbox, record)]
    return any(not any(_was_live(epoch, day, sealed_on) for epoch in epochs) for day in days)


def write_grant(
    desk: Desk, mailbox: str, page: Page, terms: GrantTerms, author: str, identity: bytes, today: date
) -> bytes:
    """Return the frame of a grant at the end of a mailbox's page, or beside a letter; with a seed it sets a login.

    Raises:
        ValueError: no holder is live.
    """
    live = desk.live(today)
    included = [epoch for epoch in live if epoch.member in terms.holders]
    grant = Grant(
        desk=desk.id,
        log=mailbox,
        seq=page.length + 1,
        prev=page.head if page.length else None,
        desk_version=desk.document.version,
        desk_hash=desk.document.hash,
        day=today,
        author=author,
        purpose=terms.purpose,
        holders=tuple(terms.holders),
        sealed_to=tuple(epoch.member for epoch in included),
        recipients_hash=recipients_hash(included),
        case=terms.case.log,
        case_key=terms.case.secret,
        committee_seed=terms.committee_seed,
        report=terms.report,
    )
    sealed = seal_to_members(sign_record(grant, identity), live, grant.sealed_to)
    login = None if terms.committee_seed is None else public_key(terms.committee_seed)
    return encode_frame(Meta(mailbox, committee_login=login), (sealed,))


def _open(mailbox: str, record: Record, desks: Sequence[Desk], reader: Reader, seen_version: int) -> Opened[Grant]:
    frame = parse_frame(record.frame, mailbox)
    if len(frame.parts) != 1 or not _may_be_grant(frame):
        raise BindingError("an entry of another kind")
    prev = _claimed_prev(frame, reader)
    if head(mailbox, record.seq, prev, frame.hash) != record.head:
        raise BindingError("a grant was signed for another history")
    return open_grant(frame, desks, reader, Place(mailbox, record.seq, prev), seen_version)


def _may_be_grant(frame: Frame) -> bool:
    # A sole live member seals to one stanza, as replies are; but a grant gives the committee a new login.
    return frame.meta.committee_login is not None or len(parse_header(frame.parts[0]).stanzas) > 1


def _claimed_prev(frame: Frame, reader: Reader) -> bytes:
    """Return the head that a grant says it follows.

    A retired login does not see every entry and cannot compute that head; whoever has the committee's login
    verifies the whole chain afterwards.
    """
    statement, _ = unpad(decrypt(frame.parts[0], reader.identities))
    return key(read_payload(parse_statement(statement), Grant.TYPE).get("prev"))


def _was_live(epoch: EpochKey, day: date, sealed_on: date) -> bool:
    # An epoch may have been published later on its first day, unless the report was already sealed to it.
    known = epoch.seal_from < day or epoch.seal_from <= sealed_on
    return known and epoch.seal_from <= day <= epoch.seal_until
