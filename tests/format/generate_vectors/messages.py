# SPDX-License-Identifier: EUPL-1.2
"""The reporter's later messages, as a member opens them (FORMAT.md section 7.2)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import raw, world
from format.generate_vectors.entries import (
    HEAD_1,
    READERS,
    RECIPIENTS,
    SIGN,
    envelope,
    message,
    stanza_seeds,
    state,
    state_part,
)
from format.generate_vectors.reports import OTHER_DESK_ID, OTHER_LOG, OTHER_ROOT, ask
from format.generate_vectors.vector import Vector, malformed
from format.generate_vectors.world import Json


def ask_message(frame: bytes, member: str = "anna", **changes: Any) -> Json:
    return ask(frame, member, sign_key=world.keys()["sign"], seq=2, prev=raw.b64(HEAD_1)) | changes


def message_frame(label: str, payload: Json, private: bytes = SIGN, kind: str = "meldkluis/message/v1") -> bytes:
    seeds = stanza_seeds(label)
    part = envelope(f"{label} message", kind, raw.compact(payload), private, seeds)
    seen = {"seq": 1, "head": raw.b64(HEAD_1)}
    return raw.frame(world.meta(), part, state_part(label, state(seq=2, did="message", seen=seen)))


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    usual = message_frame("usual", message())
    shown = {"sealed_to": READERS, "excluded": ["bram"], "answers": {"text": "Er is meer."}, "kind": "message"}
    yield Vector("message-ok", "a later message", "message", ask_message(usual), result=shown)
    yield Vector("message-excluded", "the excluded member", "message", ask_message(usual, "bram"), "no-match")
    replayed = ask_message(usual, seq=3, prev=raw.b64(raw.head(world.LOG_ID, 2, HEAD_1, usual)))
    yield Vector("message-replayed", "the same entry once more", "message", replayed, "binding")
    about = "the entry after another history"
    yield Vector("message-other-history", about, "message", ask_message(usual, prev=raw.b64(bytes(32))), "binding")
    changes: dict[str, tuple[str, Json, str]] = {
        "seq": ("another number", {"seq": 3}, "binding"),
        "prev": ("another head", {"prev": raw.b64(bytes(32))}, "binding"),
        "prev-null": ("no head", {"prev": None}, "binding"),
        "log": ("another mailbox", {"log": OTHER_LOG}, "binding"),
        "desk": ("another desk", {"desk": raw.b32(OTHER_DESK_ID)}, "binding"),
        "recipients-hash": ("a hash over other epochs", {"recipients_hash": raw.b64(bytes(32))}, "binding"),
        "not-sealed-to-reader": (
            "anna is not named",
            {"sealed_to": ["carla"], "excluded": ["anna", "bram"]},
            "binding",
        ),
        "stanzas": ("a stanza too many", {"excluded": []}, "binding"),
        "other-document": ("a document that is not known", {"desk_hash": RECIPIENTS}, "desk"),
    }
    for name, (about, change, layer) in changes.items():
        frame = message_frame(name, message(**change))
        yield Vector(f"message-{name}", about, "message", ask_message(frame), layer)
    shapes: dict[str, tuple[str, Json]] = {
        "kind": ("an unknown kind", {"kind": "complaint"}),
        "about": ("a number for a head", {"about": 1}),
        "seq-0": ("number 0", {"seq": 0}),
        "key-too-many": ("a key that the format does not name", {"mood": "x"}),
    }
    for name, (about, change) in shapes.items():
        yield malformed("message", name, about, raw.compact(message(**change)))
    forged = message_frame("forged", message(), world.derived(OTHER_ROOT, "sign"))
    yield Vector("message-other-signer", "signed with another key", "message", ask_message(forged), "signature")
    typed = message_frame("typed", message(), kind="meldkluis/report/v1")
    yield Vector("message-other-type", "signed as a report", "message", ask_message(typed), "signature")
