# SPDX-License-Identifier: EUPL-1.2
"""Envelopes into statements that belong where they stand (FORMAT.md sections 1.5 and 7). Not for the intake.

Each entry goes through the layers in one order: age header, key, payload and padding, JSON, signature, fields, desk,
binding. The seal says nothing about who made it (any recipient can seal again under the same file
key), so only what the signature covers counts, and it names desk, log, place and recipients.

``desks`` are the desk under each document that the reader knows, with all epochs it has seen for that document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import islice, product
from typing import Generic, TypeVar

from crypto.age import Identity, decrypt_with_file_key, open_file_key
from crypto.attachments import check_announced, check_attached, check_complete
from crypto.caselog import CaseKey
from crypto.desk import Desk
from crypto.epochs import Epoch, recipients_hash
from crypto.errors import BindingError, EncodingError, PayloadError
from crypto.logs import ZERO_HEAD, Frame
from crypto.mailbox import MailboxKeys
from crypto.padding import FLOOR, MAX_MEMBERS_STATEMENT, STATE_FLOOR, unpad
from crypto.place import Place, check_place, check_same_document, check_version, find_desk, verify_authored
from crypto.records import public_keys, read_record
from crypto.signing import parse_statement, public_key, read_payload, verify_statement
from crypto.statements import Grant, Message, Reply, Report, State

_REPORTER_PARTS = 2
_MAX_COMBINATIONS = 4096
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    """A member who opens: their id and the secret keys of their epochs."""

    member: str
    identities: Sequence[Identity] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened(Generic[T]):
    """An entry that was opened, verified and belongs where it stands."""

    record: T
    statement: bytes = field(repr=False)
    """The JSON bytes that were signed, to keep."""
    file_key: bytes = field(repr=False)
    """Opens this one envelope, 16 bytes."""
    frame_hash: bytes
    envelope_hash: bytes
    """SHA-256 of the envelope, 32 bytes."""


def open_report(frame: Frame, desks: Sequence[Desk], reader: Reader) -> Opened[Report]:
    """Return the report that a mailbox's first entry holds.

    Raises:
        FormatError: of the layer that refuses it.
    """
    raw, file_key = _unseal_for_members(frame, _REPORTER_PARTS, reader.identities)
    report = verify_report(raw)
    desk = find_desk(desks, report.desk_hash)
    check_place(report, desk.id, Place(frame.meta.log, 1, ZERO_HEAD))
    _check_opening(report, frame)
    _check_recipients(report, desk, reader)
    check_announced(frame, report)
    return _opened(report, raw, file_key, frame)


def verify_report(raw: bytes) -> Report:
    """Return the report of a statement's JSON bytes, signed by the key that it names; its place is not checked.

    Raises:
        EncodingError: another shape.
        SignatureError: another type, or the signature does not verify.
    """
    statement = parse_statement(raw)
    signer = public_keys(read_payload(statement, Report.TYPE).get("keys")).sign
    return read_record(Report, verify_statement(statement, Report.TYPE, signer))


def open_message(frame: Frame, desks: Sequence[Desk], reader: Reader, sign_key: bytes, place: Place) -> Opened[Message]:
    """Return the message of a reporter whose report named ``sign_key``; errors as `open_report`."""
    raw, file_key = _unseal_for_members(frame, _REPORTER_PARTS, reader.identities)
    message = read_record(Message, verify_statement(parse_statement(raw), Message.TYPE, sign_key))
    desk = find_desk(desks, message.desk_hash)
    check_place(message, desk.id, place)
    _check_recipients(message, desk, reader)
    check_complete(frame, message) if message.kind == "files" else check_announced(frame, message)
    return _opened(message, raw, file_key, frame)


def open_grant(
    frame: Frame, desks: Sequence[Desk], reader: Reader, place: Place, seen_version: int = 0
) -> Opened[Grant]:
    """Return the grant that an entry of a mailbox or of the desk log holds; errors as `open_report`.

    ``seen_version`` is the highest version of the desk document that the report or a valid grant before it names.
    """
    raw, file_key = _unseal_for_members(frame, 1, reader.identities)
    grant = verify_authored(parse_statement(raw), Grant, desks)
    desk = find_desk(desks, grant.desk_hash)
    check_place(grant, desk.id, place)
    check_version(grant.desk_version, seen_version)
    _check_recipients(grant, desk, reader)
    if CaseKey(desk.id, grant.case_key).log != grant.case:
        raise BindingError("the case log's id does not follow from the case key")
    login = None if grant.committee_seed is None else public_key(grant.committee_seed)
    if frame.meta.committee_login != login:
        raise BindingError("the frame sets another committee login than the grant's seed gives")
    return _opened(grant, raw, file_key, frame)


def opens_case(grant: Opened[Grant], report: Opened[Report], desks: Sequence[Desk]) -> bool:
    """Tell whether a grant opens the case of a report; of several in a log the first does (section 7.4)."""
    given, named = grant.record, report.record
    return (
        given.purpose == "open"
        and given.report == report.frame_hash
        and given.committee_seed is not None
        and given.author in named.sealed_to
        and given.holders == named.sealed_to
        and _surely_live(given, named, desks) <= set(given.sealed_to) <= set(given.holders)
    )


def opens_letter(grant: Grant, digest: bytes, desks: Sequence[Desk]) -> bool:
    """Tell whether a grant opens the case of the letter whose SHA-256 is ``digest``; the first does (section 6.7)."""
    live = {epoch.member for epoch in find_desk(desks, grant.desk_hash).live(grant.day)}
    return is_for_letter(grant, digest) and grant.holders == grant.sealed_to and live <= set(grant.sealed_to)


def is_for_letter(grant: Grant, digest: bytes) -> bool:
    """Tell whether a grant names a letter, whomever it leaves out."""
    return (grant.purpose, grant.report, grant.committee_seed) == ("open", digest, None)


def _surely_live(grant: Grant, report: Report, desks: Sequence[Desk]) -> set[str]:
    """Return those holders whom no author of the grant can have taken for not live, by what is known since the report.

    Epochs may be published late, and each document has its own; so only those of one document that could be sealed
    to on both days tell for certain, and all readers see the same.
    """
    if grant.desk_hash != report.desk_hash:
        return set()
    epochs = [epoch for epoch in find_desk(desks, report.desk_hash).epochs if epoch.member in report.sealed_to]
    return {epoch.member for epoch in epochs if epoch.seal_from <= report.day <= grant.day <= epoch.seal_until}


def open_reply(
    frame: Frame, desks: Sequence[Desk], keys: MailboxKeys, place: Place, authors: Sequence[str], seen_version: int
) -> Opened[Reply]:
    """Return the committee's reply to the reporter whose mailbox this is; errors as `open_report`.

    ``authors`` are the readers of the committee's message before it, or those the report was sealed to;
    ``seen_version`` is the highest version of the desk document named before it in this mailbox.
    """
    raw, file_key = _unseal(frame, 1, [keys.identity])
    reply = verify_authored(parse_statement(raw), Reply, desks)
    check_same_document(desks, reply.desk_version, reply.desk_hash)
    check_place(reply, keys.desk, place)
    if reply.author not in authors:
        raise BindingError("the author of a reply was not among those who read this mailbox")
    check_version(reply.desk_version, seen_version)
    check_attached(frame, reply.attachments)
    return _opened(reply, raw, file_key, frame)


def open_state(frame: Frame, keys: MailboxKeys, place: Place) -> State:
    """Return the reporter's own state beside one of their entries; errors as `open_report`."""
    raw, _ = _unseal(frame, _REPORTER_PARTS, [keys.identity], STATE_FLOOR)
    state = read_record(State, verify_statement(parse_statement(raw), State.TYPE, keys.public.sign))
    if (state.desk, state.log, state.seq) != (keys.desk, place.log, place.seq):
        raise BindingError("a state was signed for another desk, log or place")
    if state.seen.seq >= state.seq or (state.seen.seq == 0) != (state.seen.head is None):
        raise BindingError("a state has seen what cannot have been there")
    return state


