# SPDX-License-Identifier: EUPL-1.2
"""Log ids, heads, frames and the reporter's words (FORMAT.md sections 2, 4.1, 4.2 and 8)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import raw, world
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import Json

CASE_LOGIN = raw.public(raw.seed("case login"))


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from ids()
    yield from heads()
    yield from frames()
    yield from frame_shapes()
    yield from addresses()
    yield from phrases()
    yield from mailboxes()


def ids() -> Iterator[Vector]:
    login = raw.public(world.derived(world.REPORTER, "login"))
    cases = {
        "mailbox": (login, world.commitment()),
        "case": (CASE_LOGIN, bytes(32)),
        "desk": (bytes(32), bytes(32)),
    }
    for kind, (key, committed) in cases.items():
        inputs = {"kind": kind, "desk": world.DESK, "login": raw.b64(key), "commitment": raw.b64(committed)}
        result = {"log": raw.b32(world.log_id(kind, key, committed))}
        yield Vector(f"log-id-{kind}", f"known answer: a {kind} log", "log_id", inputs, result=result)


def heads() -> Iterator[Vector]:
    for seq, prev in ((1, bytes(32)), (2, raw.seed("head")), (2**32, raw.seed("head"))):
        entry = b"frame"
        inputs = {"log": world.LOG, "seq": seq, "prev": raw.b64(prev), "frame_hash": raw.b64(raw.sha256(entry))}
        result = {"head": raw.b64(raw.head(world.LOG_ID, seq, prev, entry))}
        yield Vector(f"head-{seq}", "known answer", "head", inputs, result=result)


def ask(data: bytes, log: str = world.LOG) -> Json:
    return {"frame": raw.b64(data), "log": log}


def good(name: str, about: str, shown: Json, *parts: bytes) -> Vector:
    data = raw.frame(shown, *parts)
    result = {"meta": shown, "parts": [raw.b64(part) for part in parts], "hash": raw.b64(raw.sha256(data))}
    return Vector(f"frame-{name}", about, "frame", ask(data, shown["log"]), result=result)


def case_meta(**changes: Any) -> Json:
    log = raw.b32(world.log_id("case", CASE_LOGIN, bytes(32)))
    shown = world.opening(kind="case", login=raw.b64(CASE_LOGIN), commitment=raw.b64(bytes(32)), committee_login=None)
    return world.meta(log=log, open=shown | changes)


def frames() -> Iterator[Vector]:
    yield good("later", "a later entry", world.meta(), b"part")
    yield good("four-parts", "four parts, one of them empty", world.meta(), b"1", b"", b"3", b"4")
    yield good("opening", "the first entry of a mailbox", world.meta(open=world.opening()), b"report", b"state")
    yield good("case-opening", "the first entry of a case log", case_meta(), b"entry")
    yield good("committee-login", "a new committee login", world.meta(committee_login=raw.b64(CASE_LOGIN)), b"grant")
    claims = [{"blob": raw.b32(raw.seed("blob")[:20]), "size": 20_000}]
    yield good("claims", "an attachment is announced", world.meta(claims=claims), b"part")
    other = raw.b32(raw.seed("other log")[:20])
    bound: dict[str, tuple[str, Json]] = {
        "other-log": ("a frame of another log", ask(raw.frame(world.meta(), b"part"), other)),
        "id-of-other-keys": (
            "an id that does not follow from its login key",
            ask(raw.frame(world.meta(open=world.opening(login=raw.b64(CASE_LOGIN))), b"", b"")),
        ),
        "id-of-other-desk": (
            "an id of another desk",
            ask(raw.frame(world.meta(open=world.opening(desk=raw.b32(bytes(16)))), b"", b"")),
        ),
        "id-of-other-kind": (
            "a mailbox's id for a case log",
            ask(raw.frame(world.meta(open=world.opening(kind="case", committee_login=None)), b"")),
        ),
    }
    for name, (about, inputs) in bound.items():
        yield Vector(f"frame-{name}", about, "frame", inputs, "binding")
    committed = raw.seed("commitment")
    log = raw.b32(world.log_id("case", CASE_LOGIN, committed))
    shown = case_meta(commitment=raw.b64(committed)) | {"log": log}
    about = "a case log with a commitment, though its id follows"
    yield Vector("frame-case-commitment", about, "frame", ask(raw.frame(shown, b""), log), "binding")


def frame_shapes() -> Iterator[Vector]:
    whole = raw.frame(world.meta(), b"part one", b"part two")
    later, opening = world.meta(), world.opening()
    blob = raw.b32(raw.seed("blob")[:20])
    data: dict[str, tuple[str, bytes]] = {
        "empty": ("no bytes", b""),
        "cut-in-meta": ("cut off inside meta", whole[:20]),
        "cut-in-part": ("cut off inside a part", whole[:-1]),
        "cut-in-length": ("cut off inside a length", whole + b"\0\0\0"),
        "no-part": ("meta alone", raw.frame(later)),
        "five-parts": ("five parts", raw.frame(later, b"1", b"2", b"3", b"4", b"5")),
        "length-too-large": ("a length beyond the end", whole[:-12] + b"\xff\xff\xff\xff" + whole[-8:]),
        "meta-list": ("meta is a list", raw.frame([], b"part")),
        "meta-key-too-many": ("a key that the format does not name", raw.frame(later | {"ip": "x"}, b"part")),
        "meta-version": ("an unknown version", raw.frame(later | {"v": 2}, b"part")),
        "meta-log-short": ("a log id of 16 bytes", raw.frame(world.meta(log=world.DESK), b"part")),
        "meta-claims-null": ("null for a list", raw.frame(later | {"claims": None}, b"part")),
        "meta-claim-text": ("a text for a size", raw.frame(world.meta(claims=[{"blob": blob, "size": "1"}]), b"part")),
        "opening-kind": ("an unknown kind of log", raw.frame(later | {"open": opening | {"kind": "inbox"}}, b"")),
        "opening-without-committee": (
            "a mailbox without a committee login",
            raw.frame(later | {"open": opening | {"committee_login": None}}, b""),
        ),
        "case-with-committee": (
            "a case log with a committee login",
            raw.frame(case_meta(committee_login=raw.b64(CASE_LOGIN)), b""),
        ),
        "opening-key-short": ("31 bytes of login key", raw.frame(later | {"open": opening | {"login": "A" * 42}}, b"")),
        "opening-two-logins": (
            "an opening with a second committee login",
            raw.frame(later | {"open": opening, "committee_login": raw.b64(CASE_LOGIN)}, b""),
        ),
    }
    for name, (about, frame) in data.items():
        yield Vector(f"frame-{name}", about, "frame", ask(frame), "encoding")


def addresses() -> Iterator[Vector]:
    for language in ("nl", "en"):
        words = world.word_list(language)
        for name, desk_id in {"ok": world.DESK_ID, "zero": bytes(16), "largest": b"\xff" * 16}.items():
            number = int.from_bytes(desk_id, "big")
            spoken = [words[number // 7776 ** (9 - place) % 7776] for place in range(10)]
            desk = raw.b32(desk_id)
            about = "known answer"
            given: Json = {"desk": desk, "language": language}
            yield Vector(f"desk-words-{language}-{name}", about, "desk_words", given, result={"words": spoken})
            given = {"words": spoken, "language": language}
            yield Vector(f"desk-from-words-{language}-{name}", about, "desk_from_words", given, result={"desk": desk})
    words = world.word_list("nl")
    number = 2**128
    over = [words[number // 7776 ** (9 - place) % 7776] for place in range(10)]
    refused = {
        "too-large": ("2^128", over),
        "last-words": ("ten times the last word", [words[-1]] * 10),
        "nine": ("nine words", over[1:]),
        "eleven": ("eleven words", [words[0], *over]),
        "unknown": ("a word of no list", [*over[1:], "xyzzyx"]),
    }
    for name, (about, spoken) in refused.items():
        given = {"words": spoken, "language": "nl"}
        yield Vector(f"desk-from-words-{name}", about, "desk_from_words", given, "words")


def phrases() -> Iterator[Vector]:
    for language in ("nl", "en"):
        words = world.pick(language, "phrase")
        yield phrase(f"ok-{language}", "eight words", " ".join(words), words)
    words = world.pick("nl", "phrase")
    accented = [word.replace("e", "\u00e9").replace("o", "o\u0308") for word in words]
    forms = {
        "capitals": ("capitals", " ".join(words).upper()),
        "numbered": ("numbered and on lines", "\r\n".join(f"{n}. {word}," for n, word in enumerate(words, 1))),
        "spaces": ("tabs and a no-break space", "\t " + "\u00a0 ".join(words) + " \n"),
        "accents": ("accents, composed and not", " ".join(accented)),
        "full-width": ("full-width letters", " ".join("".join(chr(ord(c) + 0xFEE0) for c in word) for word in words)),
        "hyphens": ("hyphens", "-".join(words)),
    }
    for name, (about, text) in forms.items():
        yield phrase(name, about, text, words)
    english = world.pick("en", "phrase")
    refused: dict[str, tuple[str, list[str], int | None]] = {
        "seven": ("seven words", words[:7], None),
        "nine": ("nine words", [*words, words[0]], None),
        "none": ("no words", [], None),
        "unknown": ("the third word is in no list", [*words[:2], "xyzzyx", *words[3:]], 3),
        "two-unknown": ("the fourth and the eighth word are in no list", [*words[:3], "qqq", *words[4:7], "zzz"], 4),
        "mixture": ("seven Dutch words and an English one", [*words[:4], english[0], *words[5:]], 5),
        "mixture-english": ("seven English words and a Dutch one", [words[0], *english[1:]], 1),
        "mixture-halves": ("four words of each list: the Dutch list counts", [*words[:4], *english[4:]], 5),
        "glued": ("two words written as one", ["".join(words[:2]), *words[2:], words[0]], 1),
    }
    for name, (about, said, place) in refused.items():
        yield Vector(f"words-{name}", about, "words", {"text": " ".join(said)}, "words", {"place": place})


def phrase(name: str, about: str, text: str, words: list[str]) -> Vector:
    return Vector(f"words-{name}", about, "words", {"text": text}, result={"words": words})


def mailboxes() -> Iterator[Vector]:
    other = raw.h("desk-id", raw.public(raw.seed("foreign root")))[:16]
    english = world.pick("en", "reporter")
    cases = {
        "ok": (world.WORDS, world.DESK_ID),
        "other-desk": (world.WORDS, other),
        "other-words": (english, world.DESK_ID),
    }
    for name, (words, desk_id) in cases.items():
        root = world.stretch(words, desk_id)
        result = {
            "root": root.hex(),
            "login_seed": world.derived(root, "login").hex(),
            "sign_seed": world.derived(root, "sign").hex(),
            "identity_seed": world.derived(root, "reply-to").hex(),
            **world.keys(root),
            "commitment": raw.b64(world.commitment(root)),
            "log": raw.b32(world.mailbox(root, desk_id)),
        }
        inputs = {"words": words, "desk": raw.b32(desk_id)}
        yield Vector(f"mailbox-{name}", "known answer", "mailbox", inputs, result=result)
