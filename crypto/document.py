# SPDX-License-Identifier: EUPL-1.2
"""The desk document: who the members are and what a desk promises (FORMAT.md section 6.2).

Reads what a root key has signed. Which root key is the right one, and whether the day and the
version are, ``desk.py`` decides.
"""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from crypto.encoding import dump_json, parse_json
from crypto.errors import DeskError
from crypto.fields import (
    UNSENT,
    boolean,
    day,
    desk_id,
    fields,
    key,
    language,
    list_of,
    map_of,
    member_id,
    name,
    one_of,
    optional,
    positive,
    recipient,
    text,
    texts,
    to_json,
    versioned,
)
from crypto.signing import Statement, read_payload, sign_statement, verify_statement

DESK_TYPE = "meldkluis/desk/v1"
MIN_MEMBERS = 2
MAX_MEMBERS = 32
MAX_CUSTODIANS = 16


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the desk, or a custodian of identities."""

    id: str
    name: str
    role: dict[str, str]
    identity: bytes
    """Ed25519 public key, 32 bytes."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another way to report or to get help; ``kind`` is one of `ELSEWHERE_KINDS`."""

    kind: str
    name: dict[str, str]
    value: str
    note: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """The desk's recovery key and who holds its shares on paper."""

    recipient: str
    holders: dict[str, str]
    threshold: int
    shares: int


@dataclass(frozen=True, slots=True)
class Policy:
    """What the desk has decided, for reporters to see."""

    names_shown: bool
    exclusion: bool
    receipt_is_ack: bool
    recovery: Recovery | None


@dataclass(frozen=True, slots=True)
class DeskDocument:
    """A desk document; see FORMAT.md section 6.2 for each field."""

    desk: str
    version: int
    previous: bytes | None
    root: bytes
    issued: date
    expires: date
    opens: date | None
    closes: date | None
    languages: tuple[str, ...]
    name: dict[str, str]
    texts: dict[str, dict[str, str]]
    elsewhere: tuple[Elsewhere, ...]
    members: tuple[Member, ...]
    custodians: tuple[Member, ...]
    policy: Policy
    contact: str
    hash: bytes = field(default=b"", metadata=UNSENT)
    """SHA-256 of the payload as it was read, 32 bytes; empty in a document that is still to be signed."""

    def member(self, member_id: str) -> Member:
        """Return the member or custodian with this id.

        Raises:
            DeskError: the document knows nobody with this id.
        """
        for member in (*self.members, *self.custodians):
            if member.id == member_id:
                return member
        raise DeskError("the desk document knows no member with this id")

    def takes_reports(self, today: date) -> bool:
        """Tell whether the day lies within ``opens`` and ``closes``, both included."""
        return (self.opens or today) <= today <= (self.closes or today)


ELSEWHERE_KINDS = ("emergency", "phone", "post", "visit", "adviser", "authority", "web")
_ELSEWHERE = {"kind": one_of(*ELSEWHERE_KINDS), "name": texts, "value": text, "note": optional(texts)}
_MEMBER = {"id": member_id, "name": text, "role": texts, "identity": key}
_MEMBERS = list_of(lambda value: Member(**fields(value, _MEMBER)))
_RECOVERY = {"recipient": recipient, "holders": texts, "threshold": positive, "shares": positive}


def _policy(value: object) -> Policy:
    return Policy(**fields(value, _POLICY))


_POLICY = {
    "names_shown": boolean,
    "exclusion": boolean,
    "receipt_is_ack": boolean,
    "recovery": optional(lambda value: Recovery(**fields(value, _RECOVERY))),
}
_DOCUMENT = {
    "desk": desk_id,
    "version": positive,
    "previous": optional(key),
    "root": key,
    "issued": day,
    "expires": day,
    "opens": optional(day),
    "closes": optional(day),
    "languages": list_of(language),
    "name": texts,
    "texts": map_of(name, texts),
    "elsewhere": list_of(lambda value: Elsewhere(**fields(value, _ELSEWHERE))),
    "members": _MEMBERS,
    "custodians": _MEMBERS,
    "policy": _policy,
    "contact": text,
}


def sign_document(document: DeskDocument, root_seed: bytes) -> bytes:
    """Return the statement of a desk document, signed with the root key of a 32-byte seed."""
    return sign_statement(DESK_TYPE, dump_json({"v": 1} | to_json(document)), root_seed)


def document_root(statement: Statement) -> bytes:
    """Return the root key that a document names, BEFORE anything is verified; errors as `read_document`."""
    return key(read_payload(statement, DESK_TYPE).get("root"))


def read_document(statement: Statement, desk: str, root: bytes) -> DeskDocument:
    """Return the document of ``desk`` that the root key ``root`` signed, of whatever version and day.

    Raises:
        EncodingError: the payload has another shape.
        SignatureError: another type of statement, or the signature does not verify.
        DeskError: another root or desk, or a rule of FORMAT.md section 6.2 about its members is broken.
    """
    if document_root(statement) != root:
        raise DeskError("the desk document names another root key than the address leads to")
    payload = verify_statement(statement, DESK_TYPE, root)
    found = versioned(parse_json(payload), _DOCUMENT)
    document = DeskDocument(**found, hash=sha256(payload).digest())
    if document.desk != desk:
        raise DeskError("the desk document is another desk's")
    _check_members(document)
    return document


def _check_members(document: DeskDocument) -> None:
    everybody = (*document.members, *document.custodians)
    if len({member.id for member in everybody}) != len(everybody):
        raise DeskError("two members of the desk document have one id")
    if len({member.identity for member in everybody}) != len(everybody):
        raise DeskError("two members of the desk document have one identity key")
    if not MIN_MEMBERS <= len(document.members) <= MAX_MEMBERS or len(document.custodians) > MAX_CUSTODIANS:
        raise DeskError("the desk document has too few or too many members or custodians")
    if (document.version == 1) != (document.previous is None):
        raise DeskError("the desk document does not name the version before it")
