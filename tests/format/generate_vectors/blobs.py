# SPDX-License-Identifier: EUPL-1.2
"""Blobs: their lengths, how a file is sealed, and what does not open (FORMAT.md section 7.5)."""

from collections.abc import Iterator
from typing import Any

from format.generate_vectors import raw
from format.generate_vectors.entries import stanza_seeds
from format.generate_vectors.vector import Vector
from format.generate_vectors.world import Json

PART = 1_048_576
FILE = b"not really a photo"
STANZAS = 3


def plaintext(file: bytes, statement: bytes = b"") -> bytes:
    content = len(statement).to_bytes(4, "big") + statement + file
    return content.ljust(max(16384, raw.padme(len(content))), b"\0")


def sealed(label: str, plain: bytes, **changes: Any) -> bytes:
    """Return an age file for anna and carla, with a throw-away for bram."""
    return raw.age_file(label, plain, stanza_seeds(label), **changes)


def file_key(label: str) -> str:
    return raw.b64(raw.seed(f"file key {label}")[:16])


def parts_of(blob: bytes) -> list[bytes]:
    return [blob[start : start + PART] for start in range(0, len(blob), PART)]


def root_of(blob: bytes) -> str:
    return raw.b64(raw.h("blob", *map(raw.sha256, parts_of(blob))))


