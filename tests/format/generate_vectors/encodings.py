# SPDX-License-Identifier: EUPL-1.2
"""Text, JSON, fields, the labelled hash, padding and statements (FORMAT.md sections 1, 3 and 4.3)."""

import json
import struct
from collections.abc import Iterator
from typing import Any

from format.generate_vectors import edwards, raw
from format.generate_vectors.vector import Vector


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from base64url()
    yield from base32()
    yield from json_texts()
    yield from json_numbers_and_depth()
    yield from fields()
    yield from hashes()
    yield from padding()
    yield from statements()
    yield from signatures()


def base64url() -> Iterator[Vector]:
    data = bytes(range(250, 256)) + b"Meld"
    yield Vector("b64-ok", "the URL alphabet, without padding", "b64", ask(raw.b64(data)), result={"hex": data.hex()})
    refused = {
        "padding": ("text ends in =", ask("AA==")),
        "standard-alphabet": ("plus sign and slash of the standard alphabet", ask("+/8A")),
        "bits-left-over": ("the last letter has bits that no byte takes", ask("AB")),
        "lone-letter": ("one letter more than whole bytes need", ask("AAAAA")),
        "space": ("a line end after the text", ask("AAAA\n")),
        "other-size": ("three bytes where four are required", ask("AAAA", 4)),
    }
    for name, (about, inputs) in refused.items():
        yield Vector(f"b64-{name}", about, "b64", inputs, "encoding")


def ask(text: str, size: int | None = None) -> dict[str, Any]:
    return {"text": text, "size": size}


def base32() -> Iterator[Vector]:
    data = raw.seed("b32")[:16]
    yield Vector("b32-ok", "lower case, without padding", "b32", ask(raw.b32(data), 16), result={"hex": data.hex()})
    refused = {
        "upper-case": ("upper case", ask(raw.b32(data).upper(), 16)),
        "padding": ("text ends in =", ask(raw.b32(data) + "======")),
        "bits-left-over": ("the last letter has bits that no byte takes", ask("ab")),
        "foreign-digit": ("the digit 1 is not in the alphabet", ask("aaaaaaa1")),
        "other-size": ("15 bytes where 16 are required", ask(raw.b32(data[:15]), 16)),
    }
    for name, (about, inputs) in refused.items():
        yield Vector(f"b32-{name}", about, "b32", inputs, "encoding")


def json_vector(name: str, about: str, data: bytes, *, refused: bool = True) -> Vector:
    result = None if refused else {"value": json.loads(data)}
    return Vector(f"json-{name}", about, "json", {"bytes": raw.b64(data)}, "encoding" if refused else "ok", result)


def json_texts() -> Iterator[Vector]:
    text = '{"a": "é \\u00e9 \\ud83d\\ude00 \\n", "B": [null, true, {}]}\r\n\t'
    yield json_vector("ok", "escapes, a surrogate pair, white space around", text.encode(), refused=False)
    refused = {
        "byte-order-mark": ("a byte order mark first", b"\xef\xbb\xbf{}"),
        "not-utf-8": ("Latin-1", b'{"a":"\xe9"}'),
        "surrogate-in-utf-8": ("a surrogate as UTF-8 bytes", b'{"a":"\xed\xa0\x80"}'),
        "lone-surrogate": ("an escaped surrogate without its pair", b'{"a":"\\ud800"}'),
        "lone-surrogate-in-key": ("the same, in a key", b'{"\\udc00":1}'),
        "duplicate-key": ("one key twice", b'{"a":1,"a":1}'),
        "duplicate-key-escaped": ("one key twice, once with an escape", b'{"a":1,"\\u0061":2}'),
        "duplicate-key-below": ("one key twice, deep inside", b'{"a":[{"b":1,"c":2,"b":1}]}'),
        "trailing-comma": ("a comma before the end", b'{"a":1,}'),
        "two-values": ("something after the value", b"{} {}"),
        "empty": ("no bytes", b""),
        "control-character": ("a raw line end in a text", b'{"a":"\n"}'),
        "comment": ("a comment", b"{} // note"),
        "single-quotes": ("single quotes", b"{'a':1}"),
        "foreign-space": ("a no-break space between two tokens", '{\u00a0"a":1}'.encode()),
    }
    for name, (about, data) in refused.items():
        yield json_vector(name, about, data)


def json_numbers_and_depth() -> Iterator[Vector]:
    largest = f"[0,{2**53 - 1}]".encode()
    yield json_vector("integers", "the smallest and the largest integer", largest, refused=False)
    numbers = {
        "fraction": "1.0",
        "exponent": "1e2",
        "negative": "-1",
        "minus-zero": "-0",
        "too-large": str(2**53),
        "far-too-large": "9" * 5000,
        "not-a-number": "NaN",
        "infinity": "Infinity",
        "leading-zero": "01",
        "plus-sign": "+1",
    }
    for name, number in numbers.items():
        yield json_vector(f"number-{name}", f"a number: {name.replace('-', ' ')}", f'{{"a":{number}}}'.encode())
    yield json_vector("depth-16", "16 lists, one in another", b"[" * 16 + b"]" * 16, refused=False)
    yield json_vector("depth-17", "17 lists, one in another", b"[" * 17 + b"]" * 17)
    yield json_vector("depth-17-mixed", "17 lists and objects", b'[{"a":' * 8 + b"[0]" + b"}]" * 8)
    yield json_vector("depth-bomb", "20,000 lists opened", b"[" * 20_000)


