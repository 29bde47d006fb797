# SPDX-License-Identifier: EUPL-1.2
"""Finds a marker text in files, in each spelling in which a program could have kept it."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

PIECE = 1 << 24
ALIGNMENTS = 3


def spellings(text: str) -> set[bytes]:
    """A text as UTF-8, UTF-16, with JSON escapes, in hexadecimal, and inside base64 at each alignment."""
    plain = text.encode()
    escaped = text.encode("ascii", "backslashreplace")
    found = {plain, escaped, text.encode("utf-16-le"), plain.hex().encode()}
    for shift in range(ALIGNMENTS):
        for encode in (b64encode, urlsafe_b64encode):
            # Without the letters that depend on what stands around the text.
            found.add(encode(b"x" * shift + plain)[4:-4])
    return found


def found_in(paths: Iterable[Path], markers: Mapping[str, str]) -> list[str]:
    """``marker in file`` for each marker that stands in a file, in whatever spelling."""
    needles = {name: spellings(text) for name, text in markers.items()}
    return [f"{name} in {path.name}" for path in paths for name in found_names(path, needles)]


def found_names(path: Path, needles: Mapping[str, set[bytes]]) -> set[str]:
    """Names of the needles that stand in a file, read piece by piece."""
    overlap = max(len(needle) for some in needles.values() for needle in some)
    names: set[str] = set()
    tail = b""
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            window = tail + piece
            names |= {name for name, some in needles.items() if any(needle in window for needle in some)}
            tail = window[-overlap:]
    return names