def length(stanzas: int, size: int) -> int:
    plain = max(16384, raw.padme(4 + size))
    chunks = -(-plain // 65536)
    header = sum(map(len, ("age-encryption.org/v1\n", "--- ", "m" * 43, "\n")))
    stanza = len(raw.age_stanza(bytes(1152)))
    return header + stanza * stanzas + 16 + plain + 16 * chunks


BLOB = sealed("blob", plaintext(FILE))
ROOT = root_of(BLOB)


def attachment(root: str | None = None, **changes: Any) -> Json:
    """Return the record of the usual blob, announced unless a root is given."""
    shown = {
        "blob": raw.b32(raw.seed("blob")[:20]),
        "name": "foto van een \u00e9\u00e9n.jpg",
        "type": "image/jpeg",
        "size": len(FILE),
        "key": file_key("blob"),
        "root": root,
    }
    return shown | changes


def claim(stanzas: int = STANZAS, **changes: Any) -> Json:
    """Return the claim of the usual blob."""
    return {"blob": attachment()["blob"], "size": length(stanzas, len(FILE))} | changes


def vectors() -> Iterator[Vector]:
    """Yield the vectors of this module."""
    yield from lengths()
    yield from sealings()
    yield from openings()
    yield from refusals()


def lengths() -> Iterator[Vector]:
    assert len(BLOB) == length(STANZAS, len(FILE)), "the formula and the bytes differ"
    for stanzas, size in ((1, 0), (2, 16380), (2, 16381), (3, 65532), (3, 65533), (32, 2**30), (64, 4_000_000_000)):
        result = {"length": length(stanzas, size)}
        inputs = {"stanzas": stanzas, "size": size}
        yield Vector(f"blob-length-{stanzas}-{size}", "before anything is sealed", "blob_length", inputs, result=result)


def sealings() -> Iterator[Vector]:
    cases: dict[str, tuple[str, str, int]] = {
        "empty": ("an empty file", "x", 0),
        "short": ("a file in the smallest bucket", "melding ", 12),
        "one-chunk": ("a plaintext of exactly one chunk", "x", 65532),
        "two-chunks": ("one byte more", "x", 65533),
        "three-parts": ("a file in three parts", "meldkluis", 250_000),
    }
    for name, (about, unit, times) in cases.items():
        yield sealing(name, about, unit, times)


def sealing(name: str, about: str, unit: str, times: int) -> Vector:
    label = f"sealed {name}"
    blob = sealed(label, plaintext(unit.encode() * times))
    head = blob[: blob.index(b"\n--- ") + 1 + len("--- ") + 43 + 1 + 16]
    inputs = {"key": file_key(label), "head": raw.b64(head), "unit": unit, "times": times}
    digests = [raw.b64(raw.sha256(part)) for part in parts_of(blob)]
    result = {"length": len(blob), "parts": digests, "root": root_of(blob)}
    return Vector(f"blob-seal-{name}", about, "blob_seal", inputs, result=result)


def ask(blob: bytes, **changes: Any) -> Json:
    shown = attachment(root_of(blob), **changes)
    return {"attachment": shown, "blob": raw.b64(blob)}


def openings() -> Iterator[Vector]:
    yield Vector("blob-ok", "a file", "blob", ask(BLOB), result={"file": raw.b64(FILE)})
    empty = sealed("empty", plaintext(b""))
    inputs = ask(empty, key=file_key("empty"), size=0)
    yield Vector("blob-ok-empty", "an empty file", "blob", inputs, result={"file": ""})
    zeros = sealed("zeros", plaintext(bytes(20)))
    inputs = ask(zeros, key=file_key("zeros"), size=20)
    yield Vector("blob-ok-zeros", "a file of zeros", "blob", inputs, result={"file": raw.b64(bytes(20))})
    large = bytes(range(256)) * 260
    inputs = ask(sealed("large", plaintext(large)), key=file_key("large"), size=len(large))
    yield Vector("blob-ok-two-chunks", "a file over two chunks", "blob", inputs, result={"file": raw.b64(large)})


def refusals() -> Iterator[Vector]:
    flipped = bytearray(BLOB)
    flipped[-100] ^= 1
    again = sealed("blob", plaintext(b"not really a video"))
    cases: dict[str, tuple[str, str, Json]] = {
        "other-key": ("another file key", "header", ask(BLOB, key=file_key("other"))),
        "mac": ("a header MAC that is wrong", "header", ask(sealed("blob", plaintext(FILE), mac_flip=1))),
        "foreign-stanza": ("a stanza of another kind", "header", ask(with_foreign_stanza())),
        "no-header": ("no age file", "header", ask(FILE)),
        "altered": ("one bit is different", "payload", ask(bytes(flipped))),
        "cut-off": ("the last byte is missing", "payload", ask(BLOB[:-1])),
        "cut-after-header": ("only header and nonce", "payload", ask(BLOB[: -16384 - 16])),
        "extended": ("a byte too many", "payload", ask(BLOB + b"\0")),
        "root": ("another root", "binding", {"attachment": attachment(raw.b64(bytes(32))), "blob": raw.b64(BLOB)}),
        "sealed-again": (
            "another file, sealed under the same file key by somebody who could open the first",
            "binding",
            {"attachment": attachment(ROOT), "blob": raw.b64(again)},
        ),
    }
    for name, (about, layer, inputs) in cases.items():
        yield Vector(f"blob-{name}", about, "blob", inputs, layer)
    yield from wrong_plaintexts()


def with_foreign_stanza() -> bytes:
    return sealed("blob", plaintext(FILE), extra="-> grease abc\n\n")


def wrong_plaintexts() -> Iterator[Vector]:
    dirty = bytearray(plaintext(FILE))
    dirty[-1] = 1
    cases: dict[str, tuple[str, bytes, int]] = {
        "size-shorter": ("a size one below the file's", plaintext(FILE), len(FILE) - 1),
        "size-longer-bucket": ("a size of another bucket", plaintext(FILE), 20_000),
        "padding": ("a byte in the padding", bytes(dirty), len(FILE)),
        "statement": ("a statement before the file", plaintext(FILE, b"{}"), len(FILE)),
        "not-padded": ("no padding", plaintext(FILE)[: 4 + len(FILE)], len(FILE)),
        "padded-too-far": ("a bucket too large", plaintext(FILE).ljust(20_480, b"\0"), len(FILE)),
        "only-prefix": ("shorter than its length field", b"\0\0\0", 0),
    }
    for name, (about, plain, size) in cases.items():
        label = f"wrong {name}"
        inputs = ask(sealed(label, plain), key=file_key(label), size=size)
        yield Vector(f"blob-{name}", about, "blob", inputs, "payload")
