# SPDX-License-Identifier: EUPL-1.2
"""Signed statements into envelopes, and a reporter's entry into its frame (FORMAT.md sections 4 and 7).

A committee's envelope has one stanza for each live member, whoever is excluded, in random order: neither
its length nor its stanzas tell who opens it. Not for the intake.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import date

from crypto.age import encrypt, throwaway_recipient
from crypto.blob import claims_of
from crypto.desk import Desk
from crypto.epochs import Epoch, recipients_hash
from crypto.logs import Meta, Opening, encode_frame
from crypto.mailbox import MailboxKeys
from crypto.padding import FLOOR, MAX_MEMBERS_STATEMENT, STATE_FLOOR, pad
from crypto.records import Attachment, Seen, sign_record
from crypto.signing import public_key
from crypto.statements import Message, Report, State, deed_of

SEED_LENGTH = 32


def seal_to_members(statement: bytes, live: Sequence[Epoch], included: Collection[str]) -> bytes:
    """Return an envelope with one stanza for each live member, of which only those ``included`` open theirs.

    Raises:
        ValueError: nobody, or somebody who is not live, is included; or a statement above 280,000 bytes.
    """
    if len(statement) > MAX_MEMBERS_STATEMENT:
        raise ValueError(f"statement must have {MAX_MEMBERS_STATEMENT} bytes at most")
    return encrypt(pad(statement, floor=FLOOR), member_recipients(live, included))


def member_recipients(live: Sequence[Epoch], included: Collection[str]) -> list[str]:
    """Return a recipient for each live member in random order, throw-aways for those who are not ``included``.

    Raises:
        ValueError: nobody, or somebody who is not live, is included.
    """
    if not included or not {epoch.member for epoch in live} >= set(included):
        raise ValueError("included must be some of the live members")
    recipients = [epoch.recipient if epoch.member in included else throwaway_recipient() for epoch in live]
    secrets.SystemRandom().shuffle(recipients)
    return recipients


def seal_to_reporter(statement: bytes, reply_to: str) -> bytes:
    """Return an envelope with one stanza, for the reporter's reply-to key."""
    return encrypt(pad(statement, floor=FLOOR), [reply_to])


def seal_state(statement: bytes, reply_to: str) -> bytes:
    """Return the envelope of a state, for the reporter's own reply-to key."""
    return encrypt(pad(statement, floor=STATE_FLOOR), [reply_to])


def new_report(
    keys: MailboxKeys,
    desk: Desk,
    today: date,
    answers: dict[str, str],
    *,
    language: str,
    excluded: Collection[str] = (),
    attachments: Sequence[Attachment] = (),
) -> Report:
    """Return the first entry of a fresh mailbox, for every live member but those excluded.

    ``attachments`` are announced: their blobs follow (section 7.5).

    Raises:
        ValueError: nobody is left who could read it.
        EncodingError: the answers are not names and texts, or do not say what happened.
    """
    live = desk.live(today)
    included = [epoch for epoch in live if epoch.member not in excluded]
    if not included:
        raise ValueError("excluded must leave a live member")
    return Report(
        desk=desk.id,
        log=keys.log,
        desk_version=desk.document.version,
        desk_hash=desk.document.hash,
        day=today,
        language=language,
        sealed_to=tuple(epoch.member for epoch in included),
        excluded=tuple(epoch.member for epoch in live if epoch.member in excluded),
        recipients_hash=recipients_hash(included),
        keys=keys.public,
        committee_seed=secrets.token_bytes(SEED_LENGTH),
        attachments=tuple(attachments),
        answers=answers,
    )


def seal_report(report: Report, keys: MailboxKeys, live: Sequence[Epoch]) -> bytes:
    """Return the frame that opens a mailbox: the sealed report, and the state beside it."""
    login = public_key(report.committee_seed)
    opening = Opening("mailbox", report.desk, keys.public.login, keys.public.commitment, login)
    meta = Meta(report.log, claims_of(report.attachments, len(live)), opening)
    return encode_frame(meta, _parts(report, keys, live, Seen(0, None), report.excluded))


def seal_message(
    message: Message, keys: MailboxKeys, live: Sequence[Epoch], seen: Seen, exclusions: Sequence[str]
) -> bytes:
    """Return the frame of a reporter's later entry, with its state.

    ``seen`` is the newest entry that was read; ``exclusions`` are those whom the reporter chose to exclude,
    who may be fewer than the message's ``excluded``.
    """
    claims = () if message.kind == "files" else claims_of(message.attachments, len(live))
    return encode_frame(Meta(message.log, claims), _parts(message, keys, live, seen, exclusions))


def _parts(
    entry: Report | Message, keys: MailboxKeys, live: Sequence[Epoch], seen: Seen, exclusions: Sequence[str]
) -> tuple[bytes, bytes]:
    state = State(
        desk=entry.desk,
        log=entry.log,
        seq=entry.seq,
        day=entry.day,
        desk_version=entry.desk_version,
        sealed_to=entry.sealed_to,
        excluded=tuple(exclusions),
        did="report" if isinstance(entry, Report) else deed_of(entry.kind, entry.answers),
        about=None if isinstance(entry, Report) else entry.about,
        seen=seen,
    )
    sealed = seal_to_members(sign_record(entry, keys.sign_seed), live, entry.sealed_to)
    return sealed, seal_state(sign_record(state, keys.sign_seed), keys.public.reply_to)
