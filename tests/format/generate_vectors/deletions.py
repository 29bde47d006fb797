# SPDX-License-Identifier: EUPL-1.2
"""The reporter's deletion of the mailbox (FORMAT.md section 7.7)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import blobs, raw, world
from format.generate_vectors.entries import NEW_COMMITTEE, REPLY_TO, SIGN
from format.generate_vectors.reports import OTHER_DESK_ID, OTHER_LOG
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import LOG, LOG_ID, TODAY, Json

TYPE = "meldkluis/deletion/v1"
NEW_LOGIN = raw.b64(raw.public(NEW_COMMITTEE))
REPLY = raw.frame(world.meta(), raw.age_file("deleted reply", b"", [REPLY_TO]))
BEFORE = [
    raw.frame(world.meta(open=world.opening()), b"a report", b"a state"),
    raw.frame(world.meta(committee_login=NEW_LOGIN), raw.age_file("kept grant", b"", [world.epoch_seed("anna")])),
    REPLY,
    raw.frame(world.meta(), b"a message", b"a state"),
    REPLY,
]
"""Report, grant, reply, message, reply: what shows of them, because no more matters here."""
OF = [3, 5]
SEQ = len(BEFORE) + 1


def head_after(frames: list[bytes]) -> bytes:
    found = bytes(32)
    for place, one in enumerate(frames, 1):
        found = raw.head(LOG_ID, place, found, one)
    return found


PREV = head_after(BEFORE)


def deletion(**changes: Any) -> Json:
    shown = {"v": 1, "desk": world.DESK, "log": LOG, "seq": SEQ, "prev": raw.b64(PREV), "day": TODAY, "of": OF}
    return shown | changes


def signed(payload: Json, private: bytes = SIGN, kind: str = TYPE) -> bytes:
    return raw.compact(raw.statement(kind, raw.compact(payload), private))


def frame(payload: Json, private: bytes = SIGN, kind: str = TYPE, **changes: Any) -> bytes:
    return raw.frame(world.meta(**changes), signed(payload, private, kind))


USUAL = frame(deletion())


def ask(found: bytes, before: list[bytes] | None = None, **changes: Any) -> Json:
    shown = {
        "desk": world.DESK,
        "log": LOG,
        "seq": SEQ,
        "prev": raw.b64(PREV),
        "sign_key": raw.b64(raw.public(SIGN)),
        "before": [raw.b64(one) for one in before or BEFORE],
        "frame": raw.b64(found),
    }
    return shown | changes


def gone(*places: int) -> list[bytes]:
    """Return the entries before it, with the hash in the place of some."""
    return [raw.sha256(one) if place in places else one for place, one in enumerate(BEFORE, 1)]


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from accepted()
    yield from shapes()
    yield from bindings()
    yield from named()
    yield from written()


def accepted() -> Iterator[Vector]:
    result = {"of": OF, "day": TODAY}
    yield Vector("deletion-ok", "before the replies are gone", "deletion", ask(USUAL), result=result)
    yield Vector("deletion-gone", "after the replies are gone", "deletion", ask(USUAL, gone(3, 5)), result=result)
    one_gone = ask(USUAL, gone(5))
    yield Vector("deletion-one-gone", "one reply read before it went", "deletion", one_gone, result=result)
    prev = raw.b64(head_after(BEFORE[:1]))
    none = frame(deletion(seq=2, prev=prev, of=[]))
    inputs = ask(none, BEFORE[:1], seq=2, prev=prev)
    result = {"of": [], "day": TODAY}
    yield Vector("deletion-no-reply", "a mailbox without a reply", "deletion", inputs, result=result)


def refused(name: str, about: str, layer: str, found: bytes, **changes: Any) -> Vector:
    return Vector(f"deletion-{name}", about, "deletion", ask(found, **changes), layer)


def shapes() -> Iterator[Vector]:
    cases: dict[str, tuple[str, Json]] = {
        "ground": ("a key with room for words", {"ground": "geen zin meer"}),
        "author": ("a key of committee's entries", {"author": None}),
        "of-order": ("places in another order", {"of": [5, 3]}),
        "of-twice": ("a place twice", {"of": [3, 3, 5]}),
        "of-zero": ("a place before the first", {"of": [0, 3, 5]}),
        "of-text": ("a place as text", {"of": ["3", "5"]}),
        "of-null": ("no list", {"of": None}),
        "prev-null": ("nothing before it", {"prev": None}),
        "day-time": ("an hour", {"day": f"{TODAY}T12:00"}),
        "version": ("another version", {"v": 2}),
    }
    for name, (about, change) in cases.items():
        yield refused(name, about, "encoding", frame(deletion(**change)))
    two = raw.frame(world.meta(), signed(deletion()), b"a state")
    yield refused("two-parts", "a state beside it", "encoding", two)
    yield refused("sealed", "an envelope in its place", "encoding", REPLY)


def bindings() -> Iterator[Vector]:
    yield refused("forged", "signed with another key", "signature", frame(deletion(), raw.seed("stranger")))
    login = world.derived(world.REPORTER, "login")
    yield refused("login", "signed with the login key", "signature", frame(deletion(), login))
    typed = frame(deletion(), kind="meldkluis/message/v1")
    yield refused("other-type", "signed as a message", "signature", typed)
    cases: dict[str, tuple[str, Json]] = {
        "other-desk": ("another desk", {"desk": raw.b32(OTHER_DESK_ID)}),
        "other-log": ("another mailbox", {"log": OTHER_LOG}),
        "seq": ("another number", {"seq": SEQ + 1}),
        "prev": ("another history", {"prev": raw.b64(bytes(32))}),
    }
    for name, (about, change) in cases.items():
        yield refused(name, about, "binding", frame(deletion(**change)))
    claims = [blobs.claim()]
    yield refused("claims", "a frame that claims a blob", "binding", frame(deletion(), claims=claims))
    key = raw.b64(raw.public(raw.seed("stranger")))
    yield refused("sets-login", "a frame that sets a login", "binding", frame(deletion(), committee_login=key))


def named() -> Iterator[Vector]:
    cases: dict[str, tuple[str, list[int]]] = {
        "names-report": ("it names the report", [1, 3, 5]),
        "names-grant": ("it names a grant", [2, 3, 5]),
        "names-message": ("it names an entry of the reporter", [3, 4, 5]),
        "names-itself": ("it names itself", [3, 5, SEQ]),
        "leaves-out": ("it leaves a reply out", [3]),
        "names-none": ("it names nothing", []),
    }
    for name, (about, of) in cases.items():
        yield refused(name, about, "binding", frame(deletion(of=of)))
    yield Vector("deletion-more-gone", "a message is gone as well", "deletion", ask(USUAL, gone(3, 4, 5)), "binding")
    first = ask(frame(deletion(of=[1, 3, 5])), gone(1, 3, 5))
    yield Vector("deletion-first-gone", "the report is named and gone", "deletion", first, "binding")
    shared = raw.frame(
        world.meta(), raw.age_file("shared", b"", [world.epoch_seed(member) for member in ("anna", "carla")])
    )
    both = [*BEFORE[:4], shared]
    inputs = ask(frame(deletion()), both)
    yield Vector("deletion-names-members", "it names an envelope to two members", "deletion", inputs, "binding")


def written() -> Iterator[Vector]:
    inputs = {
        "root": world.REPORTER.hex(),
        "desk": world.DESK,
        "seq": SEQ,
        "prev": raw.b64(PREV),
        "day": TODAY,
        "of": OF,
    }
    result = {"frame": raw.b64(USUAL)}
    yield Vector("deletion-written", "as the reporter writes it", "deletion_written", inputs, result=result)
