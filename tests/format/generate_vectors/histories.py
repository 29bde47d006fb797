# SPDX-License-Identifier: EUPL-1.2
"""Histories of a desk: its documents, and the epochs for each (FORMAT.md section 6.6)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from format.generate_vectors import raw, world
from format.generate_vectors.desks import OTHER_DESK, SECOND, THIRD, succession
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import DOCUMENT, TODAY, Json

NEXT = {"anna": world.epoch("anna", seal_from="2026-12-15", seal_until="2027-01-10", destroy_at="2027-02-01")}


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from accepted()
    yield from links()
    yield from roots()
    yield from shapes()


def follower(before: bytes, version: int, **changes: Any) -> bytes:
    """Return the document that follows on another, with changes."""
    return world.document(**{"version": version, "previous": raw.b64(raw.sha256(before)), **changes})


def under(root: bytes) -> str:
    return raw.b64(raw.public(root))


def history(documents: Sequence[Json], epochs: Sequence[Json] = (), **changes: Any) -> Json:
    shown = {"v": 1, "day": TODAY, "successions": [], "documents": [*documents], "epochs": [*epochs]}
    return shown | changes


def ask(shown: Json, day: str = TODAY) -> Json:
    return {"desk": world.DESK, "history": world.text(shown), "day": day}


def good(name: str, about: str, asked: Json, found: Mapping[bytes, Sequence[bytes]], versions: Sequence[int]) -> Vector:
    result = {
        "versions": [*versions],
        "hashes": [raw.b64(raw.sha256(payload)) for payload in found],
        "epochs": [sorted(raw.b64(raw.sha256(epoch)) for epoch in epochs) for epochs in found.values()],
    }
    return Vector(f"history-{name}", about, "history", asked, result=result)


def refused(name: str, about: str, shown: Json, layer: str = "desk", day: str = TODAY) -> Vector:
    return Vector(f"history-{name}", about, "history", ask(shown, day), layer)


SECOND_DOCUMENT = follower(DOCUMENT, 2)
THIRD_DOCUMENT = follower(SECOND_DOCUMENT, 3)
SIGNED = [world.signed_document(payload) for payload in (DOCUMENT, SECOND_DOCUMENT, THIRD_DOCUMENT)]


def accepted() -> Iterator[Vector]:
    first = [world.signed_epoch(member, payload) for member, payload in world.EPOCHS.items()]
    renewed = [world.signed_epoch(member, payload) for member, payload in NEXT.items()]
    again = {member: world.epoch(member, SECOND_DOCUMENT, desk_version=2) for member in ("anna", "bram")}
    second = [world.signed_epoch(member, payload) for member, payload in again.items()]
    every = {DOCUMENT: [*world.EPOCHS.values(), *NEXT.values()], SECOND_DOCUMENT: [*again.values()]}
    mixed = [second[0], *first, *renewed, second[1]]
    yield good(
        "ok", "two documents, epochs of both, also replaced ones", ask(history(SIGNED[:2], mixed)), every, [1, 2]
    )
    late = ask(history(SIGNED[:2], mixed), "2028-01-01")
    yield good("expired", "both documents have expired: what was sealed stays", late, every, [1, 2])
    apart = ask(history([SIGNED[0], SIGNED[2]], first))
    found: dict[bytes, Sequence[bytes]] = {DOCUMENT: [*world.EPOCHS.values()], THIRD_DOCUMENT: []}
    yield good("version-missing", "version 2 is not there", apart, found, [1, 3])
    forged = raw.statement("meldkluis/epoch/v1", world.EPOCHS["bram"], world.identity("anna"))
    stray = world.signed_epoch("carla", world.epoch("carla", THIRD_DOCUMENT, desk_version=3))
    broken = raw.statement("meldkluis/epoch/v1", b'{"desk_hash":1}', world.identity("anna"))
    shown = ask(history(SIGNED[:1], [first[0], forged, stray, broken, first[2]]))
    kept = {DOCUMENT: [world.EPOCHS["anna"], world.EPOCHS["carla"]]}
    yield good("refused-epochs", "epochs that are refused or of no document are left out", shown, kept, [1])
    handed = follower(DOCUMENT, 2, root=under(SECOND))
    signed = [SIGNED[0], world.signed_document(handed, SECOND)]
    shown = ask(history(signed, first, successions=[succession(world.ROOT, SECOND)]))
    found = {DOCUMENT: [*world.EPOCHS.values()], handed: []}
    yield good("succession", "the second document is of the second root", shown, found, [1, 2])


def links() -> Iterator[Vector]:
    yield refused("none", "no document", history([]))
    yield refused("order", "the newest first", history(SIGNED[1::-1]))
    yield refused("twice", "one version twice", history([SIGNED[0], SIGNED[0]]))
    other = world.signed_document(follower(world.document(contact="x"), 2))
    yield refused("other-previous", "version 2 does not follow from this version 1", history([SIGNED[0], other]))
    unlinked = world.signed_document(world.document(version=2))
    yield refused("previous-missing", "version 2 names no predecessor", history([SIGNED[0], unlinked]))
    yield refused("not-issued", "the day before it is issued", history(SIGNED[:1]), day="2026-10-31")


def roots() -> Iterator[Vector]:
    foreign = raw.seed("foreign root")
    own = world.signed_document(follower(DOCUMENT, 2, root=under(foreign)), foreign)
    yield refused("other-root", "the second document is of a server's own root", history([SIGNED[0], own]))
    own = world.signed_document(world.document(root=under(foreign)), foreign)
    yield refused("first-root", "a server's own root under the desk's address", history([own]))
    named = world.signed_document(world.document(desk=OTHER_DESK))
    yield refused("other-desk", "a document of another desk", history([named]))
    forged = world.signed_document(SECOND_DOCUMENT, foreign)
    yield refused("other-signer", "not signed by its root", history([SIGNED[0], forged]), "signature")
    steps = [succession(world.ROOT, SECOND), succession(SECOND, THIRD)]
    yield refused("old-root-goes-on", "the replaced root signed the newest", history(SIGNED[:2], successions=steps[:1]))
    second = follower(DOCUMENT, 2, root=under(SECOND))
    back = world.signed_document(follower(second, 3))
    last = world.signed_document(follower(follower(second, 3), 4, root=under(SECOND)), SECOND)
    shown = history([SIGNED[0], world.signed_document(second, SECOND), back, last], successions=steps[:1])
    yield refused("root-goes-back", "the replaced root signed a document between two of its successor", shown)
    past = world.signed_document(world.document(contact="whoever found the old root"))
    far = world.signed_document(follower(second, 3, root=under(SECOND)), SECOND)
    about = "a past that a replaced root signed, and no next version that names its hash"
    yield refused("rewritten-past", about, history([past, far], successions=steps[:1]))
    forged = succession(world.ROOT, SECOND, SECOND)
    shown = history([world.signed_document(world.document(root=under(SECOND)), SECOND)], successions=[forged])
    yield refused("succession-forged", "signed by the successor itself", shown, "signature")


def shapes() -> Iterator[Vector]:
    yield refused("version", "a history of version 2", history(SIGNED[:1], v=2), "encoding")
    yield refused("key-too-many", "a bundle's key beside", history(SIGNED[:1], document=SIGNED[0]), "encoding")
    yield refused("bundle", "a bundle is no history", world.bundle(), "encoding")
