# SPDX-License-Identifier: EUPL-1.2
"""Entries with attachments: what announces, what completes, and what does not fit (FORMAT.md section 7.5)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import raw, world
from format.generate_vectors.blobs import ROOT, attachment, claim
from format.generate_vectors.entries import (
    HEAD_1,
    READERS,
    REPLY_TO,
    SIGN,
    STATE_PART,
    envelope,
    message,
    reply,
    report,
    report_part,
    stanza_seeds,
    state,
    state_part,
)
from format.generate_vectors.mailboxes import ask_reply
from format.generate_vectors.messages import ask_message
from format.generate_vectors.reports import ask, opened
from format.generate_vectors.vector import Vector, malformed
from format.generate_vectors.world import LOG, LOG_ID, Json

ANNOUNCED = report(attachments=[attachment()])


def report_frame(label: str, payload: Json, claims: list[Json]) -> bytes:
    meta = world.meta(open=world.opening(), claims=claims)
    return raw.frame(meta, report_part(label, payload), STATE_PART)


ANNOUNCING = report_frame("announcing", ANNOUNCED, [claim()])
HEAD = raw.head(LOG_ID, 1, bytes(32), ANNOUNCING)


def files(**changes: Any) -> Json:
    """Return the message that completes the announced report."""
    shown = {
        "prev": raw.b64(HEAD),
        "kind": "files",
        "about": raw.b64(HEAD),
        "answers": {},
        "attachments": [attachment(ROOT)],
    }
    return message(**shown | changes)


def files_frame(label: str, payload: Json, claims: list[Json] | None = None) -> bytes:
    part = envelope(
        f"{label} message", "meldkluis/message/v1", raw.compact(payload), SIGN, stanza_seeds(f"{label} message")
    )
    seen = {"seq": 1, "head": raw.b64(HEAD)}
    return raw.frame(world.meta(claims=claims or []), part, state_part(label, state(seq=2, seen=seen)))


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from announcing()
    yield from completing()
    yield from compared()
    yield from replies()
    yield from shapes()
    yield from frames()


def announcing() -> Iterator[Vector]:
    yield opened("ok-attachment", "a report that announces a file", ask(ANNOUNCING), answers=ANNOUNCED["answers"])
    other = attachment(blob=raw.b32(raw.seed("second blob")[:20]))
    two = [attachment(), other]
    claims = [claim(), claim(blob=other["blob"])]
    longer = claim(size=claim()["size"] + 1)
    cases: dict[str, tuple[str, list[Json], list[Json]]] = {
        "root": ("a root before the blob was sent", [attachment(ROOT)], [claim()]),
        "claim-size": (
            "a claim a byte longer than the blob",
            [attachment()],
            [longer],
        ),
        "claim-size-two-stanzas": ("a blob with a stanza fewer", [attachment()], [claim(2)]),
        "claims-order": ("claims in another order", two, claims[::-1]),
        "claim-missing": ("one claim for two attachments", two, claims[:1]),
    }
    for name, (about, attachments, claimed) in cases.items():
        label = f"attached {name}"
        frame = report_frame(label, report(attachments=attachments), claimed)
        yield Vector(f"report-attachment-{name}", about, "report", ask(frame), "binding")


def ask_files(frame: bytes) -> Json:
    return ask_message(frame, prev=raw.b64(HEAD))


def completing() -> Iterator[Vector]:
    shown = {"sealed_to": READERS, "excluded": ["bram"], "answers": {}, "kind": "files"}
    frame = files_frame("files", files())
    yield Vector("message-files-ok", "the file has arrived", "message", ask_files(frame), result=shown)
    changes: dict[str, tuple[str, Json]] = {
        "without-root": ("the root is missing", {"attachments": [attachment()]}),
        "without-attachments": ("nothing arrived", {"attachments": []}),
        "answers": ("a text beside it", {"answers": {"text": "x"}}),
        "about": ("about nothing", {"about": None}),
    }
    for name, (about, change) in changes.items():
        frame = files_frame(f"files {name}", files(**change))
        yield Vector(f"message-files-{name}", about, "message", ask_files(frame), "binding")
    claiming = files_frame("files", files(), [claim()])
    yield Vector("message-files-claims", "claimed a second time", "message", ask_files(claiming), "binding")
    rooted = files_frame("rooted", files(kind="message", answers={"text": "x"}), [claim()])
    yield Vector("message-root", "a root in another kind of message", "message", ask_files(rooted), "binding")


def compared() -> Iterator[Vector]:
    """Yield `files` messages beside the report that announced."""

    def compare(name: str, about: str, payload: Json, **outcome: Any) -> Vector:
        inputs = ask_files(files_frame(f"compared {name}", payload)) | {"announcing": raw.b64(ANNOUNCING)}
        return Vector(f"files-{name}", about, "files", inputs, **outcome)

    yield compare("ok", "what was announced, with its root", files(), result={"blobs": [attachment()["blob"]]})
    about = "about another entry"
    yield compare("other-entry", about, files(about=raw.b64(HEAD_1)), expect="binding")
    changes: dict[str, tuple[str, Any]] = {
        "blob": ("another blob", raw.b32(raw.seed("second blob")[:20])),
        "name": ("another name", "x"),
        "type": ("another type", "text/plain"),
        "size": ("another size", 1),
        "key": ("another key", raw.b64(bytes(16))),
    }
    for name, (about, value) in changes.items():
        record = attachment(ROOT) | {name: value}
        yield compare(f"other-{name}", about, files(attachments=[record]), expect="binding")


def replies() -> Iterator[Vector]:
    def ask_attached(label: str, record: Json, claimed: Json) -> Json:
        payload = raw.compact(reply(attachments=[record]))
        part = envelope(f"{label} reply", "meldkluis/reply/v1", payload, world.identity("anna"), [REPLY_TO])
        return ask_reply(raw.frame(world.meta(claims=[claimed]), part))

    shown = {name: reply()[name] for name in ("author", "kind", "content")}
    inputs = ask_attached("attached", attachment(ROOT), claim(1))
    yield Vector("reply-attachment", "a question with a file", "reply", inputs, result=shown)
    inputs = ask_attached("attached without root", attachment(), claim(1))
    yield Vector("reply-attachment-without-root", "a file without its root", "reply", inputs, "binding")
    inputs = ask_attached("attached", attachment(ROOT), claim())
    yield Vector("reply-attachment-claim-size", "a blob with three stanzas", "reply", inputs, "binding")


def shapes() -> Iterator[Vector]:
    many = [attachment(blob=raw.b32(raw.seed(f"blob {number}")[:20])) for number in range(17)]
    without_key = attachment()
    del without_key["key"]
    cases: dict[str, tuple[str, list[Json]]] = {
        "attachments-17": ("more attachments than an entry may have", many),
        "attachment-twice": ("one blob twice", [attachment(), attachment()]),
        "attachment-parts": ("a key that the format does not name", [attachment(parts=1)]),
        "attachment-without-key": ("no file key", [without_key]),
        "attachment-key-short": ("15 bytes of file key", [attachment(key=raw.b64(bytes(15)))]),
        "attachment-root-short": ("31 bytes of root", [attachment(raw.b64(bytes(31)))]),
        "attachment-blob": ("no blob id", [attachment(blob="x")]),
    }
    for name, (about, attachments) in cases.items():
        yield malformed("report", name, about, raw.compact(report(attachments=attachments)))


def frames() -> Iterator[Vector]:
    many = [claim(blob=raw.b32(raw.seed(f"blob {number}")[:20])) for number in range(17)]
    cases: dict[str, tuple[str, list[Json]]] = {
        "claims-17": ("more claims than a frame may have", many),
        "claim-empty": ("a blob of no bytes", [claim(size=0)]),
        "claim-key-too-many": ("a key that the format does not name", [claim(name="foto.jpg")]),
    }
    for name, (about, claims) in cases.items():
        inputs = {"frame": raw.b64(report_frame("announcing", ANNOUNCED, claims)), "log": LOG}
        yield Vector(f"frame-{name}", about, "frame", inputs, "encoding")
