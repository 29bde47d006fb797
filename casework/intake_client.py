# SPDX-License-Identifier: EUPL-1.2
"""Speaks intake/API.md for a member's tool: requests out, bytes and plain records in; it opens nothing.

Each request is signed by the key that its caller names; there is no session and no cookie. An answer
that is not exactly what API.md promises is an error, and no answer is read beyond its limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http.cookiejar import DefaultCookiePolicy
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from casework import errors
from casework.chain import Page, Record
from casework.deadline import Deadline
from crypto.encoding import b64decode, b64encode, parse_json
from crypto.errors import FormatError
from crypto.fields import Reader, boolean, day, fields, key, list_of, log_id, one_of, positive, text
from crypto.httpsig import sign_request

_MAX_ANSWER = 8 * 1024 * 1024
_MAX_READ = 64 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30, connect=10)
_LONGEST_EXCHANGE = 60
_PREFIX = 4
_INFO: dict[str, Reader[Any]] = {
    "seq": positive,
    "day": day,
    "by": one_of("reporter", "committee", "member"),
    "head": key,
}
_PLACED: dict[str, Reader[Any]] = {"seq": positive, "head": key, "day": day}
_LISTED: dict[str, Reader[Any]] = {"day": day, "logs": list_of(log_id)}
_LISTING: dict[str, Reader[Any]] = {
    "day": day,
    "days": list_of(lambda value: fields(value, _LISTED)),
    "more": boolean,
}
_FIRST = {"if_none_match": "*"}


class Signer(NamedTuple):
    """Who signs a request: the seed of an Ed25519 key, and the sender's day."""

    seed: bytes
    day: date


class Placed(NamedTuple):
    """Where the intake put an entry, and on which of its days."""

    seq: int
    head: bytes
    day: date


