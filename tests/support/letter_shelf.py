# SPDX-License-Identifier: EUPL-1.2
"""The simulator's letters, and the grants beside them; `alter` shows other bytes than were put there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import httpx

from crypto.encoding import u32
from crypto.handover import LETTER_PART_LENGTH, letter_id


@dataclass
class StoredLetter:
    day: date
    data: bytes
    openings: list[tuple[bytes, bytes]] = field(default_factory=list)


class LetterShelf:
    def __init__(self) -> None:
        self.letters: dict[str, StoredLetter] = {}
        self.alter: Callable[[bytes], bytes] = lambda data: data

    def put(self, desk: str, data: bytes, today: date) -> str:
        """Take a letter, as the plain form does."""
        name = letter_id(desk, sha256(data).digest())
        self.letters.setdefault(name, StoredLetter(today, data))
        return name

    def answer(self, method: str, rest: list[str], signer: bytes, body: bytes) -> httpx.Response | None:
        """Answer a member, whose signature was checked; None for what is not there."""
        match method, rest:
            case "GET", []:
                listed = [
                    {"letter": name, "day": found.day.isoformat(), "size": len(found.data)}
                    for name, found in sorted(self.letters.items())
                ]
                return httpx.Response(200, json={"letters": listed})
            case "GET", [name, "parts", number] if name in self.letters:
                end = int(number) * LETTER_PART_LENGTH
                return httpx.Response(200, content=self.alter(self.letters[name].data)[end - LETTER_PART_LENGTH : end])
            case "GET", [name, "openings"] if name in self.letters:
                frames = [frame for _, frame in self.letters[name].openings]
                return httpx.Response(200, content=b"".join(u32(len(frame)) + frame for frame in frames))
            case "POST", [name, "openings"] if name in self.letters:
                self.letters[name].openings.append((signer, body))
                return httpx.Response(201, content=b"{}")
        return None
