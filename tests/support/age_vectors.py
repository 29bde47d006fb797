# SPDX-License-Identifier: EUPL-1.2
"""Reads the official age test vectors (npm package ``cctv-age``, pinned in package.json) and our notes on them."""

import json
import re
import zlib
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

from support.repository import ROOT

_NOTES = Path(__file__).with_suffix(".json")
_PACKAGE = ROOT / "node_modules" / "cctv-age" / "index.js"
_VECTOR = re.compile(r'^// \.\./testdata/(\S+)\nvar \w+ = __toBinary\("([^"]*)"\);$', re.MULTILINE)


@dataclass(frozen=True)
class AgeVector:
    """One official scenario: what to open, with what, and which layer must refuse."""

    name: str
    expect: str
    payload: str
    """Hex SHA-256 over all plaintext that may come out, also before a refusal."""
    file_key: bytes
    identities: tuple[str, ...]
    file: bytes

    @property
    def hybrid(self) -> bool:
        """Whether one of our kind of identities is at hand, so that nothing need be injected."""
        return any(identity.startswith("AGE-SECRET-KEY-PQ-1") for identity in self.identities)


def all_vectors() -> dict[str, AgeVector]:
    """Return every vector of the package by name; `npm ci` puts the package in place."""
    found = _VECTOR.findall(_PACKAGE.read_text())
    return {name: _parse(name, b64decode(data)) for name, data in found}


def not_applicable() -> dict[str, str]:
    """Return the names of the vectors that test what our profile of age leaves out, with the reason."""
    notes = json.loads(_NOTES.read_text())["not_applicable"]
    return {name: reason for reason, names in notes.items() for name in names}


def refused_by_profile() -> dict[str, str]:
    """Return the names of the vectors that age accepts or skips and FORMAT.md section 4.4 refuses, with the reason."""
    notes: dict[str, str] = json.loads(_NOTES.read_text())["refused_by_profile"]
    return notes


def _parse(name: str, data: bytes) -> AgeVector:
    head, _, file = data.partition(b"\n\n")
    fields = [line.split(": ", 1) for line in head.decode().split("\n")]
    single = dict(fields)
    return AgeVector(
        name=name,
        expect=single["expect"],
        payload=single.get("payload", ""),
        file_key=bytes.fromhex(single["file key"]),
        identities=tuple(value for key, value in fields if key == "identity"),
        file=zlib.decompress(file) if "compressed" in single else file,
    )