def _unseal_for_members(frame: Frame, parts: int, identities: Sequence[Identity]) -> tuple[bytes, bytes]:
    """Return what `_unseal` returns, of a statement that an entry of the case log can hold."""
    statement, file_key = _unseal(frame, parts, identities)
    if len(statement) > MAX_MEMBERS_STATEMENT:
        raise PayloadError(f"a statement to members is longer than {MAX_MEMBERS_STATEMENT} bytes")
    return statement, file_key


def _unseal(frame: Frame, parts: int, identities: Sequence[Identity], floor: int = FLOOR) -> tuple[bytes, bytes]:
    """Return the statement's JSON bytes and the file key; a state is in the second part."""
    if len(frame.parts) != parts:
        raise EncodingError(f"a frame of this kind of entry does not have {parts} parts")
    part = frame.parts[1 if floor == STATE_FLOOR else 0]
    file_key = open_file_key(part, identities)
    statement, _ = unpad(decrypt_with_file_key(part, file_key), floor)
    return statement, file_key


def _opened(record: T, raw: bytes, file_key: bytes, frame: Frame) -> Opened[T]:
    return Opened(record, raw, file_key, frame.hash, sha256(frame.parts[0]).digest())


def _check_opening(report: Report, frame: Frame) -> None:
    opening = frame.meta.open
    if report.keys.log(report.desk) != report.log:
        raise BindingError("the mailbox id does not follow from the report's keys")
    if opening is None or (opening.login, opening.commitment) != (report.keys.login, report.keys.commitment):
        raise BindingError("the frame opens the mailbox with other keys than the report names")
    if opening.committee_login != public_key(report.committee_seed):
        raise BindingError("the frame's committee login is not that of the report's seed")


def _check_recipients(entry: Report | Message | Grant, desk: Desk, reader: Reader) -> None:
    if reader.member not in entry.sealed_to:
        raise BindingError("an entry was not sealed to this member")
    choices = (_usable(desk.epochs, member, entry.day) for member in entry.sealed_to)
    combinations = islice(product(*choices), _MAX_COMBINATIONS)
    if not any(recipients_hash(epochs) == entry.recipients_hash for epochs in combinations):
        raise BindingError("an entry was sealed to other epochs than those of its recipients", needs="epochs")


def _usable(epochs: Sequence[Epoch], member: str, day: date) -> list[Epoch]:
    """Return a member's epochs that could be sealed to on a day, the likeliest first."""
    usable = [epoch for epoch in epochs if epoch.member == member and epoch.seal_from <= day <= epoch.seal_until]
    return sorted(usable, key=lambda epoch: (epoch.seal_from, epoch.id), reverse=True)
