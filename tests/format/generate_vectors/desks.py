# SPDX-License-Identifier: EUPL-1.2
"""Bundles and epochs (FORMAT.md sections 6.1 to 6.3)."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from format.generate_vectors import raw, world
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import DOCUMENT, MEMBERS, TODAY, Json

SECOND = raw.seed("second root")
THIRD = raw.seed("third root")
OTHER_DESK = raw.b32(raw.h("desk-id", raw.public(raw.seed("foreign root")))[:16])


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from accepted()
    yield from roots()
    yield from successions()
    yield from versions()
    yield from documents()
    yield from shapes()
    yield from epochs()


def inputs(shown: Json, day: str = TODAY, seen: tuple[int, bytes | None] = (0, None)) -> Json:
    seen_hash = None if seen[1] is None else raw.b64(seen[1])
    return {
        "desk": world.DESK,
        "bundle": world.text(shown),
        "day": day,
        "seen_version": seen[0],
        "seen_hash": seen_hash,
    }


def good(
    name: str, about: str, asked: Json, live: Sequence[tuple[str, bytes]], payload: bytes = DOCUMENT, **changes: Any
) -> Vector:
    result = {
        "version": 1,
        "hash": raw.b64(raw.sha256(payload)),
        "live": [member for member, _ in live],
        "epochs": [raw.b64(raw.sha256(epoch)) for _, epoch in live],
        "recipients_hash": world.recipients_hash([epoch for _, epoch in live]),
        "takes_reports": True,
    }
    return Vector(f"bundle-{name}", about, "bundle", asked, result=result | changes)


def refused(name: str, about: str, asked: Json, layer: str = "desk") -> Vector:
    return Vector(f"bundle-{name}", about, "bundle", asked, layer)


def accepted() -> Iterator[Vector]:
    live = list(world.EPOCHS.items())
    signed = {member: world.signed_epoch(member, payload) for member, payload in live}
    yield good("ok", "three live members", inputs(world.bundle()), live)
    yield good("last-day", "the last day of sealing", inputs(world.bundle(), world.UNTIL), live)
    yield good(
        "day-after", "the day after the last of sealing: nobody is live", inputs(world.bundle(), "2026-12-15"), []
    )
    newer = world.epoch("anna", seal_from="2026-11-20", seal_until="2026-12-01")
    both = [world.signed_epoch("anna", newer), *signed.values()]
    about = "of two epochs the one that starts later counts, wherever it stands"
    yield good("two-epochs", about, inputs(world.bundle(epochs=both)), [("anna", newer), *live[1:]])
    twin = world.epoch("anna", seal_until="2026-12-01")
    greatest = max(twin, world.EPOCHS["anna"], key=raw.sha256)
    both = [*signed.values(), world.signed_epoch("anna", twin)]
    about = "of two epochs that start on one day the greatest id counts, by its bytes"
    yield good("epochs-of-one-day", about, inputs(world.bundle(epochs=both)), [("anna", greatest), *live[1:]])
    waiting = world.epoch("bram", seal_from="2026-12-01", seal_until="2026-12-20")
    three = [signed["anna"], world.signed_epoch("bram", waiting), signed["carla"]]
    yield good("waiting-epoch", "an epoch that has not begun", inputs(world.bundle(epochs=three)), [live[0], live[2]])
    custodian = world.signed_epoch("dirk", world.epoch("dirk"))
    four = [*signed.values(), custodian]
    yield good("custodian", "a custodian's epoch makes no live member", inputs(world.bundle(epochs=four)), live)
    forged = raw.statement("meldkluis/epoch/v1", world.EPOCHS["bram"], world.identity("anna"))
    three = [signed["anna"], forged, signed["carla"]]
    about = "an epoch that is refused does not count, and the others do"
    yield good("refused-epoch", about, inputs(world.bundle(epochs=three)), [live[0], live[2]])
    for name, days in {"not-open": {"opens": "2026-11-23"}, "closed": {"closes": "2026-11-21"}}.items():
        payload = world.document(**days)
        shown = [(member, world.epoch(member, payload)) for member in MEMBERS]
        about = "a desk that takes no reports on this day"
        yield good(name, about, inputs(world.bundle(payload)), shown, payload, takes_reports=False)
    payload = world.document(opens=TODAY, closes=TODAY)
    shown = [(member, world.epoch(member, payload)) for member in MEMBERS]
    yield good("open-one-day", "both ends of the opening days count", inputs(world.bundle(payload)), shown, payload)


def roots() -> Iterator[Vector]:
    foreign = raw.seed("foreign root")
    own = world.document(root=raw.b64(raw.public(foreign)))
    yield refused(
        "other-root",
        "a server's own root, correctly signed, under the desk's address",
        inputs(world.bundle(own, document=world.signed_document(own, foreign))),
    )
    named = world.document(desk=OTHER_DESK)
    yield refused("other-desk", "the root's document for another desk", inputs(world.bundle(named)))
    signed = world.signed_document(DOCUMENT, foreign)
    yield refused("other-signer", "not signed by its root", inputs(world.bundle(document=signed)), "signature")
    altered = world.signed_document()
    altered["payload"] = raw.b64(DOCUMENT.replace(b"14 000", b"14 001"))
    yield refused("altered", "one digit of a telephone number", inputs(world.bundle(document=altered)), "signature")
    other_type = raw.statement("meldkluis/epoch/v1", DOCUMENT, world.ROOT)
    yield refused("other-type", "signed as an epoch", inputs(world.bundle(document=other_type)), "signature")


def succession(old: bytes, new: bytes, signer: bytes | None = None, desk: str = world.DESK) -> Json:
    payload = {"v": 1, "desk": desk, "from": raw.b64(raw.public(old)), "to": raw.b64(raw.public(new)), "day": TODAY}
    return raw.statement("meldkluis/root-succession/v1", raw.compact(payload), signer or old)


def successions() -> Iterator[Vector]:
    def under(root: bytes, *steps: Json) -> Json:
        payload = world.document(root=raw.b64(raw.public(root)))
        return inputs(world.bundle(payload, document=world.signed_document(payload, root), successions=[*steps]))

    first, second = succession(world.ROOT, SECOND), succession(SECOND, THIRD)
    payload = world.document(root=raw.b64(raw.public(THIRD)))
    live = [(member, world.epoch(member, payload)) for member in MEMBERS]
    yield good("succession", "two roots after the first, one desk id", under(THIRD, first, second), live, payload)
    yield refused("succession-order", "the second succession first", under(THIRD, second, first))
    yield refused("succession-gap", "the first succession is missing", under(THIRD, second))
    yield refused("succession-not-followed", "the old root goes on", under(world.ROOT, first))
    yield refused("succession-missing", "a new root that nobody named", under(SECOND))
    foreign = succession(world.ROOT, SECOND, desk=OTHER_DESK)
    yield refused("succession-other-desk", "a succession for another desk", under(SECOND, foreign))
    forged = succession(world.ROOT, SECOND, SECOND)
    yield refused("succession-forged", "signed by the successor itself", under(SECOND, forged), "signature")
    twice = under(THIRD, first, succession(world.ROOT, THIRD))
    yield refused("succession-from-old-root", "a root that has gone hands over once more", twice)


def versions() -> Iterator[Vector]:
    second = world.document(version=2, previous=raw.b64(world.DOCUMENT_HASH))
    epochs = {member: world.epoch(member, second, desk_version=2) for member in MEMBERS}
    shown = world.bundle(second, [world.signed_epoch(member, payload) for member, payload in epochs.items()])
    seen = (1, world.DOCUMENT_HASH)
    about = "version 2 after version 1 was seen"
    yield good("next-version", about, inputs(shown, seen=seen), list(epochs.items()), second, version=2)
    live = list(world.EPOCHS.items())
    yield good("same-version", "the version that was seen", inputs(world.bundle(), seen=seen), live)
    yield refused("older-version", "version 1 after version 2", inputs(world.bundle(), seen=(2, raw.sha256(second))))
    other = (1, raw.sha256(b"another document"))
    yield refused("same-version-other-hash", "another version 1 than the one seen", inputs(world.bundle(), seen=other))
    yield refused("next-version-other-previous", "version 2 of another history", inputs(shown, seen=other))
    unlinked = {
        "previous-missing": world.document(version=2),
        "previous-of-first": world.document(previous=raw.b64(bytes(32))),
    }
    for name, payload in unlinked.items():
        yield refused(name, "a version without its one predecessor", inputs(world.bundle(payload)))


def documents() -> Iterator[Vector]:
    yield refused("before-issued", "the day before it is issued", inputs(world.bundle(), "2026-10-31"))
    yield refused("expired", "the day after it expires", inputs(world.bundle(), "2027-11-02"))
    people = [world.person(member) for member in MEMBERS]
    crowd = [world.person(f"member-{number}") for number in range(33)]
    changes: dict[str, tuple[str, Json]] = {
        "duplicate-id": ("two members of one id", {"members": [*people, people[0] | {"identity": raw.b64(bytes(32))}]}),
        "duplicate-id-custodian": ("a member is a custodian", {"custodians": [people[0]]}),
        "duplicate-identity": ("two members with one key", {"members": [*people, people[0] | {"id": "eva"}]}),
        "one-member": ("one member", {"members": people[:1]}),
        "no-member": ("no member", {"members": []}),
        "33-members": ("33 members", {"members": crowd}),
        "17-custodians": ("17 custodians", {"custodians": crowd[:17]}),
    }
    for name, (about, change) in changes.items():
        yield refused(name, about, inputs(world.bundle(world.document(**change), [])))


def shapes() -> Iterator[Vector]:
    policy = {"names_shown": True, "exclusion": True, "receipt_is_ack": False, "recovery": None}
    recovery = {"recipient": raw.recipient(raw.seed("recovery")), "holders": {"nl": "x"}, "threshold": 2, "shares": 3}
    payload = world.document(policy=policy | {"recovery": recovery})
    live = [(member, world.epoch(member, payload)) for member in MEMBERS]
    yield good("recovery", "a desk with a recovery key", inputs(world.bundle(payload)), live, payload)
    elsewhere = {"kind": "web", "name": {"nl": "x"}, "value": "x", "note": None}
    changes: dict[str, tuple[str, Json]] = {
        "version-2-of-format": ("an unknown version of the format", {"v": 2}),
        "version-0": ("versions count from 1", {"version": 0}),
        "key-too-many": ("a key that the format does not name", {"admin": "x"}),
        "elsewhere-kind": (
            "a kind of address that the format does not name",
            {"elsewhere": [elsewhere | {"kind": "fax"}]},
        ),
        "policy-text": ("a text for a boolean", {"policy": policy | {"exclusion": "yes"}}),
        "policy-missing": ("a policy without recovery", {"policy": dict(list(policy.items())[:3])}),
        "recovery-x25519": (
            "a recovery key of another kind",
            {"policy": policy | {"recovery": recovery | {"recipient": "age1x"}}},
        ),
        "member-id": ("a member id with a capital", {"members": [world.person(name) for name in ("Anna", "bram")]}),
        "issued-time": ("a time for a day", {"issued": "2026-11-01T12:00:00Z"}),
        "name-no-language": ("a name in no language", {"name": {}}),
    }
    for name, (about, change) in changes.items():
        yield refused(name, about, inputs(world.bundle(world.document(**change), [])), "encoding")
    twice = DOCUMENT.replace(b'"version":1', b'"version":9,"version":1')
    yield refused("key-twice", "a version twice in the payload", inputs(world.bundle(twice, [])), "encoding")
    short = world.bundle()
    del short["successions"]
    yield refused("without-successions", "a bundle without a list of successions", inputs(short), "encoding")
    yield refused("of-other-version", "a bundle of version 2", inputs(world.bundle(v=2)), "encoding")
    broken = [{"type": "meldkluis/epoch/v1", "payload": "AB", "sig": ""}]
    yield refused(
        "epoch-no-statement", "an epoch that is no statement", inputs(world.bundle(epochs=broken)), "encoding"
    )


def epochs() -> Iterator[Vector]:
    def ask(name: str, about: str, signed: Json, layer: str = "ok") -> Vector:
        asked = {"desk": world.DESK, "bundle": world.BUNDLE, "day": TODAY, "epoch": world.text(signed)}
        result = None
        if layer == "ok":
            payload = raw.unb64(signed["payload"])
            result = {"id": raw.b64(raw.sha256(payload)), "member": json.loads(payload)["member"]}
        return Vector(f"epoch-{name}", about, "epoch", asked, layer, result)

    def changed(member: str = "anna", **changes: Any) -> Json:
        return world.signed_epoch(member, world.epoch(member, **changes))

    yield ask("ok", "28 days of sealing, 56 of life", changed())
    yield ask("custodian", "a custodian has epochs too", changed("dirk"))
    yield ask("one-day", "sealing on one day", changed(seal_until=world.FROM, destroy_at="2026-11-17"))
    last = {"seal_from": "9999-12-20", "seal_until": "9999-12-25", "destroy_at": "9999-12-31"}
    yield ask("end-of-calendar", "the last days that there are", changed(**last))
    desk_layer: dict[str, tuple[str, Json]] = {
        "29-days": ("29 days of sealing", changed(seal_until="2026-12-15")),
        "backwards": ("sealing ends before it begins", changed(seal_until="2026-11-15")),
        "57-days": ("57 days of life", changed(destroy_at="2027-01-12")),
        "destroyed-too-early": ("destroyed on the last day of sealing", changed(destroy_at=world.UNTIL)),
        "other-document": ("the hash of another document", changed(desk_hash=raw.b64(raw.seed("x")))),
        "other-version": ("another version of the document", changed(desk_version=2)),
        "other-desk": ("another desk", changed(desk=OTHER_DESK)),
        "unknown-member": ("a member whom the document does not know", changed("eva")),
    }
    for name, (about, signed) in desk_layer.items():
        yield ask(name, about, signed, "desk")
    forged = raw.statement("meldkluis/epoch/v1", world.EPOCHS["anna"], world.identity("bram"))
    yield ask("other-member-signed", "signed by another member", forged, "signature")
    rooted = raw.statement("meldkluis/epoch/v1", world.EPOCHS["anna"], world.ROOT)
    yield ask("root-signed", "signed by the root: not even that may bring a member's key", rooted, "signature")
    other = raw.statement("meldkluis/card/v1", world.EPOCHS["anna"], world.identity("anna"))
    yield ask("other-type", "signed as a card", other, "signature")
    recipient = raw.recipient(world.epoch_seed("anna"))
    misspelt = recipient[:100] + ("q" if recipient[100] != "q" else "p") + recipient[101:]
    good = raw.raw_recipient(world.epoch_seed("anna"))
    over, weak = raw.bech32("age1pq", b"\xff" * 1152 + good[1152:]), raw.bech32("age1pq", good[:1184] + bytes(32))
    shapes: dict[str, tuple[str, Json]] = {
        "recipient-misspelt": ("a recipient with a wrong letter", changed(recipient=misspelt)),
        "recipient-upper-case": ("a recipient in capitals", changed(recipient=recipient.upper())),
        "recipient-short": ("a recipient of 1,215 bytes", changed(recipient=raw.bech32("age1pq", bytes(1215)))),
        "recipient-x25519": ("a recipient without post-quantum half", changed(recipient=raw.bech32("age", bytes(32)))),
        "recipient-modulus": (
            "a recipient whose ML-KEM key has coefficients above the modulus",
            changed(recipient=over),
        ),
        "recipient-low-order": ("a recipient whose X25519 key is of low order", changed(recipient=weak)),
        "no-destruction": ("no day of destruction", changed(destroy_at=None)),
        "version": ("an unknown version", changed(v=2)),
        "member-number": (
            "a number for a member",
            raw.statement("meldkluis/epoch/v1", b'{"member":1}', world.identity("anna")),
        ),
    }
    for name, (about, signed) in shapes.items():
        yield ask(name, about, signed, "encoding")
