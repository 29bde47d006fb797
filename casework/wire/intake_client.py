# SPDX-License-Identifier: EUPL-1.2
"""Speaks intake/API.md for a member's tool: requests out, bytes and plain records in; it opens nothing.

Each request is signed by the key that its caller names (`exchange`). An answer that is not exactly what API.md
promises is an error.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

import httpx

from casework import errors
from casework.wire.exchange import JSON, Exchange, Signer
from casework.wire.refusals import bad_answer
from crypto.answers import (
    BlobState,
    ListedLetter,
    Page,
    Placed,
    Record,
    read_blob_state,
    read_frames,
    read_letters,
    read_placed,
    read_records,
    read_state,
)
from crypto.encoding import b64encode, parse_json
from crypto.errors import EncodingError
from crypto.fields import Reader, boolean, day, fields, list_of, log_id
from crypto.handover import LETTER_PART_LENGTH
from crypto.logs import BLOB_PART_LENGTH

A = TypeVar("A")
B = TypeVar("B")
_MAX_READ = 64 * 1024 * 1024
_PART_SECONDS = 240
_LISTED: dict[str, Reader[Any]] = {"day": day, "logs": list_of(log_id)}
_LISTING: dict[str, Reader[Any]] = {
    "day": day,
    "days": list_of(lambda value: fields(value, _LISTED)),
    "more": boolean,
}
_FIRST = {"if_none_match": "*"}


class Listing(NamedTuple):
    """Mailboxes with the day on which they were opened, in order; `day` is the intake's today.

    `more` tells that others come behind the last one.
    """

    day: date
    mailboxes: tuple[tuple[str, date], ...]
    more: bool


class IntakeClient:
    """One intake, by its origin (`https://host`); `proxy` is a SOCKS address, `transport` for tests."""

    def __init__(self, origin: str, proxy: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        self._exchange = Exchange(origin, proxy, transport)

    def cancel(self) -> None:
        """Send no more requests, and read no further in the answer that is coming in: LockedError from here on."""
        self._exchange.cancel()

    def close(self) -> None:
        """Close the connections."""
        self._exchange.close()

    def bundle(self, desk: str) -> bytes:
        """Return the desk's bundle as it came, unverified."""
        return self._exchange.send("GET", f"/desks/{desk}").body

    def history(self, desk: str) -> bytes:
        """Return the desk's history as it came, unverified."""
        return self._exchange.send("GET", f"/desks/{desk}/history").body

    def put_epoch(self, desk: str, statement: bytes, signer: Signer) -> None:
        """Publish a member's epoch; the same statement again does no harm."""
        self._exchange.send("PUT", f"/desks/{desk}/epochs", signer, statement, media_type=JSON)

    def mailboxes(self, desk: str, since: date, signer: Signer, after: str = "") -> Listing:
        """Return mailboxes that were opened on `since` or later; of that day only those whose id is above `after`."""
        cursor = f"&after={after}" if after else ""
        answer = self._exchange.send("GET", f"/desks/{desk}/mailboxes?since={since.isoformat()}{cursor}", signer)
        found = _as_promised(lambda body: fields(parse_json(body), _LISTING), answer.body)
        mailboxes = tuple((log, row["day"]) for row in found["days"] for log in row["logs"])
        # Going round in circles would be waiting for ever.
        if found["more"] and (not mailboxes or mailboxes[-1][::-1] <= (since, after)):
            raise bad_answer()
        return Listing(found["day"], mailboxes, found["more"])

    def append_first(self, log: str, frame: bytes, signer: Signer) -> Placed:
        """Append the first entry of a log; HeadMovedError where another one stands."""
        return self._append(log, frame, signer, _FIRST)

    def append(self, log: str, frame: bytes, signer: Signer, head: bytes) -> Placed:
        """Append after `head`; HeadMovedError where the log has moved on."""
        return self._append(log, frame, signer, {"if_match": f'"{b64encode(head)}"'})

    def first_entry(self, log: str, signer: Signer) -> tuple[Record, ...]:
        """Return the first entry of a mailbox, which every member of its desk may see."""
        answer = self._exchange.send("GET", f"/logs/{log}/entries?after=0", signer)
        return tuple(_as_promised(read_records, answer.body))

    def entries(self, log: str, after: int, signer: Signer) -> Page:
        """Return the entries after place `after` that the signer may see, in order, from as many answers as needed.

        Of a log that is longer than memory should hold, the page ends where reading stopped; the next one goes on.
        """
        records: list[Record] = []
        size = 0
        while True:
            answer = self._exchange.send("GET", f"/logs/{log}/entries?after={after}", signer)
            head, length = _as_promised(read_state, answer.headers)
            fresh = _as_promised(read_records, answer.body)
            records += fresh
            if not fresh or fresh[-1].seq >= length:
                return Page(tuple(records), head, length)
            if fresh[-1].seq <= after:
                raise bad_answer()
            after = fresh[-1].seq
            size += len(answer.body)
            if size > _MAX_READ:
                return Page(tuple(records), fresh[-1].head, after)

    def blob(self, blob: str, signer: Signer) -> BlobState:
        """Return what the intake has of a blob; UnknownLogError for one that nobody claimed."""
        return _as_promised(read_blob_state, self._exchange.send("GET", f"/blobs/{blob}", signer).body)

    def blob_part(self, blob: str, number: int, signer: Signer) -> bytes:
        """Return a part of a blob, 1 MiB at most, as the intake has it."""
        path = f"/blobs/{blob}/parts/{number}"
        part = self._exchange.send("GET", path, signer, seconds=_PART_SECONDS).body
        if len(part) > BLOB_PART_LENGTH:
            raise bad_answer()
        return part

    def put_blob_part(self, blob: str, number: int, part: bytes, signer: Signer) -> None:
        """Send a part of a blob; the same bytes again do no harm."""
        self._exchange.send_again("PUT", f"/blobs/{blob}/parts/{number}", signer, part, seconds=_PART_SECONDS)

    def letters(self, desk: str, signer: Signer) -> tuple[ListedLetter, ...]:
        """Return the letters that wait for a desk."""
        return _as_promised(read_letters, self._exchange.send("GET", f"/desks/{desk}/letters", signer).body)

    def letter_part(self, desk: str, letter: str, number: int, signer: Signer) -> bytes:
        """Return a part of a letter, 1 MiB at most, as the intake has it."""
        path = f"/desks/{desk}/letters/{letter}/parts/{number}"
        part = self._exchange.send("GET", path, signer, seconds=_PART_SECONDS).body
        if len(part) > LETTER_PART_LENGTH:
            raise bad_answer()
        return part

    def letter_openings(self, desk: str, letter: str, signer: Signer) -> tuple[bytes, ...]:
        """Return the frames of the grants for a letter, in the order in which they came."""
        answer = self._exchange.send("GET", f"/desks/{desk}/letters/{letter}/openings", signer)
        return _as_promised(read_frames, answer.body)

    def open_letter(self, desk: str, letter: str, frame: bytes, signer: Signer) -> None:
        """Put this member's grant behind those of others; the same frame again does no harm."""
        self._exchange.send_again("POST", f"/desks/{desk}/letters/{letter}/openings", signer, frame)

    def _append(self, log: str, frame: bytes, signer: Signer, precondition: Mapping[str, str]) -> Placed:
        path = f"/logs/{log}/entries"
        try:
            answer = self._exchange.send_again("POST", path, signer, frame, precondition)
        except errors.SlowDownError as error:
            raise errors.LogSlowDownError(
                "Too much is being written to one mailbox or case; nothing was stored. What you wrote is kept. Sync "
                "again in {seconds} seconds.",
                error.seconds,
            ) from error
        return _as_promised(read_placed, answer.body)


def _as_promised(read: Callable[[A], B], answer: A) -> B:
    try:
        return read(answer)
    except EncodingError as error:
        raise bad_answer() from error