def fields() -> Iterator[Vector]:
    good: list[tuple[str, Any]] = [
        ("day", "2028-02-29"),
        ("member_id", "a" + "-9" * 15 + "z"),
        ("language", "zh-hant"),
        ("name", "a_1"),
        ("texts", {"nl": "ja", "en-gb": ""}),
        ("text", "a text"),
        ("integer", 0),
    ]
    for reader, value in good:
        inputs = {"reader": reader, "value": value, "times": 1}
        yield Vector(f"field-{reader}-ok", f"a good {reader}", "field", inputs, result={})
    inputs = {"reader": "text", "value": "é", "times": 100_000}
    yield Vector("field-text-200000-bytes", "the longest text", "field", inputs, result={})
    about = "a text: 200,002 bytes of UTF-8, though fewer letters"
    yield Vector("field-text-too-long", about, "field", inputs | {"times": 100_001}, "encoding")
    refused: list[tuple[str, str, Any, str]] = [
        ("day", "does-not-exist", "2026-02-29", "2026 is no leap year"),
        ("day", "year-zero", "0000-01-01", "the calendar has no year 0"),
        ("day", "basic-format", "20261122", "without hyphens"),
        ("day", "week", "2026-W47-7", "a week date"),
        ("day", "time", "2026-11-22T00:00", "finer than a day"),
        ("day", "foreign-digits", "\uff12\uff10\uff12\uff16-11-22", "full-width digits"),
        ("day", "line-end", "2026-11-22\n", "a line end after it"),
        ("day", "number", 20261122, "a number"),
        ("member_id", "upper-case", "Anna", "upper case"),
        ("member_id", "too-long", "a" * 33, "33 letters"),
        ("member_id", "digit-first", "1a", "a digit first"),
        ("member_id", "line-end", "anna\n", "a line end after it"),
        ("language", "upper-case", "nl-NL", "upper case"),
        ("language", "one-letter", "n", "one letter"),
        ("name", "prototype", "__proto__", "a name that JavaScript objects have already"),
        ("name", "too-long", "a" * 65, "65 letters"),
        ("texts", "no-language", {}, "no language at all"),
        ("texts", "list", ["ja"], "a list"),
        ("texts", "value-null", {"nl": None}, "null for a text"),
        ("text", "lone-surrogate", "\ud800", "half a character"),
        ("text", "null", None, "null"),
        ("integer", "boolean", True, "a boolean"),
        ("integer", "text", "1", "a text"),
    ]
    for reader, name, value, about in refused:
        inputs = {"reader": reader, "value": value, "times": 1}
        yield Vector(f"field-{reader}-{name}", f"a {reader}: {about}", "field", inputs, "encoding")


def hashes() -> Iterator[Vector]:
    cases = {
        "no-parts": ("example", []),
        "one-part": ("example", [b"ab"]),
        "two-parts": ("example", [b"a", b"b"]),
        "empty-part": ("example", [b"ab", b""]),
        "other-label": ("example-2", [b"ab"]),
    }
    for name, (label, parts) in cases.items():
        inputs = {"label": label, "parts": [part.hex() for part in parts]}
        about = "known answer; moving a byte between parts or labels gives another hash"
        yield Vector(f"hash-{name}", about, "hash", inputs, result={"hex": raw.h(label, *parts).hex()})


def padding() -> Iterator[Vector]:
    for length in (4, 9, 16, 1000, 4096, 16384, 16385, 20000, 65537, 1_000_000, 2**30 + 1):
        yield known_length(str(length), length, 0, raw.padme(length))
    yield known_length("floor", 4, 16384, 16384)
    said = b'{"example":1}'
    good = raw.padded(said)
    yield padded("ok", "a statement and zeros", good, said)
    yield padded("empty", "no statement, as in an attachment without bytes", bytes(16384), b"")
    yield padded("state-floor", "the floor of a state", raw.padded(said, 4096), said, floor=4096)
    long = b"x" * 20_000
    yield padded("above-floor", "a statement above the floor", raw.padded(long), long)
    refused = {
        "one-byte-short": ("one byte less", good[:-1]),
        "one-byte-long": ("one zero more", good + b"\0"),
        "next-bucket": ("zeros up to the next size", good + bytes(1024)),
        "above-floor-unpadded": ("long content without padding", struct.pack(">I", 20_001) + b"x" * 20_001),
        "last-byte": ("the last byte is not zero", good[:-1] + b"\1"),
        "first-byte": ("the first byte of padding is not zero", good[:17] + b"\1" + good[18:]),
        "length-too-large": ("a length beyond the end", struct.pack(">I", 2**32 - 1) + good[4:]),
        "too-short": ("three bytes", good[:3]),
        "nothing": ("no bytes", b""),
        "state-floor": ("the floor of a state, where that of a report is required", raw.padded(said, 4096)),
    }
    for name, (about, plaintext) in refused.items():
        yield padded(f"refused-{name}", about, plaintext, None)


