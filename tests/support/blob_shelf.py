# SPDX-License-Identifier: EUPL-1.2
"""The simulator's blobs: what was claimed and what came of it; `alter` shows other bytes than were stored."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import httpx

from crypto.logs import BLOB_PART_LENGTH, Claim


@dataclass
class StoredBlob:
    log: str
    by: str
    claim: Claim
    parts: dict[int, bytes] = field(default_factory=dict)

    def missing(self) -> list[list[int]]:
        return [[number, number] for number in range(1, self.claim.parts + 1) if number not in self.parts]

    def length(self, number: int) -> int:
        return min(BLOB_PART_LENGTH, self.claim.size - (number - 1) * BLOB_PART_LENGTH)


class BlobShelf:
    def __init__(self) -> None:
        self.blobs: dict[str, StoredBlob] = {}
        self.alter: Callable[[str, int, bytes], bytes] = lambda _blob, _number, part: part

    def claim(self, log: str, by: str, claims: tuple[Claim, ...]) -> None:
        for claim in claims:
            self.blobs[claim.blob] = StoredBlob(log, by, claim)

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            del self.blobs[name]

    def state(self, blob: StoredBlob) -> httpx.Response:
        found = {"size": blob.claim.size, "parts": blob.claim.parts, "missing": blob.missing()}
        return httpx.Response(200, content=json.dumps(found).encode())

    def get(self, name: str, number: int) -> httpx.Response | None:
        part = self.blobs[name].parts.get(number)
        return None if part is None else httpx.Response(200, content=self.alter(name, number, part))

    def put(self, name: str, number: int, part: bytes) -> int:
        """Store a part and return the status of the answer."""
        blob = self.blobs[name]
        if not 1 <= number <= blob.claim.parts or len(part) != blob.length(number):
            return 400
        known = blob.parts.setdefault(number, part)
        return 409 if known != part else 201