class Listing(NamedTuple):
    """Mailboxes with the day on which they were opened, in order; `day` is the intake's today.

    `more` tells that others come behind the last one.
    """

    day: date
    mailboxes: tuple[tuple[str, date], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class IntakeClient:
    """One intake, by its origin (`https://host`); `proxy` is a SOCKS address, `transport` for tests."""

    def __init__(self, origin: str, proxy: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        self._origin = checked_origin(origin)
        self._cancelled = Event()
        self._http = httpx.Client(
            proxy=proxy,
            transport=transport,
            timeout=_TIMEOUT,
            follow_redirects=False,
            headers={"User-Agent": "meldkluis-casework"},
        )
        self._deadline = Deadline(_LONGEST_EXCHANGE)
        self._deadline.guard(self._http)
        self._http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def cancel(self) -> None:
        """Send no more requests, and read no further in the answer that is coming in: LockedError from here on."""
        self._cancelled.set()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def bundle(self, desk: str) -> bytes:
        """Return the desk's bundle as it came, unverified."""
        return self._send("GET", f"/desks/{desk}").body

    def history(self, desk: str) -> bytes:
        """Return the desk's history as it came, unverified."""
        return self._send("GET", f"/desks/{desk}/history").body

    def put_epoch(self, desk: str, statement: bytes, signer: Signer) -> None:
        """Publish a member's epoch; the same statement again does no harm."""
        self._send("PUT", f"/desks/{desk}/epochs", signer, statement)

    def mailboxes(self, desk: str, since: date, signer: Signer, after: str = "") -> Listing:
        """Return mailboxes that were opened on `since` or later; of that day only those whose id is above `after`."""
        cursor = f"&after={after}" if after else ""
        answer = self._send("GET", f"/desks/{desk}/mailboxes?since={since.isoformat()}{cursor}", signer)
        found = _read(answer.body, _LISTING)
        mailboxes = tuple((log, row["day"]) for row in found["days"] for log in row["logs"])
        # Going round in circles would be waiting for ever.
        if found["more"] and (not mailboxes or mailboxes[-1][::-1] <= (since, after)):
            raise _bad_answer()
        return Listing(found["day"], mailboxes, found["more"])

    def append_first(self, log: str, frame: bytes, signer: Signer) -> Placed:
        """Append the first entry of a log; HeadMovedError where another one stands."""
        return self._append(log, frame, signer, _FIRST)

    def append(self, log: str, frame: bytes, signer: Signer, head: bytes) -> Placed:
        """Append after `head`; HeadMovedError where the log has moved on."""
        return self._append(log, frame, signer, {"if_match": f'"{b64encode(head)}"'})

    def first_entry(self, log: str, signer: Signer) -> tuple[Record, ...]:
        """Return the first entry of a mailbox, which every member of its desk may see."""
        return tuple(_records(self._send("GET", f"/logs/{log}/entries?after=0", signer).body))

    def entries(self, log: str, after: int, signer: Signer) -> Page:
        """Return the entries after place `after` that the signer may see, in order, from as many answers as needed.

        Of a log that is longer than memory should hold, the page ends where reading stopped; the next one goes on.
        """
        records: list[Record] = []
        size = 0
        while True:
            answer = self._send("GET", f"/logs/{log}/entries?after={after}", signer)
            head, length = _state(answer.headers)
            fresh = _records(answer.body)
            records += fresh
            if not fresh or fresh[-1].seq >= length:
                return Page(tuple(records), head, length)
            if fresh[-1].seq <= after:
                raise _bad_answer()
            after = fresh[-1].seq
            size += len(answer.body)
            if size > _MAX_READ:
                return Page(tuple(records), fresh[-1].head, after)

    def _append(self, log: str, frame: bytes, signer: Signer, precondition: Mapping[str, str]) -> Placed:
        path = f"/logs/{log}/entries"
        try:
            answer = self._send_again("POST", path, signer, frame, precondition)
        except errors.SlowDownError as error:
            raise errors.LogSlowDownError(
                "Too much is being written to one mailbox or case; nothing was stored. What you wrote is kept. Sync "
                "again in {seconds} seconds.",
                error.seconds,
            ) from error
        return Placed(**_read(answer.body, _PLACED))

    def _send_again(self, *request: Any) -> _Answer:
        """Send, once more if no answer came: what arrived under the same precondition answers as before."""
        try:
            return self._send(*request)
        except errors.UnreachableError:
            return self._send(*request)

    def _send(
        self,
        method: str,
        path: str,
        signer: Signer | None = None,
        body: bytes | None = None,
        precondition: Mapping[str, str] | None = None,
    ) -> _Answer:
        target = self._origin + path
        headers = {}
        if signer is not None:
            headers = sign_request(method, target, signer.day, signer.seed, body, **(precondition or {}))
        if body is not None:
            headers["Content-Type"] = "application/octet-stream" if precondition else "application/json"
        answer = self._exchange(self._http.build_request(method, target, headers=headers, content=body))
        if answer.status not in (httpx.codes.OK, httpx.codes.CREATED):
            raise _refusal(answer)
        return answer

    def _exchange(self, request: httpx.Request) -> _Answer:
        self._refuse_if_cancelled()
        self._deadline.start()
        try:
            response = self._http.send(request, stream=True)
            try:
                body = bytearray()
                for chunk in response.iter_bytes():
                    self._refuse_if_cancelled()
                    body += chunk
                    if len(body) > _MAX_ANSWER:
                        raise _bad_answer()
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise errors.UnreachableError(
                "The intake at {origin} does not answer. What you wrote is kept. Check the connection and sync again.",
                origin=self._origin,
            ) from error
        return _Answer(response.status_code, response.headers, bytes(body))

    def _refuse_if_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise errors.LockedError


def checked_origin(origin: str) -> str:
    """Return an intake's origin without a slash at the end.

    Raises:
        AnswerError: not `https://host`, nor `http://` on this device or to an onion service.
    """
    parts = urlsplit(origin)
    host = parts.hostname or ""
    private = host in ("localhost", "127.0.0.1", "::1") or host.endswith((".onion", ".localhost"))
    if parts.path.strip("/") or parts.query or not host or parts.scheme not in ("https", *["http"] * private):
        raise errors.AnswerError("An intake's address is https:// and a host name only, not {origin}", origin=origin)
    return origin.rstrip("/")


def _state(headers: Mapping[str, str]) -> tuple[bytes, int]:
    try:
        tag = headers["etag"]
        if tag[:1] + tag[-1:] != '""':
            raise _bad_answer()
        return b64decode(tag[1:-1], 32), int(headers["meldkluis-length"])
    except (KeyError, ValueError) as error:
        raise _bad_answer() from error


def _records(body: bytes) -> list[Record]:
    records = []
    place = 0
    while place < len(body):
        info, place = _piece(body, place)
        frame, place = _piece(body, place)
        records.append(Record(frame=frame, **_read(info, _INFO)))
    return records


def _piece(body: bytes, place: int) -> tuple[bytes, int]:
    start = place + _PREFIX
    end = start + int.from_bytes(body[place:start], "big")
    if start > len(body) or end > len(body):
        raise _bad_answer()
    return body[start:end], end


def _read(body: bytes, readers: Mapping[str, Reader[Any]]) -> dict[str, Any]:
    try:
        return fields(parse_json(body), readers)
    except FormatError as error:
        raise _bad_answer() from error


def _bad_answer() -> errors.AnswerError:
    return errors.AnswerError(
        "The intake's answer is not in the agreed form. Nothing was changed here. Is the address right, "
        "and is this tool as new as the intake?"
    )


def _refusal(answer: _Answer) -> errors.IntakeError:
    """Return the error for a refusal, by the codes of API.md."""
    try:
        found = fields(parse_json(answer.body), {"error": text, "message": text})
    except FormatError:
        return _bad_answer()
    if found["error"] == "slow_down":
        return errors.SlowDownError(
            "Too many requests from here; nothing was stored. Try again in {seconds} seconds.",
            _seconds(answer.headers),
        )
    kind, message = _REFUSALS.get(found["error"], (errors.RefusedError, _FAULT))
    return kind(message, code=found["error"], reason=found["message"])


def _seconds(headers: Mapping[str, str]) -> int:
    value = headers.get("retry-after", "")
    return int(value) if value.isascii() and value.isdigit() else 60


_FAULT = (
    "The intake refused a request of this tool ({code}: {reason}). Nothing was stored. "
    "Update this tool, and tell the desk's contact if it happens again."
)
_REFUSALS: dict[str, tuple[type[errors.IntakeError], str]] = {
    "recipients": (
        errors.RecipientsError,
        "The desk's members changed while sealing. Nothing was stored. Sync again.",
    ),
    "signature": (
        errors.SignatureRefusedError,
        "The intake did not accept the signature. Nothing was stored. Check the date of this device, then sync again.",
    ),
    "unknown": (
        errors.UnknownLogError,
        "The intake knows no such desk or log, or gives this key no access. Nothing was stored.",
    ),
    "conflict": (
        errors.ConflictError,
        "The intake already holds another entry or epoch in this place. Nothing was stored. Sync again.",
    ),
    "head": (errors.HeadMovedError, "Somebody else wrote first. Nothing was stored. Sync again."),
    "busy": (errors.BusyError, "The intake is busy. Nothing was stored. Try again in a minute."),
}
