# SPDX-License-Identifier: EUPL-1.2
"""Speaks intake/API.md for a reporter: requests that carry nothing but what they must, bytes and records back.

No cookie, no redirect, no name of a program, no proxy or password from the environment. An answer that is not exactly
what API.md promises is an error, and none is read beyond its limit. What comes back is checked for its form only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http.cookiejar import DefaultCookiePolicy
from time import monotonic
from typing import Any, NamedTuple, Self

import httpx

from crypto.encoding import b64decode, b64encode, parse_json
from crypto.errors import FormatError
from crypto.fields import Reader, day, fields, key, one_of, positive, text
from crypto.httpsig import sign_request
from intake.reporter import errors

_MAX_ANSWER = 8 * 1024 * 1024
_TIMEOUT = httpx.Timeout(60, connect=60)
_LONGEST_EXCHANGE = 180
_PREFIX = 4
_DEFAULT_WAIT = 30
_PLACED: dict[str, Reader[Any]] = {"seq": positive, "head": key, "day": day}
_INFO: dict[str, Reader[Any]] = {**_PLACED, "by": one_of("reporter", "committee", "member")}


class Signer(NamedTuple):
    """Who signs a request: the seed of an Ed25519 key, and the sender's day."""

    seed: bytes
    day: date


class Placed(NamedTuple):
    """Where the intake put an entry, and on which of its days."""

    seq: int
    head: bytes
    day: date


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as the intake hands it out; ``head``, ``by`` and ``day`` are its word."""

    seq: int
    day: date
    by: str
    head: bytes
    frame: bytes


class Page(NamedTuple):
    """Entries in order, with the head and the length that the intake says the whole log has."""

    records: tuple[Record, ...]
    head: bytes
    length: int


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class IntakeClient:
    """One intake, by its origin; ``proxy`` is a `socks5h://` address."""

    def __init__(self, origin: str, proxy: str | None = None) -> None:
        self._origin = origin
        self._proxy = proxy
        self._http = httpx.Client(proxy=proxy, timeout=_TIMEOUT, follow_redirects=False, trust_env=False)
        self._http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
        # Which codings a client knows tells which libraries it has.
        self._http.headers["Accept-Encoding"] = "identity"
        del self._http.headers["User-Agent"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.close()

    def bundle(self, desk: str) -> bytes:
        """Return the desk's bundle as it came, unverified."""
        return self._send("GET", f"/desks/{desk}").body

    def append(self, log: str, frame: bytes, head: bytes | None, signer: Signer) -> Placed:
        """Append after ``head``, or as the first entry when it is None; the same again answers as before.

        Raises:
            HeadMovedError: another entry stands there.
            StanzasError: the desk has other live members than were sealed to.
        """
        precondition = {"if_none_match": "*"} if head is None else {"if_match": f'"{b64encode(head)}"'}
        answer = self._send("POST", f"/logs/{log}/entries", signer, frame, precondition)
        return Placed(**_read(answer.body, _PLACED))

    def entries(self, log: str, after: int, signer: Signer) -> Page:
        """Return as many entries after place ``after`` as fit in one answer."""
        answer = self._send("GET", f"/logs/{log}/entries?after={after}", signer)
        head, length = _state(answer.headers)
        return Page(tuple(_records(answer.body)), head, length)

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
            headers["Content-Type"] = "application/octet-stream"
        answer = self._exchange(self._http.build_request(method, target, headers=headers, content=body))
        if answer.status not in (httpx.codes.OK, httpx.codes.CREATED):
            raise _refusal(answer)
        return answer

    def _exchange(self, request: httpx.Request) -> _Answer:
        end = monotonic() + _LONGEST_EXCHANGE
        body = bytearray()
        try:
            response = self._http.send(request, stream=True)
            try:
                for chunk in response.iter_raw():
                    body += chunk
                    if len(body) > _MAX_ANSWER:
                        raise _bad_answer()
                    if monotonic() > end:
                        raise httpx.ReadTimeout("the exchange took too long")
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise errors.LaterError(_NO_ANSWER if self._proxy is None else _NO_ANSWER_PROXY) from error
        return _Answer(response.status_code, response.headers, bytes(body))


def _state(headers: Mapping[str, str]) -> tuple[bytes, int]:
    try:
        tag = headers["etag"].removeprefix("W/")
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


def _bad_answer() -> errors.LaterError:
    return errors.LaterError(
        "The answer did not come from the desk's server, or this program and the server differ in version. It is not "
        "known whether anything arrived. Trying again is safe. Is the address right, and is this program new enough?"
    )


def _refusal(answer: _Answer) -> errors.ReporterError:
    """Return the error for a refusal, by the codes of API.md."""
    try:
        found = fields(parse_json(answer.body), {"error": text, "message": text})
    except FormatError:
        return _bad_answer()
    if found["error"] == "slow_down":
        return errors.LaterError(
            "It is very busy there; nothing was stored. Wait {seconds} seconds and try again.",
            seconds=_seconds(answer.headers),
        )
    kind, message = _REFUSALS.get(found["error"], (errors.UnsentError, _FAULT))
    return kind(message, code=found["error"], reason=found["message"])


def _seconds(headers: Mapping[str, str]) -> int:
    value = headers.get("retry-after", "")
    return int(value) if value.isascii() and value.isdigit() else _DEFAULT_WAIT


_NO_ANSWER = (
    "There was no answer. It is not known whether anything arrived. Check the connection and try again: trying again "
    "is safe, it never makes a second report or message."
)
_NO_ANSWER_PROXY = (
    "There was no answer through the proxy. It is not known whether anything arrived. Check that Tor is running, and "
    "try again: trying again is safe, it never makes a second report or message."
)
_UNKNOWN = (
    "There is no mailbox that belongs to these words. That can have three causes, and nobody can tell which: a word is "
    "another one than on your paper, or two have changed places; the words belong to another desk; or the report never "
    "arrived."
)
_FAULT = (
    "The server refused what this program sent ({code}: {reason}). Nothing was stored. Get the newest version of this "
    "program, or use the desk's page."
)
_REFUSALS: dict[str, tuple[type[errors.ReporterError], str]] = {
    "recipients": (errors.StanzasError, "Who reads at this desk has just changed. Nothing was stored. Try again."),
    "desk": (errors.UntrustedError, "The server refuses this desk ({reason}). Nothing was stored. Do not go on here."),
    "signature": (
        errors.UnsentError,
        "The server did not accept the day of this computer. Nothing was stored. Set its clock right, and try again.",
    ),
    "unknown": (
        errors.AbsentError,
        _UNKNOWN,
    ),
    "closed": (errors.AbsentError, "This desk takes no new reports now. Nothing was stored. Report in another way."),
    "too_large": (errors.UnsentError, "This is too long for one message. Nothing was stored. Send it in parts."),
    "head": (errors.HeadMovedError, "The mailbox has moved on. Nothing was stored. Read it first, then try again."),
    "busy": (errors.LaterError, "The server is overloaded. Nothing was stored. Try again in a minute."),
    "fault": (errors.LaterError, "The server had a fault. Nothing was stored. Try again."),
}
