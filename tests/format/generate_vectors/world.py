# SPDX-License-Identifier: EUPL-1.2
"""The desk of the vectors: a root key, three members, a custodian, their epochs, and a reporter."""

import struct
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from format.generate_vectors import raw

Json = dict[str, Any]

TODAY = "2026-11-22"
FROM, UNTIL, DESTROY = "2026-11-16", "2026-12-14", "2027-01-11"
ROOT = raw.seed("root")
DESK_ID = raw.h("desk-id", raw.public(ROOT))[:16]
DESK = raw.b32(DESK_ID)
MEMBERS = ("anna", "bram", "carla")
CUSTODIAN = "dirk"
LISTS = Path(__file__).parents[3] / "crypto" / "words"


def identity(member: str) -> bytes:
    return raw.seed(f"identity {member}")


def epoch_seed(member: str) -> bytes:
    return raw.seed(f"epoch {member}")


def person(member: str) -> Json:
    key = raw.b64(raw.public(identity(member)))
    return {"id": member, "name": member.title(), "role": {"nl": "lid", "en": "member"}, "identity": key}


def document(**changes: Any) -> bytes:
    """Return the payload of the desk document, with changes."""
    shown = {
        "v": 1,
        "desk": DESK,
        "version": 1,
        "previous": None,
        "root": raw.b64(raw.public(ROOT)),
        "issued": "2026-11-01",
        "expires": "2027-11-01",
        "opens": None,
        "closes": None,
        "languages": ["nl", "en"],
        "name": {"nl": "Meldpunt integriteit", "en": "Integrity desk"},
        "texts": {"who_reads": {"nl": "Drie leden lezen mee."}},
        "elsewhere": [{"kind": "phone", "name": {"nl": "Bel"}, "value": "14 000", "note": None}],
        "members": [person(member) for member in MEMBERS],
        "custodians": [person(CUSTODIAN)],
        "policy": {"names_shown": True, "exclusion": True, "receipt_is_ack": False, "recovery": None},
        "contact": "beheer@meldpunt.example",
    }
    return raw.compact(shown | changes)


DOCUMENT = document()
DOCUMENT_HASH = raw.sha256(DOCUMENT)


def epoch(member: str, payload: bytes = DOCUMENT, **changes: Any) -> bytes:
    """Return the payload of a member's epoch for a document of version 1, with changes."""
    shown = {
        "v": 1,
        "desk": DESK,
        "member": member,
        "desk_version": 1,
        "desk_hash": raw.b64(raw.sha256(payload)),
        "recipient": raw.recipient(epoch_seed(member)),
        "seal_from": FROM,
        "seal_until": UNTIL,
        "destroy_at": DESTROY,
    }
    return raw.compact(shown | changes)


EPOCHS = {member: epoch(member) for member in MEMBERS}


def signed_document(payload: bytes = DOCUMENT, private: bytes = ROOT) -> Json:
    return raw.statement("meldkluis/desk/v1", payload, private)


def signed_epoch(member: str, payload: bytes) -> Json:
    return raw.statement("meldkluis/epoch/v1", payload, identity(member))


def bundle(payload: bytes = DOCUMENT, epochs: Sequence[Json] | None = None, **changes: Any) -> Json:
    """Return a bundle for a document, with an epoch for each member unless others are given."""
    if epochs is None:
        epochs = [signed_epoch(member, epoch(member, payload)) for member in MEMBERS]
    shown = {"v": 1, "day": TODAY, "successions": [], "document": signed_document(payload), "epochs": [*epochs]}
    return shown | changes


def text(value: Json) -> str:
    return raw.compact(value).decode()


BUNDLE = text(bundle())


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def recipients_hash(epochs: Sequence[bytes]) -> str:
    return raw.b64(raw.h("recipients", *(raw.sha256(payload) for payload in epochs)))


def word_list(language: str) -> list[str]:
    return (LISTS / f"{language}.txt").read_text("ascii").split()


def pick(language: str, label: str, count: int = 8) -> list[str]:
    """Return words of a list that only this list has, the same ones at each run."""
    own = sorted({*word_list(language)} - {*word_list("en" if language == "nl" else "nl")})
    drawn = (raw.seed(f"{label} {place}") for place in range(count))
    return [own[int.from_bytes(draw[:4], "big") % len(own)] for draw in drawn]


def stretch(words: Sequence[str], desk_id: bytes = DESK_ID) -> bytes:
    salt = raw.h("salt", desk_id)[:16]
    password = " ".join(words).encode()
    return Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=19456).derive(password)


WORDS = pick("nl", "reporter")
REPORTER = stretch(WORDS)


def derived(root: bytes, purpose: str) -> bytes:
    return raw.hkdf(root, b"meldkluis/v1/" + purpose.encode())


def keys(root: bytes = REPORTER) -> Json:
    """Return the public halves of a reporter's keys, as a report names them."""
    return {
        "login": raw.b64(raw.public(derived(root, "login"))),
        "sign": raw.b64(raw.public(derived(root, "sign"))),
        "reply_to": raw.recipient(derived(root, "reply-to")),
    }


def commitment(root: bytes = REPORTER) -> bytes:
    return raw.h("mailbox-keys", raw.public(derived(root, "sign")), raw.raw_recipient(derived(root, "reply-to")))


def log_id(kind: str, login: bytes, committed: bytes, desk_id: bytes = DESK_ID) -> bytes:
    return raw.h("log-id", kind.encode(), desk_id, login, committed)[:20]


def mailbox(root: bytes = REPORTER, desk_id: bytes = DESK_ID) -> bytes:
    return log_id("mailbox", raw.public(derived(root, "login")), commitment(root), desk_id)


LOG_ID = mailbox()
LOG = raw.b32(LOG_ID)
COMMITTEE = raw.seed("committee")


def meta(**changes: Any) -> Json:
    """Return the meta of a later entry, with changes."""
    return {"v": 1, "log": LOG, "claims": [], "open": None, "committee_login": None} | changes


def opening(root: bytes = REPORTER, **changes: Any) -> Json:
    shown = {
        "kind": "mailbox",
        "desk": DESK,
        "login": keys(root)["login"],
        "commitment": raw.b64(commitment(root)),
        "committee_login": raw.b64(raw.public(COMMITTEE)),
    }
    return shown | changes


def length_prefixed(said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + said
