# SPDX-License-Identifier: EUPL-1.2
"""Entries of a case log (FORMAT.md section 9)."""

from collections.abc import Iterator
from typing import Any

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

from format.generate_vectors import raw, world
from format.generate_vectors.entries import CASE_KEY, CASE_LOG, CASE_LOG_ID
from format.generate_vectors.mailboxes import OTHER_DESK, OTHER_LOG
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import DESK, TODAY, Json


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from case_entries()
    yield from case_documents()
    yield from case_plaintexts()


def event(**changes: Any) -> Json:
    shown = {
        "v": 1,
        "desk": DESK,
        "log": CASE_LOG,
        "seq": 1,
        "prev": None,
        "day": TODAY,
        "author": "anna",
        "desk_version": 1,
        "event": "step_completed",
        "data": {"step": "A00", "record": {"seen": True, "notes": ["x"]}},
    }
    return shown | changes


def case_plaintext(said: bytes, length: int = 1024) -> bytes:
    return world.length_prefixed(said).ljust(length, b"\0")


def case_part(plaintext: bytes, seq: int = 1, prev: bytes = bytes(32), log: bytes = CASE_LOG_ID) -> bytes:
    key = raw.hkdf(CASE_KEY, b"meldkluis/v1/case-entries")
    aad = raw.h("case-entry", log, seq.to_bytes(8, "big"), prev)
    nonce = raw.seed("case nonce")[:24]
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, nonce, key)


def said(payload: Json, author: str = "anna", kind: str = "meldkluis/event/v1") -> bytes:
    return raw.compact(raw.statement(kind, raw.compact(payload), world.identity(author)))


def ask_case(part: bytes, **changes: Any) -> Json:
    shown = {
        "bundles": [world.BUNDLE],
        "desk": DESK,
        "day": TODAY,
        "case_key": raw.b64(CASE_KEY),
        "seq": 1,
        "prev": raw.b64(bytes(32)),
        "seen_version": 1,
        "part": raw.b64(part),
    }
    return shown | changes


def case_entries() -> Iterator[Vector]:
    shown = {"event": "step_completed", "data": event()["data"]}
    usual = case_part(case_plaintext(said(event())))
    yield Vector("case-entry-ok", "the first entry of a case", "case_entry", ask_case(usual), result=shown)
    prev = raw.seed("case head")
    second = case_part(case_plaintext(said(event(seq=2, prev=raw.b64(prev))), 4096), 2, prev)
    wrong_step = ask_case(second, seq=2, prev=raw.b64(prev))
    yield Vector("case-entry-next-step", "padded to the step above its own", "case_entry", wrong_step, "payload")
    long = event(data={"text": "x" * 20_000})
    plain = raw.padded(said(long), 0)
    result = {"event": "step_completed", "data": long["data"]}
    yield Vector("case-entry-long", "an entry above 16 KiB", "case_entry", ask_case(case_part(plain)), result=result)
    changes: dict[str, tuple[str, str, Json]] = {
        "other-log": ("the log of another case", "binding", {"log": OTHER_LOG}),
        "other-desk": ("another desk", "binding", {"desk": OTHER_DESK}),
        "other-seq": ("another number", "binding", {"seq": 2}),
        "other-prev": ("a head before the first entry", "binding", {"prev": raw.b64(bytes(32))}),
        "unknown-author": ("an unknown author", "desk", {"author": "eva"}),
        "newer-document": ("a document newer than any known", "desk", {"desk_version": 2}),
        "event-name": ("a name with a capital", "encoding", {"event": "StepCompleted"}),
        "data-list": ("a list for an object", "encoding", {"data": []}),
        "time": ("a time beside the day", "encoding", {"time": "10:00"}),
    }
    for name, (about, layer, change) in changes.items():
        part = case_part(case_plaintext(said(event(**change))))
        yield Vector(f"case-entry-{name}", about, "case_entry", ask_case(part), layer)
    forged = case_part(case_plaintext(said(event(), "bram")))
    about = "bram writes in anna's name"
    yield Vector("case-entry-forged", about, "case_entry", ask_case(forged), "signature")
    typed = case_part(case_plaintext(said(event(), kind="meldkluis/reply/v1")))
    yield Vector("case-entry-other-type", "signed as a reply", "case_entry", ask_case(typed), "signature")


def case_documents() -> Iterator[Vector]:
    """A second document, which leaves bram out, while anna's entry under the first stays good."""
    left = [world.person(member) for member in world.MEMBERS if member != "bram"]
    second = world.document(version=2, previous=raw.b64(world.DOCUMENT_HASH), members=left)
    both = [world.BUNDLE, world.text(world.bundle(second, []))]

    def entry(name: str, about: str, payload: Json, expect: str = "ok", **changes: Any) -> Vector:
        part = case_part(case_plaintext(said(payload, payload["author"])))
        result = {"event": payload["event"], "data": payload["data"]} if expect == "ok" else None
        return Vector(f"case-entry-{name}", about, "case_entry", ask_case(part, **changes), expect, result)

    about = "written before anybody named the second document"
    yield entry("older-document", about, event(author="bram"), bundles=both, seen_version=1)
    about = "bram has left, and names the document that still has him"
    yield entry("version-back", about, event(author="bram"), "binding", bundles=both, seen_version=2)
    about = "anna is still a member, and names the older document all the same"
    yield entry("version-back-member", about, event(), "binding", bundles=both, seen_version=2)
    about = "bram has left, and names the document that leaves him out"
    yield entry("left-author", about, event(author="bram", desk_version=2), "desk", bundles=both, seen_version=2)


def case_plaintexts() -> Iterator[Vector]:
    plain = case_plaintext(said(event()))
    usual = case_part(plain)
    parts: dict[str, tuple[str, str, Json]] = {
        "moved": ("read at another place", "no-match", ask_case(usual, seq=2)),
        "other-history": ("read after another history", "no-match", ask_case(usual, prev=raw.b64(raw.seed("x")))),
        "other-key": ("another case key", "no-match", ask_case(usual, case_key=raw.b64(bytes(32)))),
        "other-case-aad": ("sealed for another log", "no-match", ask_case(case_part(plain, log=bytes(20)))),
        "tag": ("one bit of the tag", "no-match", ask_case(usual[:-1] + bytes([usual[-1] ^ 1]))),
        "nonce": ("one bit of the nonce", "no-match", ask_case(bytes([usual[0] ^ 1]) + usual[1:])),
        "truncated": ("the last byte is missing", "payload", ask_case(usual[:-1])),
        "nothing": ("no bytes", "payload", ask_case(b"")),
        "no-plaintext": ("nonce and tag alone", "payload", ask_case(case_part(b""))),
        "length": ("a length that no entry has", "payload", ask_case(case_part(plain[:1000]))),
        "padding": ("a byte in the padding", "payload", ask_case(case_part(plain[:-1] + b"x"))),
        "statement-length": ("a statement beyond the end", "payload", ask_case(case_part(b"\xff" * 4 + plain[4:]))),
        "no-json": ("no JSON", "encoding", ask_case(case_part(case_plaintext(b"x")))),
    }
    for name, (about, layer, inputs) in parts.items():
        yield Vector(f"case-entry-{name}", about, "case_entry", inputs, layer)
