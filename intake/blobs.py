# SPDX-License-Identifier: EUPL-1.2
"""Blobs over the network (API.md, "Blobs"): take parts of claimed blobs, tell what is missing, give parts.

The order of a part: size, kind, signature, access, number and length, room. A part is noted in the store after its
file is durable and before it is acknowledged; whoever gets no answer sends it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Flask, Response, jsonify, request

from crypto.logs import BLOB_PART_LENGTH
from intake.admission import may_read, may_write
from intake.auth import Signatures
from intake.blobstore.interface import BlobStore, PartTakenError
from intake.bodies import OCTETS, read_body, require_octets
from intake.errors import Refusal, unknown
from intake.settings import Settings
from intake.space import require_space_for_blobs
from intake.store.interface import Store
from intake.store.records import Blob

_MAX_DIGITS = 4


@dataclass(frozen=True, slots=True)
class BlobViews:
    """The three requests about a blob."""

    store: Store
    blobs: BlobStore
    signatures: Signatures
    settings: Settings

    def register(self, app: Flask) -> None:
        """Add the routes."""
        app.add_url_rule("/blobs/<blob>", "blob", self.show, methods=["GET"])
        app.add_url_rule("/blobs/<blob>/parts/<number>", "put_part", self.put, methods=["PUT"])
        app.add_url_rule("/blobs/<blob>/parts/<number>", "part", self.get, methods=["GET"])

    def put(self, blob: str, number: str) -> tuple[Response, int]:
        """Store one part, or answer for one that is stored."""
        body = read_body(request, BLOB_PART_LENGTH)
        require_octets(request)
        found = self.store.blob(blob, self.signatures.key(request, body))
        if not may_write(found):
            raise unknown()
        place = _number(number)
        _check_length(found, place, len(body))
        if not found.has(place):
            require_space_for_blobs(self.settings)
        try:
            is_new = self.blobs.put(blob, place, body)
        except PartTakenError as error:
            raise Refusal("conflict", str(error)) from error
        # Also for a part that was there: a deletion may have taken it between, and this put it back.
        if not self.store.part_arrived(blob, place, len(body)):
            self.blobs.remove(blob)
            raise unknown()
        return jsonify({}), 201 if is_new else 200

    def show(self, blob: str) -> Response:
        """Tell a blob's size and which parts are missing."""
        found = self._readable(blob)
        return jsonify(size=found.size, parts=found.parts, missing=list(_missing(found)))

    def get(self, blob: str, number: str) -> Response:
        """Answer with one part."""
        found = self._readable(blob)
        place = _number(number)
        part = self.blobs.get(blob, place) if place and found.has(place) else None
        if part is None:
            raise unknown()
        return Response(part, content_type=OCTETS)

    def _readable(self, blob: str) -> Blob:
        found = self.store.blob(blob, self.signatures.key(request))
        if not may_read(found):
            raise unknown()
        return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > _MAX_DIGITS or text.startswith("0"):
        raise Refusal("malformed", "the address does not name a part by its number, from 1 on")
    return int(text)


def _check_length(blob: Blob, number: int, length: int) -> None:
    """Check that the blob has such a part, and that it has that many bytes."""
    if number > blob.parts:
        raise Refusal("malformed", f"the blob has {blob.parts} parts")
    wanted = min(BLOB_PART_LENGTH, blob.size - (number - 1) * BLOB_PART_LENGTH)
    if length != wanted:
        raise Refusal("malformed", f"this part has {wanted} bytes; nothing was stored")


def _missing(blob: Blob) -> Iterator[tuple[int, int]]:
    """Yield the first and last numbers of each run of parts that are not there."""
    for there, run in groupby(range(1, blob.parts + 1), key=blob.has):
        if not there:
            first, *rest = run
            yield first, rest[-1] if rest else first
