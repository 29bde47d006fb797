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
from typing import NamedTuple, Self

import httpx

from crypto.answers import Page, Placed, read_blob_state, read_placed, read_records
from crypto.encoding import b64encode
from crypto.httpsig import sign_request
from intake.reporter import errors
from intake.reporter.answers import as_promised, bad_answer, refusal, state

_MAX_ANSWER = 8 * 1024 * 1024
_TIMEOUT = httpx.Timeout(60, connect=60)
_LONGEST_EXCHANGE = 180
_NOTHING_SENT = "There was no answer. Nothing was sent. Check the connection and try again."
_NOTHING_SENT_PROXY = (
    "There was no answer through the proxy. Nothing was sent. Check that Tor is running, and try again."
)
_NO_ANSWER = (
    "There was no answer. It is not known whether anything arrived. Check the connection and try again: trying again "
    "is safe, it never makes a second report or message."
)
_NO_ANSWER_PROXY = (
    "There was no answer through the proxy. It is not known whether anything arrived. Check that Tor is running, and "
    "try again: trying again is safe, it never makes a second report or message."
)


class Signer(NamedTuple):
    """Who signs a request: the seed of an Ed25519 key, and the sender's day."""

    seed: bytes
    day: date


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
        self._sent = False
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
        return as_promised(read_placed, answer.body)

    def entries(self, log: str, after: int, signer: Signer) -> Page:
        """Return as many entries after place ``after`` as fit in one answer."""
        answer = self._send("GET", f"/logs/{log}/entries?after={after}", signer)
        head, length = as_promised(state, answer.headers)
        return Page(tuple(as_promised(read_records, answer.body)), head, length)

    def history(self, desk: str) -> bytes:
        """Return the desk's history as it came, unverified."""
        return self._send("GET", f"/desks/{desk}/history").body

    def missing_parts(self, blob: str, signer: Signer) -> tuple[range, ...]:
        """Return the numbers of the parts of a blob that have not come yet."""
        return as_promised(read_blob_state, self._send("GET", f"/blobs/{blob}", signer).body).missing

    def put_part(self, blob: str, number: int, part: bytes, signer: Signer) -> None:
        """Send a part of a blob; the same bytes again do no harm."""
        self._send("PUT", f"/blobs/{blob}/parts/{number}", signer, part)

    def part(self, blob: str, number: int, signer: Signer) -> bytes:
        """Return a part of a blob as it came, unverified."""
        return self._send("GET", f"/blobs/{blob}/parts/{number}", signer).body

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
            self._sent = True
        answer = self._exchange(self._http.build_request(method, target, headers=headers, content=body))
        if answer.status not in (httpx.codes.OK, httpx.codes.CREATED):
            raise refusal(answer.body, answer.headers)
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
                        raise bad_answer()
                    if monotonic() > end:
                        raise httpx.ReadTimeout("the exchange took too long")
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise self._no_answer() from error
        return _Answer(response.status_code, response.headers, bytes(body))

    def _no_answer(self) -> errors.LaterError:
        if self._sent:
            return errors.LaterError(_NO_ANSWER if self._proxy is None else _NO_ANSWER_PROXY)
        return errors.LaterError(_NOTHING_SENT if self._proxy is None else _NOTHING_SENT_PROXY)
