# SPDX-License-Identifier: EUPL-1.2
"""What is signed inside the seals: the payloads of FORMAT.md sections 7 and 9, field by field.

`records.sign_record` writes and signs one, `records.read_record` reads a payload whose signature has been
verified. Only shapes are checked here; whether an entry belongs where it stands, ``unseal.py`` checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from crypto.errors import EncodingError
from crypto.fields import (
    day,
    desk_id,
    key,
    language,
    log_id,
    member_id,
    member_ids,
    name,
    one_of,
    open_map,
    optional,
    positive,
)
from crypto.records import (
    ATTACHMENTS,
    DOCUMENT,
    IDENTITY,
    PLACE,
    RECIPIENTS,
    Attachment,
    MailboxPublic,
    Readers,
    SealedIdentity,
    Seen,
    public_keys,
    seen,
)

BLANK = "\t\n\r "
MESSAGE_KINDS = ("message", "answer", "contact", "transcript", "withdrawal", "files")
VERDICTS = ("agree", "disagree", "correct")
REPLY_KINDS = ("acknowledgement", "question", "message", "feedback", "transcript")
PURPOSES = ("open", "share", "renew", "recovery")
_REPLY_NEEDS = {"acknowledgement": ("received", "feedback_due"), "feedback": ("assessment", "follow_up", "stage")}


def _report_answers(value: object) -> dict[str, str]:
    answers = open_map(value)
    if not answers.get("what", "").strip(BLANK):
        raise EncodingError("a report does not say what happened")
    return answers


_REPORT: Readers = {
    **PLACE,
    **DOCUMENT,
    "day": day,
    "language": language,
    **RECIPIENTS,
    "keys": public_keys,
    "committee_seed": key,
    "attachments": ATTACHMENTS,
    "identity": IDENTITY,
    "answers": _report_answers,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The first entry of a mailbox (section 7.1)."""

    TYPE: ClassVar[str] = "meldkluis/report/v1"
    desk: str
    log: str
    seq: int = 1
    prev: bytes | None = None
    desk_version: int
    desk_hash: bytes
    day: date
    language: str
    sealed_to: tuple[str, ...]
    excluded: tuple[str, ...]
    recipients_hash: bytes
    keys: MailboxPublic
    committee_seed: bytes = field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    identity: SealedIdentity | None = None
    answers: dict[str, str]
    READERS: ClassVar[Readers] = _REPORT


_MESSAGE: Readers = {
    **PLACE,
    **DOCUMENT,
    "day": day,
    "language": language,
    **RECIPIENTS,
    "attachments": ATTACHMENTS,
    "identity": IDENTITY,
    "answers": open_map,
    "kind": one_of(*MESSAGE_KINDS),
    "about": optional(key),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A later entry of the reporter (section 7.2)."""

    TYPE: ClassVar[str] = "meldkluis/message/v1"
    desk: str
    log: str
    seq: int
    prev: bytes | None
    desk_version: int
    desk_hash: bytes
    day: date
    language: str
    sealed_to: tuple[str, ...]
    excluded: tuple[str, ...]
    recipients_hash: bytes
    attachments: tuple[Attachment, ...] = ()
    identity: SealedIdentity | None = None
    answers: dict[str, str]
    kind: str
    about: bytes | None
    READERS: ClassVar[Readers] = _MESSAGE


def deed_of(kind: str, answers: Mapping[str, str]) -> str:
    """Return what a reporter's message does, in one word (section 7.3)."""
    if kind == "contact" and not any(answers.get(part, "").strip(BLANK) for part in ("name", "reach")):
        return "contact_withdrawn"
    verdict = answers.get("verdict")
    return f"transcript_{verdict}" if kind == "transcript" and verdict in VERDICTS else kind


_STATE: Readers = {
    "desk": desk_id,
    "log": log_id,
    "seq": positive,
    "day": day,
    "desk_version": positive,
    "sealed_to": member_ids,
    "excluded": member_ids,
    "did": name,
    "about": optional(key),
    "seen": seen,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a reporter's page must remember, sealed to the reporter (section 7.3)."""

    TYPE: ClassVar[str] = "meldkluis/state/v1"
    desk: str
    log: str
    seq: int
    day: date
    desk_version: int
    sealed_to: tuple[str, ...]
    excluded: tuple[str, ...]
    did: str
    """What the entry beside it did: ``report``, or what `deed_of` says of a message."""
    about: bytes | None
    seen: Seen
    READERS: ClassVar[Readers] = _STATE


_REPLY: Readers = {
    **PLACE,
    **DOCUMENT,
    "day": day,
    "author": member_id,
    "language": language,
    "kind": one_of(*REPLY_KINDS),
    "about": optional(key),
    "readers": member_ids,
    "attachments": ATTACHMENTS,
    "content": open_map,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A committee's entry for the reporter (section 7.4)."""

    TYPE: ClassVar[str] = "meldkluis/reply/v1"
    desk: str
    log: str
    seq: int
    prev: bytes | None
    desk_version: int
    desk_hash: bytes
    day: date
    author: str
    language: str
    kind: str
    about: bytes | None
    readers: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()
    content: dict[str, str]
    READERS: ClassVar[Readers] = _REPLY

    def __post_init__(self) -> None:
        needed = {"text", *_REPLY_NEEDS.get(self.kind, ())}
        if not self.content.keys() >= needed:
            raise EncodingError("a reply lacks a text that its kind needs")
        for term in needed & {"received", "feedback_due"}:
            day(self.content[term])
        if "stage" in needed:
            one_of("interim", "final")(self.content["stage"])


_GRANT: Readers = {
    **PLACE,
    **DOCUMENT,
    "day": day,
    "author": member_id,
    "purpose": one_of(*PURPOSES),
    "holders": member_ids,
    "sealed_to": member_ids,
    "recipients_hash": key,
    "case": log_id,
    "case_key": key,
    "committee_seed": optional(key),
    "report": optional(key),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A case key for members, with the committee's new login for the mailbox (section 7.4)."""

    TYPE: ClassVar[str] = "meldkluis/grant/v1"
    desk: str
    log: str
    seq: int
    prev: bytes | None
    desk_version: int
    desk_hash: bytes
    day: date
    author: str
    purpose: str
    holders: tuple[str, ...]
    sealed_to: tuple[str, ...]
    recipients_hash: bytes
    case: str
    case_key: bytes = field(repr=False)
    committee_seed: bytes | None = field(repr=False)
    report: bytes | None
    READERS: ClassVar[Readers] = _GRANT


def _open_object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise EncodingError("a JSON value is not an object")
    return value


_CASE_ENTRY: Readers = {
    **PLACE,
    "day": day,
    "author": member_id,
    "desk_version": positive,
    "event": name,
    "data": _open_object,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """An event of a case log; what ``data`` holds is the casework domain's (section 9.2)."""

    TYPE: ClassVar[str] = "meldkluis/event/v1"
    desk: str
    log: str
    seq: int
    prev: bytes | None
    day: date
    author: str
    desk_version: int
    event: str
    data: dict[str, Any]
    READERS: ClassVar[Readers] = _CASE_ENTRY
