# SPDX-License-Identifier: EUPL-1.2
"""A desk with real keys, and entries for it that are sealed as far as the intake can see.

The envelopes have age's structure around random bytes: the intake holds no key, so it must treat them
as it treats real ones, and tests of it need no slow sealing.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

from crypto.bech32 import encode as bech32
from crypto.desk import desk_id, write_bundle
from crypto.document import DeskDocument, Member, Policy, sign_document
from crypto.encoding import b64encode
from crypto.envelope import BODY_LENGTH, ENC_LENGTH, STANZA_KIND, Stanza, to_base64, write_header
from crypto.epochs import Epoch, sign_epoch
from crypto.httpsig import sign_request
from crypto.logs import Claim, Meta, Opening, encode_frame, head, log_id
from crypto.padding import FLOOR, STATE_FLOOR
from crypto.signing import parse_statement, public_key

TODAY = date(2026, 11, 22)
ORIGIN = "https://meldpunt.example"
_CHUNK = 65_536
_TAG = 16
_NONCE = 16


def seed() -> bytes:
    return secrets.token_bytes(32)


@dataclass
class SealedDesk:
    """A desk whose root and identity keys the test holds."""

    root: bytes = field(default_factory=seed)
    identities: dict[str, bytes] = field(default_factory=lambda: {"anna": seed(), "bram": seed(), "carla": seed()})
    changes: dict[str, object] = field(default_factory=dict)
    """Fields of the document that differ from the usual ones."""

    @property
    def id(self) -> str:
        return desk_id(public_key(self.root))

    def document(self) -> DeskDocument:
        usual = DeskDocument(
            desk=self.id,
            version=1,
            previous=None,
            root=public_key(self.root),
            issued=TODAY - timedelta(days=10),
            expires=TODAY + timedelta(days=300),
            opens=None,
            closes=None,
            languages=("nl", "en"),
            name={"nl": "Meldpunt Voorbeeld"},
            texts={},
            elsewhere=(),
            members=tuple(
                Member(name, name.title(), {"nl": "lid"}, public_key(key)) for name, key in self.identities.items()
            ),
            custodians=(),
            policy=Policy(names_shown=True, exclusion=True, receipt_is_ack=False, recovery=None),
            contact="meldpunt@example.org",
        )
        return replace(usual, **self.changes)  # type: ignore[arg-type]  # whatever fields the test names

    def statement(self) -> bytes:
        return sign_document(self.document(), self.root)

    def document_hash(self) -> bytes:
        return sha256(parse_statement(self.statement()).payload).digest()

    def epoch(self, member: str, start: date = TODAY, *, signer: bytes | None = None, **changes: object) -> bytes:
        """The statement of a member's epoch of four weeks; ``changes`` replace its fields."""
        usual = Epoch(
            desk=self.id,
            member=member,
            desk_version=self.document().version,
            desk_hash=self.document_hash(),
            # The smallest ML-KEM key, and a fresh X25519 one: nobody seals to it, but somebody could.
            recipient=bech32("age1pq", bytes(1184) + secrets.token_bytes(32)),
            seal_from=start,
            seal_until=start + timedelta(days=28),
            destroy_at=start + timedelta(days=56),
        )
        epoch = replace(usual, **changes)  # type: ignore[arg-type]  # whatever fields the test names
        return sign_epoch(epoch, signer or self.identities[member])

    def bundle(self, members: tuple[str, ...] | None = None) -> bytes:
        """A file for ``desk add``, with an epoch for each of ``members`` (all of them, if not given)."""
        live = tuple(self.identities) if members is None else members
        return write_bundle(TODAY, [], self.statement(), [self.epoch(name) for name in live])


def envelope(stanzas: int, plaintext: int = FLOOR) -> bytes:
    """Bytes with the structure of an age file for so many recipients."""
    listed = [
        Stanza((STANZA_KIND, to_base64(secrets.token_bytes(ENC_LENGTH))), secrets.token_bytes(BODY_LENGTH))
        for _ in range(stanzas)
    ]
    header = write_header(listed) + b" " + to_base64(secrets.token_bytes(32)).encode() + b"\n"
    return header + secrets.token_bytes(_NONCE + plaintext + _TAG * -(-plaintext // _CHUNK))


@dataclass
class SealedLog:
    """A log whose logins the test holds; ``head`` and ``seq`` follow what it had accepted."""

    desk: str
    kind: str = "mailbox"
    login: bytes = field(default_factory=seed)
    committee: bytes = field(default_factory=seed)
    commitment: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    seq: int = 0
    head: bytes = bytes(32)

    @property
    def id(self) -> str:
        return log_id(self.kind, self.desk, public_key(self.login), self.commitment)

    def opening(self) -> Opening:
        committee = public_key(self.committee) if self.kind == "mailbox" else None
        return Opening(self.kind, self.desk, public_key(self.login), self.commitment, committee)

    def first(self, stanzas: int = 3, *claims: Claim) -> bytes:
        """The frame of a report, or of the first entry of a case."""
        return encode_frame(Meta(self.id, claims, open=self.opening()), self._parts(stanzas))

    def message(self, stanzas: int = 3, *claims: Claim) -> bytes:
        """The frame of a reporter's later message, or of a case entry."""
        return encode_frame(Meta(self.id, claims), self._parts(stanzas))

    def reply(self, stanzas: int = 1, *claims: Claim, new_login: bytes | None = None) -> bytes:
        """The frame of a committee's reply or grant; ``new_login`` is the seed of the login that it sets."""
        login = None if new_login is None else public_key(new_login)
        return encode_frame(Meta(self.id, claims, committee_login=login), (envelope(stanzas),))

    def accepted(self, frame: bytes) -> None:
        """Follow the head past an entry."""
        self.seq += 1
        self.head = head(self.id, self.seq, self.head, sha256(frame).digest())

    def _parts(self, stanzas: int) -> tuple[bytes, ...]:
        if self.kind == "case":
            return (secrets.token_bytes(1064),)
        return envelope(stanzas), envelope(1, STATE_FLOOR)


def case_log(desk: str) -> SealedLog:
    return SealedLog(desk, kind="case", commitment=bytes(32))


def signed_append(
    log: str, frame: bytes, key: bytes, prev: bytes | None, *, day: date = TODAY, origin: str = ORIGIN
) -> dict[str, str]:
    """The headers of an append; ``prev`` None makes it a first entry."""
    match = None if prev is None else f'"{b64encode(prev)}"'
    none_match = "*" if prev is None else None
    target = f"{origin}/logs/{log}/entries"
    headers = sign_request("POST", target, day, key, frame, if_match=match, if_none_match=none_match)
    return headers | {"Content-Type": "application/octet-stream"}
