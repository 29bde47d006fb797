# SPDX-License-Identifier: EUPL-1.2
"""How payloads are written and read, and the parts that several of them share (FORMAT.md section 7).

A payload's record is frozen; its field names are the keys, ``v`` apart. The records
themselves are in ``statements.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from crypto.age import FILE_KEY_LENGTH
from crypto.encoding import dump_json, parse_json, parse_recipient
from crypto.errors import EncodingError
from crypto.fields import (
    Reader,
    base64_of,
    desk_id,
    fields,
    integer,
    key,
    list_of,
    log_id,
    member_ids,
    optional,
    positive,
    recipient,
    text,
    to_json,
    versioned,
)
from crypto.logs import MAX_CLAIMS, mailbox_commitment
from crypto.logs import log_id as log_id_of
from crypto.signing import sign_statement

Readers = Mapping[str, Reader[Any]]


class Record(Protocol):
    """A payload: a frozen record with its statement's type and the readers of its keys."""

    TYPE: ClassVar[str]
    READERS: ClassVar[Readers]


R = TypeVar("R", bound=Record)


def to_payload(record: Record) -> bytes:
    """Return the payload bytes of a record."""
    return dump_json({"v": 1} | to_json(record))


def sign_record(record: Record, seed: bytes) -> bytes:
    """Return the JSON bytes of the statement that holds a record, signed with the Ed25519 key of ``seed``."""
    return sign_statement(record.TYPE, to_payload(record), seed)


def read_record(record_type: type[R], payload: bytes) -> R:
    """Return the record that a verified payload holds.

    Raises:
        EncodingError: the payload has another shape.
    """
    return record_type(**versioned(parse_json(payload), record_type.READERS))


@dataclass(frozen=True, slots=True)
class MailboxPublic:
    """The public halves of a reporter's keys; the mailbox id follows from them."""

    login: bytes
    sign: bytes
    reply_to: str

    @property
    def commitment(self) -> bytes:
        """The commitment to signing key and reply-to key, 32 bytes."""
        return mailbox_commitment(self.sign, parse_recipient(self.reply_to))

    def log(self, desk: str) -> str:
        """Return the id of the mailbox at a desk."""
        return log_id_of("mailbox", desk, self.login, self.commitment)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A sealed file, uploaded as a blob (section 7.5)."""

    blob: str
    name: str
    type: str
    size: int
    """Bytes of the file itself."""
    key: bytes = field(repr=False)
    """The blob's file key, 16 bytes."""
    root: bytes | None
    """The hash over the parts of the sealed blob; None while the reporter has not sent it yet."""


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """The reporter's identity, sealed to the custodians (section 7.8)."""

    sealed: bytes
    header_hash: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest entry that a reporter had read; head is None when that was none."""

    seq: int
    head: bytes | None


def public_keys(value: object) -> MailboxPublic:
    """Read the public halves of a reporter's keys."""
    return MailboxPublic(**fields(value, _PUBLIC))


def seen(value: object) -> Seen:
    """Read what a reporter had seen."""
    return Seen(**fields(value, _SEEN))


_PUBLIC = {"login": key, "sign": key, "reply_to": recipient}
_ATTACHMENT = {
    "blob": log_id,
    "name": text,
    "type": text,
    "size": integer,
    "key": base64_of(FILE_KEY_LENGTH),
    "root": optional(key),
}
_SEALED_IDENTITY = {"sealed": base64_of(), "header_hash": key}
_SEEN = {"seq": integer, "head": optional(key)}


def _attachments(value: object) -> tuple[Attachment, ...]:
    found = list_of(lambda part: Attachment(**fields(part, _ATTACHMENT)), MAX_CLAIMS)(value)
    if len({attachment.blob for attachment in found}) < len(found):
        raise EncodingError("a list of attachments has one blob twice")
    return found


ATTACHMENTS = _attachments
PLACE = {"desk": desk_id, "log": log_id, "seq": positive, "prev": optional(key)}
DOCUMENT = {"desk_version": positive, "desk_hash": key}
RECIPIENTS = {"sealed_to": member_ids, "excluded": member_ids, "recipients_hash": key}
IDENTITY = optional(lambda value: SealedIdentity(**fields(value, _SEALED_IDENTITY)))