def known_length(name: str, length: int, floor: int, expected: int) -> Vector:
    inputs = {"length": length, "floor": floor}
    about = "known answer of Padmé with this floor"
    return Vector(f"padded-length-{name}", about, "padded_length", inputs, result={"length": expected})


def padded(name: str, about: str, plaintext: bytes, said: bytes | None, floor: int = 16384) -> Vector:
    inputs = {"plaintext": raw.b64(plaintext), "floor": floor, "file_size": 0}
    expect = "ok" if said is not None else "payload"
    result = None if said is None else {"statement": raw.b64(said), "file": ""}
    return Vector(f"padding-{name}", about, "padding", inputs, expect, result)


KIND = "meldkluis/example/v1"
SIGNER = raw.seed("statement signer")
PAYLOAD = b'{ "v":1,\n"text":"as it was made, spaces and all" }'


def statement_vector(name: str, about: str, text: bytes, expect: str, key: bytes | None = None) -> Vector:
    key = raw.public(SIGNER) if key is None else key
    inputs = {"statement": text.decode(), "type": KIND, "key": raw.b64(key)}
    result = {"payload": raw.b64(PAYLOAD)} if expect == "ok" else None
    return Vector(f"statement-{name}", about, "statement", inputs, expect, result)


def statements() -> Iterator[Vector]:
    good = raw.statement(KIND, PAYLOAD, SIGNER)
    yield statement_vector("ok", "the payload's bytes are kept as they were made", raw.compact(good), "ok")
    forms: dict[str, tuple[str, Any]] = {
        "key-too-many": ("a fourth key", good | {"keyid": "x"}),
        "key-missing": ("no signature", {"type": KIND, "payload": good["payload"]}),
        "payload-padded": ("base64 with padding", good | {"payload": good["payload"] + "="}),
        "signature-short": ("63 bytes of signature", good | {"sig": raw.b64(bytes(63))}),
        "list": ("a list", [good]),
        "type-number": ("a number for a type", good | {"type": 1}),
    }
    for name, (about, value) in forms.items():
        yield statement_vector(name, about, raw.compact(value), "encoding")
    other = raw.statement("meldkluis/other/v1", PAYLOAD, SIGNER)
    changed = raw.b64(PAYLOAD.replace(b"made", b"Made"))
    refused: dict[str, tuple[str, Any]] = {
        "other-type": ("signed for another type", other),
        "type-changed": ("signed for another type, which was changed afterwards", other | {"type": KIND}),
        "payload-changed": ("one letter changed", good | {"payload": changed}),
        "payload-bare": (
            "signed without the pre-authentication encoding",
            good | {"sig": raw.b64(raw.sign(SIGNER, PAYLOAD))},
        ),
        "other-key": ("signed with another key", raw.statement(KIND, PAYLOAD, raw.seed("another signer"))),
    }
    for name, (about, value) in refused.items():
        yield statement_vector(name, about, raw.compact(value), "signature")


def signatures() -> Iterator[Vector]:
    """Yield signatures that a careless equation takes for good."""
    good = raw.statement(KIND, PAYLOAD, SIGNER)
    signature = raw.sign(SIGNER, raw.dsse(KIND, PAYLOAD))
    second = int.from_bytes(signature[32:], "little") + raw.ORDER
    large = signature[:32] + second.to_bytes(32, "little")
    yield statement_vector("s-too-large", "S plus the order of the group", with_sig(good, large), "signature")
    scalar = edwards.scalar(SIGNER)
    point = raw.public(SIGNER)
    for name, key in edwards.SMALL_ORDER.items():
        about = f"a key of small order ({name}), for which R = S B is a signature of anything"
        text = with_sig(good, point + (scalar % raw.ORDER).to_bytes(32, "little"))
        yield statement_vector(f"small-order-{name}", about, text, "signature", key)
    twisted = edwards.sign_with_torsion(SIGNER, raw.dsse(KIND, PAYLOAD))
    about = "R with a component of small order: good by the equation with the cofactor, not by the one without"
    yield statement_vector("torsion-in-r", about, with_sig(good, twisted), "signature")
    neutral = edwards.signature(edwards.IDENTITY, 0, point, SIGNER, raw.dsse(KIND, PAYLOAD))
    about = "an R that is the neutral point: good by the equation, and refused by libsodium"
    yield statement_vector("neutral-r", about, with_sig(good, neutral), "signature")
    key, forged = edwards.sign_with_mixed_key(SIGNER, raw.dsse(KIND, PAYLOAD))
    about = "a key with a component of small order"
    yield statement_vector("torsion-in-key", about, with_sig(good, forged), "signature", key)


def with_sig(statement: dict[str, Any], signature: bytes) -> bytes:
    return raw.compact(statement | {"sig": raw.b64(signature)})
