# SPDX-License-Identifier: EUPL-1.2
"""How the entries of a mailbox are made by hand: payloads, envelopes and frames, each with changes."""

from collections.abc import Sequence
from typing import Any

from format.generate_vectors import raw, world
from format.generate_vectors.world import EPOCHS, LOG, LOG_ID, MEMBERS, REPORTER, TODAY, Json

SIGN = world.derived(REPORTER, "sign")
REPLY_TO = world.derived(REPORTER, "reply-to")
READERS = ["anna", "carla"]
RECIPIENTS = world.recipients_hash([EPOCHS[member] for member in READERS])


def place(seq: int, prev: bytes | None, **changes: Any) -> Json:
    """Return what the payload of every entry begins with."""
    shown = {
        "v": 1,
        "desk": world.DESK,
        "log": LOG,
        "seq": seq,
        "prev": None if prev is None else raw.b64(prev),
        "desk_version": 1,
        "desk_hash": raw.b64(world.DOCUMENT_HASH),
        "day": TODAY,
    }
    return shown | changes


def sealed(**changes: Any) -> Json:
    """Return for whom a reporter's entry is: bram is excluded."""
    return {"sealed_to": READERS, "excluded": ["bram"], "recipients_hash": RECIPIENTS} | changes


def report(**changes: Any) -> Json:
    shown = {
        **place(1, None),
        "language": "nl",
        **sealed(),
        "keys": world.keys(),
        "committee_seed": raw.b64(world.COMMITTEE),
        "attachments": [],
        "identity": None,
        "answers": {"what": "Er wordt gerommeld met de aanbesteding.", "when": "sinds mei"},
    }
    return shown | changes


def stanza_seeds(label: str, included: Sequence[str] = READERS) -> list[bytes]:
    """Return one seed for each live member; those not included get a throw-away key."""
    return [
        world.epoch_seed(member) if member in included else raw.seed(f"throw-away {member} {label}")
        for member in MEMBERS
    ]


def envelope(
    label: str, kind: str, payload: bytes, private: bytes, seeds: Sequence[bytes], floor: int = 16384, **changes: Any
) -> bytes:
    """Return a signed statement in an age file."""
    said = raw.compact(raw.statement(kind, payload, private))
    return raw.age_file(label, raw.padded(said, floor), list(seeds), **changes)


def state(**changes: Any) -> Json:
    shown = {
        "v": 1,
        "desk": world.DESK,
        "log": LOG,
        "seq": 1,
        "day": TODAY,
        "desk_version": 1,
        "sealed_to": READERS,
        "excluded": ["bram"],
        "did": "report",
        "about": None,
        "seen": {"seq": 0, "head": None},
    }
    return shown | changes


def state_part(label: str, payload: Json, private: bytes = SIGN, floor: int = 4096) -> bytes:
    return envelope(f"{label} state", "meldkluis/state/v1", raw.compact(payload), private, [REPLY_TO], floor)


STATE_PART = state_part("report", state())


def report_part(label: str, payload: Json | bytes, private: bytes = SIGN, **changes: Any) -> bytes:
    data = payload if isinstance(payload, bytes) else raw.compact(payload)
    return envelope(f"{label} report", "meldkluis/report/v1", data, private, stanza_seeds(label), **changes)


def report_frame(part: bytes, **changes: Any) -> bytes:
    """Return the frame of a report whose state is the usual one."""
    return raw.frame(world.meta(open=world.opening()) | changes, part, STATE_PART)


REPORT_FRAME = report_frame(report_part("usual", report()))
HEAD_1 = raw.head(LOG_ID, 1, bytes(32), REPORT_FRAME)


def message(**changes: Any) -> Json:
    shown = {
        **place(2, HEAD_1),
        "language": "nl",
        **sealed(),
        "attachments": [],
        "identity": None,
        "answers": {"text": "Er is meer."},
        "kind": "message",
        "about": None,
    }
    return shown | changes


def reply(**changes: Any) -> Json:
    shown = {
        **place(2, HEAD_1),
        "author": "anna",
        "language": "nl",
        "kind": "question",
        "about": raw.b64(HEAD_1),
        "readers": READERS,
        "attachments": [],
        "content": {"text": "Wanneer zag u dit voor het eerst?"},
    }
    return shown | changes


CASE_KEY = raw.seed("case key")
CASE_LOG_ID = world.log_id("case", raw.public(raw.hkdf(CASE_KEY, b"meldkluis/v1/case-login")), bytes(32))
CASE_LOG = raw.b32(CASE_LOG_ID)
NEW_COMMITTEE = raw.seed("new committee")


def grant(**changes: Any) -> Json:
    shown = {
        **place(2, HEAD_1),
        "author": "anna",
        "purpose": "open",
        "holders": READERS,
        "sealed_to": READERS,
        "recipients_hash": RECIPIENTS,
        "case": CASE_LOG,
        "case_key": raw.b64(CASE_KEY),
        "committee_seed": raw.b64(NEW_COMMITTEE),
        "report": raw.b64(raw.sha256(REPORT_FRAME)),
    }
    return shown | changes
