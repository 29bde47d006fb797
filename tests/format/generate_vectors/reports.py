# SPDX-License-Identifier: EUPL-1.2
"""Reports as a member opens them (FORMAT.md sections 4.3, 4.4 and 7.1)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import blobs, raw, world
from format.generate_vectors.entries import (
    READERS,
    REPORT_FRAME,
    SIGN,
    STATE_PART,
    envelope,
    report,
    report_frame,
    report_part,
    stanza_seeds,
)
from format.generate_vectors.vector import Vector, malformed
from format.generate_vectors.world import EPOCHS, LOG, TODAY, Json

OTHER_ROOT = raw.seed("another reporter's root")
OTHER_DESK_ID = raw.h("desk-id", raw.public(raw.seed("foreign root")))[:16]
OTHER_LOG = raw.b32(world.mailbox(OTHER_ROOT))


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from accepted()
    yield from envelopes()
    yield from plaintexts()
    yield from shapes()
    yield from signatures()
    yield from bindings()
    yield from forwarded()


def ask(frame: bytes, member: str = "anna", **changes: Any) -> Json:
    shown = {
        "bundles": [world.BUNDLE],
        "desk": world.DESK,
        "day": TODAY,
        "member": member,
        "identities": [raw.b64(world.epoch_seed(member))],
        "log": LOG,
        "frame": raw.b64(frame),
    }
    return shown | changes


def opened(name: str, about: str, inputs: Json, **changes: Any) -> Vector:
    result = {"sealed_to": READERS, "excluded": ["bram"], "answers": report()["answers"]} | changes
    return Vector(f"report-{name}", about, "report", inputs, result=result)


def refused(name: str, about: str, frame: bytes, layer: str, **changes: Any) -> Vector:
    return Vector(f"report-{name}", about, "report", ask(frame, **changes), layer)


def changed(name: str, about: str, layer: str, **changes: Any) -> Vector:
    """Return a refusal of a report that is right in all but these fields of its payload."""
    return refused(name, about, report_frame(report_part(name, report(**changes))), layer)


def accepted() -> Iterator[Vector]:
    yield opened("ok", "a report that excludes bram, opened by anna", ask(REPORT_FRAME))
    seeds = [raw.b64(world.epoch_seed(name)) for name in ("old", "carla")]
    yield opened(
        "ok-second-identity", "opened with the second of two keys", ask(REPORT_FRAME, "carla", identities=seeds)
    )
    newer = world.epoch(
        "anna", seal_from=TODAY, seal_until="2026-12-01", recipient=raw.recipient(raw.seed("new epoch"))
    )
    signed = [world.signed_epoch("anna", newer), *(world.signed_epoch(*item) for item in EPOCHS.items())]
    about = "anna published a new epoch on the very day, after the reporter's page had the old one"
    yield opened("ok-new-epoch-that-day", about, ask(REPORT_FRAME, bundles=[world.text(world.bundle(epochs=signed))]))
    second = world.document(version=2, previous=raw.b64(world.DOCUMENT_HASH))
    bundles = [world.text(world.bundle(second, [])), world.BUNDLE]
    yield opened("ok-older-document", "a newer document is known as well", ask(REPORT_FRAME, bundles=bundles))
    long = {"what": "x" * 15_000, "who": "\u00e9\U0001f600"}
    frame = report_frame(report_part("long", report(answers=long)))
    yield opened("ok-second-bucket", "a report above the floor", ask(frame), answers=long)


def too_long() -> Json:
    """Return a report whose statement is the shortest above the limit."""
    around = len(raw.compact(raw.statement("meldkluis/report/v1", raw.compact(report(answers={"what": ""})), SIGN)))
    found = report(answers={"what": "x" * ((280_000 - around) // 4 * 3 + 4)})
    said = len(raw.compact(raw.statement("meldkluis/report/v1", raw.compact(found), SIGN)))
    assert 280_000 < said <= 280_004, said
    return found


def envelopes() -> Iterator[Vector]:
    """Yield refusals of the age layer."""
    long = report_frame(report_part("too long", too_long()))
    yield refused("statement-too-long", "more than an entry of the case log could hold", long, "payload")
    about = "the excluded member"
    yield refused("excluded", about, REPORT_FRAME, "no-match", member="bram")
    other = [raw.b64(raw.seed("some other key"))]
    yield refused("destroyed-epoch", "anna with a key of another epoch", REPORT_FRAME, "no-match", identities=other)
    whole = report_part("usual", report())
    x25519 = "-> X25519 " + "A" * 43 + "\n" + "A" * 43 + "\n"
    yield refused(
        "foreign-stanza",
        "an X25519 stanza beside the good ones, under a good MAC",
        report_frame(report_part("foreign stanza", report(), extra=x25519)),
        "header",
    )
    yield refused(
        "grease-stanza",
        "a stanza of no known kind",
        report_frame(report_part("grease", report(), extra="-> a-grease x\n\n")),
        "header",
    )
    yield refused("mac", "a wrong MAC", report_frame(report_part("mac", report(), mac_flip=1)), "header")
    parts: dict[str, tuple[str, bytes, str]] = {
        "not-age": ("no age file", b"PK\x03\x04" + bytes(100), "header"),
        "no-envelope": ("an empty part", b"", "header"),
        "old-version": ("another version of age", whole.replace(b"/v1", b"/v2", 1), "header"),
        "header-cut": ("cut off inside the header", whole[:1000], "header"),
        "truncated": ("the last byte is missing", whole[:-1], "payload"),
        "last-chunk-missing": (
            "the body is cut off after its nonce",
            whole[: whole.index(b"--- ") + 48 + 16],
            "payload",
        ),
        "extended": ("a byte after the last chunk", whole + b"\0", "payload"),
        "flipped": ("one bit of the body", whole[:-1] + bytes([whole[-1] ^ 1]), "payload"),
    }
    for name, (about, part, layer) in parts.items():
        yield refused(name, about, report_frame(part), layer)
    frames: dict[str, tuple[str, bytes]] = {
        "one-part": ("no state", raw.frame(world.meta(open=world.opening()), whole)),
        "three-parts": ("a third part", raw.frame(world.meta(open=world.opening()), whole, STATE_PART, b"")),
    }
    for name, (about, frame) in frames.items():
        yield refused(name, about, frame, "encoding")


def plaintexts() -> Iterator[Vector]:
    """Yield refusals of what is inside the envelope, before any signature is looked at."""
    said = raw.compact(raw.statement("meldkluis/report/v1", raw.compact(report()), SIGN))
    good = raw.padded(said)
    prefixed = world.length_prefixed(said)
    plain: dict[str, tuple[str, bytes, str]] = {
        "padding-not-zero": ("a byte in the padding", good[:-1] + b"x", "payload"),
        "padding-long": ("padded to the next size", good + bytes(1024), "payload"),
        "padding-none": ("not padded", prefixed, "payload"),
        "file-bytes": (
            "file bytes after the statement",
            world.length_prefixed(said) + b"file" + good[len(said) + 8 :],
            "payload",
        ),
        "no-statement": ("an empty statement", raw.padded(b""), "encoding"),
        "statement-key-twice": ("a key twice", raw.padded(said[:-1] + b',"type":"x"}'), "encoding"),
        "statement-list": ("the statement in a list", raw.padded(b"[" + said + b"]"), "encoding"),
    }
    for name, (about, plaintext, layer) in plain.items():
        part = raw.age_file(f"plain {name}", plaintext, stanza_seeds(name))
        yield refused(name, about, report_frame(part), layer)


def shapes() -> Iterator[Vector]:
    identity = {"sealed": "AA", "header_hash": raw.b64(bytes(32))}
    changes: dict[str, tuple[str, Json]] = {
        "version": ("an unknown version", {"v": 2}),
        "key-too-many": ("a key that the format does not name", {"ip": "192.0.2.1"}),
        "what-blank": ("nothing but blanks", {"answers": {"what": " \r\n\t"}}),
        "what-missing": ("no account of what happened", {"answers": {"who": "x"}}),
        "answer-list": ("a list for an answer", {"answers": {"what": ["x"]}}),
        "answer-name": ("a question's name with a capital", {"answers": {"what": "x", "Who": "y"}}),
        "answer-surrogate": ("half a character", {"answers": {"what": "REPLACED"}}),
        "sealed-to-unsorted": ("members in another order", {"sealed_to": READERS[::-1]}),
        "sealed-to-twice": ("a member twice", {"sealed_to": ["anna", *READERS]}),
        "excluded-null": ("null for nobody", {"excluded": None}),
        "seed-short": ("31 bytes of committee seed", {"committee_seed": raw.b64(bytes(31))}),
        "day-time": ("a time", {"day": "2026-11-22T09:00"}),
        "desk-version-0": ("a version below 1", {"desk_version": 0}),
        "keys-short": ("no reply-to key", {"keys": {"login": "A" * 43, "sign": world.keys()["sign"]}}),
        "identity-key-too-many": ("an identity with a name in the open", {"identity": identity | {"name": "x"}}),
    }
    for name, (about, change) in changes.items():
        payload = raw.compact(report(**change)).replace(b"REPLACED", b"\\ud800")
        yield malformed("report", name, about, payload)
    whole = raw.compact(report())
    texts: dict[str, tuple[str, bytes]] = {
        "answer-twice": ("one answer twice", whole.replace(b'"what":', b'"what":"nothing","what":')),
        "seq-float": ("1.0 for 1", whole.replace(b'"seq":1', b'"seq":1.0')),
        "without-identity": ("a key is left out", whole.replace(b'"identity":null,', b"")),
        "payload-list": ("a list", b"[" + whole + b"]"),
    }
    for name, (about, payload) in texts.items():
        yield malformed("report", name, about, payload)
    inside = report_frame(report_part("answer-number", report(answers={"what": 1})))
    yield refused("answer-number", "a number for an answer, signed and sealed", inside, "encoding")


def signatures() -> Iterator[Vector]:
    login = world.derived(world.REPORTER, "login")
    yield refused(
        "signed-by-login", "signed with the login key", report_frame(report_part("login", report(), login)), "signature"
    )
    stolen = report_frame(report_part("stolen", report(), world.derived(OTHER_ROOT, "sign")))
    yield refused("signed-by-other", "signed by another reporter", stolen, "signature")
    part = envelope("as message", "meldkluis/message/v1", raw.compact(report()), SIGN, stanza_seeds("as message"))
    yield refused("other-type", "signed as a message", report_frame(part), "signature")
    said = raw.statement("meldkluis/report/v1", raw.compact(report()), SIGN)
    said["payload"] = raw.b64(raw.compact(report(answers={"what": "Er is niets aan de hand."})))
    part = raw.age_file("altered", raw.padded(raw.compact(said)), stanza_seeds("altered"))
    about = "another text under the reporter's signature: what a member can make who keeps the file key"
    yield refused("altered", about, report_frame(part), "signature")


def bindings() -> Iterator[Vector]:
    alone = world.recipients_hash([EPOCHS["carla"]])
    own, other = world.keys(), world.keys(OTHER_ROOT)
    both = world.recipients_hash(list(EPOCHS.values()))
    yield changed("other-document", "a document that the member does not know", "desk", desk_hash=raw.b64(bytes(32)))
    changes: dict[str, tuple[str, Json]] = {
        "other-desk-named": ("another desk, with this desk's document", {"desk": raw.b32(OTHER_DESK_ID)}),
        "other-log-named": ("another mailbox", {"log": OTHER_LOG}),
        "seq-2": ("number 2", {"seq": 2}),
        "prev": ("an entry before the first", {"prev": raw.b64(bytes(32))}),
        "not-sealed-to-reader": (
            "a stanza for anna, who is not named",
            {
                "sealed_to": ["carla"],
                "excluded": ["anna", "bram"],
                "recipients_hash": alone,
            },
        ),
        "recipients-hash": ("a hash over other epochs", {"recipients_hash": both}),
        "recipients-order": (
            "a hash over the epochs in another order",
            {"recipients_hash": world.recipients_hash([EPOCHS["carla"], EPOCHS["anna"]])},
        ),
        "day-outside-epochs": ("a day on which nobody could be sealed to", {"day": "2026-10-01"}),
        "excluded-missing": ("a stanza for somebody without a name", {"excluded": []}),
        "excluded-too-many": ("fewer stanzas than names", {"excluded": ["bram", "eva"]}),
        "committee-seed": ("another committee seed", {"committee_seed": raw.b64(raw.seed("x"))}),
        "keys-login": ("another login key", {"keys": own | {"login": other["login"]}}),
        "keys-reply-to": (
            "another reply-to key",
            {"keys": own | {"reply_to": other["reply_to"]}},
        ),
        "claims-missing": ("an attachment that the frame does not claim", {"attachments": [blobs.attachment()]}),
    }
    for name, (about, change) in changes.items():
        yield changed(name, about, "binding", **change)
    part = report_part("usual", report())
    yield refused("no-opening", "a frame that opens nothing", report_frame(part, open=None), "binding")
    claims = [blobs.claim()]
    about = "a claim that no attachment explains"
    yield refused("claims-too-many", about, report_frame(part, claims=claims), "binding")


def forwarded() -> Iterator[Vector]:
    """Yield a good report that somebody shows where it was not sent."""
    stolen = world.meta(log=OTHER_LOG, open=world.opening(OTHER_ROOT))
    frame = raw.frame(stolen, report_part("usual", report()), STATE_PART)
    about = "under another person's mailbox id: the server mixes two reporters up"
    yield refused("forwarded-to-mailbox", about, frame, "binding", log=OTHER_LOG)
    foreign_log = raw.b32(world.mailbox(world.REPORTER, OTHER_DESK_ID))
    opening = world.opening(desk=raw.b32(OTHER_DESK_ID))
    frame = raw.frame(world.meta(log=foreign_log, open=opening), report_part("usual", report()), STATE_PART)
    root = raw.seed("foreign root")
    document = world.document(desk=raw.b32(OTHER_DESK_ID), root=raw.b64(raw.public(root)))
    payload = world.epoch("anna", document, desk=raw.b32(OTHER_DESK_ID))
    bundle = world.bundle(
        document, [world.signed_epoch("anna", payload)], document=world.signed_document(document, root)
    )
    about = "at another desk with the same members"
    bundles, desk = [world.text(bundle)], raw.b32(OTHER_DESK_ID)
    yield refused("forwarded-to-desk", about, frame, "desk", log=foreign_log, bundles=bundles, desk=desk)
    payload_bytes = raw.compact(report())
    seeds = [world.epoch_seed(member) for member in ("anna", "bram", "carla")]
    part = envelope("shown to bram", "meldkluis/report/v1", payload_bytes, SIGN, seeds)
    about = "sealed again by an insider, for bram whom the reporter excluded"
    yield refused("shown-to-excluded", about, report_frame(part), "binding", member="bram")
    about = "the same file, opened by a member who may"
    yield opened("ok-sealed-again", about, ask(report_frame(part)))
    yield refused("other-mailbox", "read as another mailbox", REPORT_FRAME, "binding", log=OTHER_LOG)
