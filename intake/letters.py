# SPDX-License-Identifier: EUPL-1.2
"""Letters for members (API.md, "Letters"): what waits for a desk, its parts, and the case that was opened of it.

Every request is signed by a member's identity key. What no key opens any more goes, whoever asks next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Flask, Response, jsonify, request

from crypto.encoding import u32
from crypto.errors import FormatError
from crypto.handover import letter_parts
from crypto.logs import MAX_FRAME, Frame, parse_frame
from intake.auth import Signatures
from intake.blobstore.interface import BlobStore
from intake.bodies import OCTETS, read_body, require_octets
from intake.desks import Desks
from intake.errors import Refusal, unknown
from intake.parts import check_opening
from intake.store.interface import ConflictError, Store
from intake.store.records import Letter

_AT_ONCE = 20
_MAX_DIGITS = 2


@dataclass(frozen=True, slots=True)
class LetterViews:
    """The four requests about letters."""

    desks: Desks
    store: Store
    blobs: BlobStore
    signatures: Signatures
    clock: Callable[[], date]

    def register(self, app: Flask) -> None:
        """Add the routes."""
        one = "/desks/<desk>/letters/<letter>"
        app.add_url_rule("/desks/<desk>/letters", "letters", self.list, methods=["GET"])
        app.add_url_rule(f"{one}/parts/<number>", "letter_part", self.part, methods=["GET"])
        app.add_url_rule(f"{one}/openings", "letter_openings", self.openings, methods=["GET"])
        app.add_url_rule(f"{one}/openings", "open_letter", self.open, methods=["POST"])

    def list(self, desk: str) -> Response:
        """List the letters of a desk."""
        self._require_member(desk)
        today = self.clock()
        forget_stale(self.store, self.blobs, today)
        found = [
            {"letter": letter.letter, "day": letter.day.isoformat(), "size": letter.size}
            for letter in self.store.letters(desk, today)
        ]
        return jsonify(letters=found)

    def part(self, desk: str, letter: str, number: str) -> Response:
        """Answer with one part of a letter."""
        self._require_member(desk)
        found = self._letter(desk, letter)
        if not (number.isascii() and number.isdecimal()) or len(number) > _MAX_DIGITS or number.startswith("0"):
            raise Refusal("malformed", "the address does not name a part by its number, from 1 on")
        part = self.blobs.get(place_of(letter), int(number)) if int(number) <= letter_parts(found.size) else None
        if part is None:
            raise unknown()
        return Response(part, content_type=OCTETS)

    def openings(self, desk: str, letter: str) -> Response:
        """Answer with the grants for a letter, in the order in which they came."""
        self._require_member(desk)
        self._letter(desk, letter)
        frames = self.store.letter_openings(letter)
        return Response(b"".join(u32(len(frame)) + frame for frame in frames), content_type=OCTETS)

    def open(self, desk: str, letter: str) -> tuple[Response, int]:
        """Keep a member's grant for a letter."""
        body = read_body(request, MAX_FRAME)
        require_octets(request)
        key = self._require_member(desk, body)
        self._letter(desk, letter)
        check_opening(_frame(body, letter), self.desks.get(desk).live_numbers)
        try:
            new = self.store.open_letter(letter, key, body)
        except ConflictError as error:
            raise Refusal("conflict", f"{error}; nothing was stored") from error
        return jsonify({}), 201 if new else 200

    def _require_member(self, desk: str, body: bytes | None = None) -> bytes:
        key = self.signatures.key(request, body)
        if not self.store.is_member(desk, key):
            raise unknown()
        return key

    def _letter(self, desk: str, letter: str) -> Letter:
        found = self.store.letter(letter)
        if found is None or found.desk != desk or not found.whole or found.until < self.clock():
            raise unknown()
        return found


def place_of(letter: str) -> str:
    """Return the name under which a letter's parts lie; no blob has such an id."""
    return f"letter-{letter}"


def forget_stale(store: Store, blobs: BlobStore, today: date) -> None:
    """Delete some of the letters that no key opens any more, and of those that did not come whole."""
    for letter in store.stale_letters(today, _AT_ONCE):
        blobs.remove(place_of(letter))
        store.forget_letter(letter)


def _frame(body: bytes, letter: str) -> Frame:
    try:
        return parse_frame(body, letter)
    except FormatError as error:
        raise Refusal("malformed", str(error)) from error
