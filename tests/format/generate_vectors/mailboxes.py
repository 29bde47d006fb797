# SPDX-License-Identifier: EUPL-1.2
"""What a reporter opens, and grants among members (FORMAT.md sections 7.3 and 7.4)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import blobs, raw, world
from format.generate_vectors.entries import (
    CASE_LOG,
    HEAD_1,
    NEW_COMMITTEE,
    READERS,
    REPLY_TO,
    REPORT_FRAME,
    SIGN,
    STATE_PART,
    envelope,
    grant,
    reply,
    report_part,
    stanza_seeds,
    state,
    state_part,
)
from format.generate_vectors.entries import report as report_payload
from format.generate_vectors.vector import Vector, malformed
from format.generate_vectors.world import DESK, TODAY, Json

OTHER_DESK = raw.b32(raw.seed("another desk")[:16])
OTHER_LOG = raw.b32(raw.seed("another log")[:20])


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from states()
    yield from replies()
    yield from reply_places()
    yield from grants()


def ask_state(frame: bytes, seq: int = 1, prev: bytes = bytes(32)) -> Json:
    shown = {"desk": DESK, "root": world.REPORTER.hex(), "seq": seq, "prev": raw.b64(prev)}
    return shown | {"frame": raw.b64(frame)}


def state_frame(part: bytes) -> bytes:
    return raw.frame(world.meta(open=world.opening()), report_part("usual", report_payload()), part)


def states() -> Iterator[Vector]:
    result = {"seen": {"seq": 0, "head": None}, "excluded": ["bram"], "did": "report"}
    yield Vector("state-ok", "the state beside a report", "state", ask_state(REPORT_FRAME), result=result)
    changes: dict[str, tuple[str, Json, str]] = {
        "other-log": ("another mailbox", {"log": OTHER_LOG}, "binding"),
        "other-desk": ("another desk", {"desk": OTHER_DESK}, "binding"),
        "other-place": ("the state of another entry", {"seq": 2}, "binding"),
        "seen-itself": ("an entry that is not below its own", {"seen": {"seq": 1, "head": raw.b64(HEAD_1)}}, "binding"),
        "seen-head": ("a head of nothing", {"seen": {"seq": 0, "head": raw.b64(HEAD_1)}}, "binding"),
    }
    for name, (about, change, layer) in changes.items():
        part = state_part(name, state(**change))
        yield Vector(f"state-{name}", about, "state", ask_state(state_frame(part)), layer)
    shapes: dict[str, tuple[str, Json]] = {
        "seen-list": ("a list", {"seen": [0, None]}),
        "did": ("not a name", {"did": "Report"}),
        "prev": ("a key that a state does not have", {"prev": None}),
        "version": ("an unknown version", {"v": 2}),
    }
    for name, (about, change) in shapes.items():
        yield malformed("state", name, about, raw.compact(state(**change)))
    forged = state_part("forged", state(excluded=[]), world.identity("anna"))
    about = "made by a member, who knows the reply-to key: nobody is excluded any more"
    yield Vector("state-forged", about, "state", ask_state(state_frame(forged)), "signature")
    large = state_part("large", state(), floor=16384)
    yield Vector("state-floor", "padded like a report", "state", ask_state(state_frame(large)), "payload")
    other = envelope("foreign", "meldkluis/state/v1", raw.compact(state()), SIGN, [raw.seed("x")], 4096)
    yield Vector("state-other-key", "sealed to somebody else", "state", ask_state(state_frame(other)), "no-match")


def ask_reply(frame: bytes, **changes: Any) -> Json:
    shown = {
        "bundles": [world.BUNDLE],
        "desk": DESK,
        "day": TODAY,
        "root": world.REPORTER.hex(),
        "seq": 2,
        "prev": raw.b64(HEAD_1),
        "authors": READERS,
        "seen_version": 1,
        "frame": raw.b64(frame),
    }
    return shown | changes


def reply_frame(label: str, payload: Json, author: str = "anna", kind: str = "meldkluis/reply/v1") -> bytes:
    part = envelope(f"{label} reply", kind, raw.compact(payload), world.identity(author), [REPLY_TO])
    return raw.frame(world.meta(), part)


def good_reply(name: str, about: str, payload: Json, **changes: Any) -> Vector:
    result = {name: payload[name] for name in ("author", "kind", "content")}
    return Vector(f"reply-{name}", about, "reply", ask_reply(reply_frame(name, payload), **changes), result=result)


def replies() -> Iterator[Vector]:
    yield good_reply("ok", "a question", reply())
    content = {"text": "Ontvangen.", "received": TODAY, "feedback_due": "2027-02-22"}
    acknowledgement = reply(kind="acknowledgement", content=content)
    yield good_reply("acknowledgement", "an acknowledgement with its days", acknowledgement)
    feedback = {"text": "x", "assessment": "y", "follow_up": "z", "stage": "final"}
    yield good_reply("feedback", "feedback", reply(kind="feedback", content=feedback))
    second = world.document(version=2, previous=raw.b64(world.DOCUMENT_HASH))
    newest = [world.text(world.bundle(second, []))]
    yield good_reply("older-document", "the server hands out a newer document only", reply(), bundles=newest)
    changes: dict[str, tuple[str, Json]] = {
        "acknowledgement-without-days": ("no days", {"kind": "acknowledgement"}),
        "acknowledgement-day": ("no day", {"kind": "acknowledgement", "content": content | {"received": "soon"}}),
        "feedback-without-assessment": ("no assessment", {"kind": "feedback"}),
        "feedback-stage": ("an unknown stage", {"kind": "feedback", "content": feedback | {"stage": "x"}}),
        "without-text": ("no text", {"content": {}}),
        "kind": ("an unknown kind", {"kind": "closing"}),
        "readers-unsorted": ("readers in another order", {"readers": READERS[::-1]}),
        "content-number": ("a number for a text", {"content": {"text": 1}}),
        "key-too-many": ("a key that the format does not name", {"html": "x"}),
    }
    for name, (about, change) in changes.items():
        yield malformed("reply", name, about, raw.compact(reply(**change)))


def reply_places() -> Iterator[Vector]:
    usual = reply_frame("ok", reply())

    def refused(name: str, about: str, layer: str, frame: bytes, **changes: Any) -> Vector:
        return Vector(f"reply-{name}", about, "reply", ask_reply(frame, **changes), layer)

    fields: dict[str, tuple[str, str, Json]] = {
        "other-log": ("another reporter's mailbox", "binding", {"log": OTHER_LOG}),
        "other-desk": ("another desk", "binding", {"desk": OTHER_DESK}),
        "seq": ("another number", "binding", {"seq": 3}),
        "prev": ("another history", "binding", {"prev": raw.b64(bytes(32))}),
        "newer-document": ("a document newer than any known", "desk", {"desk_version": 2}),
        "other-document": ("another document of a known version", "desk", {"desk_hash": raw.b64(bytes(32))}),
        "claims": (
            "an attachment that the frame does not claim",
            "binding",
            {"attachments": [blobs.attachment(blobs.ROOT)]},
        ),
    }
    for name, (about, layer, change) in fields.items():
        yield refused(name, about, layer, reply_frame(name, reply(**change)))
    about = "written by bram, whom the reporter excluded"
    yield refused("excluded-author", about, "binding", reply_frame("bram", reply(author="bram"), "bram"))
    about = "written by a custodian"
    yield refused("custodian-author", about, "binding", reply_frame("dirk", reply(author="dirk"), "dirk"))
    unknown = reply_frame("eva", reply(author="eva"), "eva")
    yield refused("unknown-author", "an author whom the document does not know", "desk", unknown)
    forged = reply_frame("forged", reply(), "bram")
    yield refused("forged", "bram writes in anna's name", "signature", forged)
    typed = reply_frame("typed", reply(), kind="meldkluis/grant/v1")
    yield refused("other-type", "signed as a grant", "signature", typed)
    yield refused("replayed", "the same entry once more", "binding", usual, seq=3)
    yield refused("version-back", "a document older than one named before", "binding", usual, seen_version=2)
    other = raw.seed("another reporter's root").hex()
    yield refused("other-reporter", "opened with another reporter's words", "no-match", usual, root=other)
    two = raw.frame(world.meta(), raw.b64(b"x").encode(), STATE_PART)
    yield refused("two-parts", "a state beside it", "encoding", two)


def ask_grant(frame: bytes, member: str = "carla", **changes: Any) -> Json:
    shown = {
        "bundles": [world.BUNDLE],
        "desk": DESK,
        "day": TODAY,
        "member": member,
        "identities": [raw.b64(world.epoch_seed(member))],
        "log": world.LOG,
        "seq": 2,
        "prev": raw.b64(HEAD_1),
        "seen_version": 1,
        "frame": raw.b64(frame),
    }
    return shown | changes


def grant_frame(label: str, payload: Json, author: str = "anna", login: bytes | None = NEW_COMMITTEE) -> bytes:
    seeds = stanza_seeds(label)
    part = envelope(f"{label} grant", "meldkluis/grant/v1", raw.compact(payload), world.identity(author), seeds)
    key = None if login is None else raw.b64(raw.public(login))
    return raw.frame(world.meta(committee_login=key), part)


def grants() -> Iterator[Vector]:
    usual = grant_frame("usual", grant())
    result = {"case": CASE_LOG, "holders": READERS, "purpose": "open"}
    yield Vector("grant-ok", "an opening, for carla", "grant", ask_grant(usual), result=result)
    yield Vector("grant-decoy", "the stanza of bram opens nothing", "grant", ask_grant(usual, "bram"), "no-match")
    changes: dict[str, tuple[str, str, Json]] = {
        "other-case": ("a case log that does not follow from the key", "binding", {"case": OTHER_LOG}),
        "other-committee-seed": ("not the seed of the login", "binding", {"committee_seed": raw.b64(bytes(32))}),
        "no-committee-seed": ("a login without its seed", "binding", {"committee_seed": None}),
        "recipients-hash": ("a hash over other epochs", "binding", {"recipients_hash": raw.b64(bytes(32))}),
        "not-sealed-to-reader": ("carla is not named", "binding", {"sealed_to": ["anna"]}),
        "other-log": ("another mailbox", "binding", {"log": OTHER_LOG}),
        "seq": ("another number", "binding", {"seq": 3}),
        "prev": ("another history", "binding", {"prev": raw.b64(bytes(32))}),
        "other-document": ("another document of a known version", "desk", {"desk_hash": raw.b64(bytes(32))}),
        "unknown-author": ("an unknown author", "desk", {"author": "eva"}),
    }
    for name, (about, layer, change) in changes.items():
        yield Vector(f"grant-{name}", about, "grant", ask_grant(grant_frame(name, grant(**change))), layer)
    shapes: dict[str, tuple[str, Json]] = {
        "purpose": ("an unknown purpose", {"purpose": "close"}),
        "case-key-short": ("31 bytes of case key", {"case_key": raw.b64(bytes(31))}),
        "holders-twice": ("a holder twice", {"holders": ["anna", "anna"]}),
        "excluded": ("a key that a grant does not have", {"excluded": []}),
    }
    for name, (about, change) in shapes.items():
        yield malformed("grant", name, about, raw.compact(grant(**change)))
    forged = grant_frame("forged", grant(), "bram")
    yield Vector("grant-forged", "bram grants in anna's name", "grant", ask_grant(forged), "signature")
    back = ask_grant(usual, seen_version=2)
    yield Vector("grant-version-back", "a document older than one named before", "grant", back, "binding")
    bare = grant_frame("bare", grant(), login=None)
    yield Vector("grant-login-missing", "a frame that sets no login", "grant", ask_grant(bare), "binding")
