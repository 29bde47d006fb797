# SPDX-License-Identifier: EUPL-1.2
"""One signed request and its answer; there is no session and no cookie, and no answer is read beyond its limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http.cookiejar import DefaultCookiePolicy
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from casework import errors
from casework.wire.deadline import Deadline
from casework.wire.refusals import bad_answer, refusal
from crypto.httpsig import sign_request

OCTETS = "application/octet-stream"
JSON = "application/json"
_MAX_ANSWER = 8 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30, connect=10)
_LONGEST_EXCHANGE = 60


class Signer(NamedTuple):
    """Who signs a request: the seed of an Ed25519 key, and the sender's day."""

    seed: bytes
    day: date


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: status, headers, and a body of 8 MiB at most."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Exchange:
    """The way to one intake, by its origin (`https://host`); `proxy` is a SOCKS address, `transport` for tests."""

    def __init__(self, origin: str, proxy: str | None, transport: httpx.BaseTransport | None) -> None:
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

    def send_again(self, *request: Any, **named: Any) -> Answer:
        """Send, once more if no answer came: what arrived under the same precondition answers as before."""
        try:
            return self.send(*request, **named)
        except errors.UnreachableError:
            return self.send(*request, **named)

    def send(
        self,
        method: str,
        path: str,
        signer: Signer | None = None,
        body: bytes | None = None,
        precondition: Mapping[str, str] | None = None,
        media_type: str = OCTETS,
        seconds: float | None = None,
    ) -> Answer:
        """Send one request and return its answer, which was 200 or 201; all of it may take `seconds`.

        Raises:
            IntakeError: no answer came, or a refusal.
            LockedError: `cancel` was called.
        """
        target = self._origin + path
        headers = {}
        if signer is not None:
            headers = sign_request(method, target, signer.day, signer.seed, body, **(precondition or {}))
        if body is not None:
            headers["Content-Type"] = media_type
        self._deadline.start(seconds or _LONGEST_EXCHANGE)
        answer = self._exchange(self._http.build_request(method, target, headers=headers, content=body))
        if answer.status not in (httpx.codes.OK, httpx.codes.CREATED):
            raise refusal(answer.headers, answer.body)
        return answer

    def _exchange(self, request: httpx.Request) -> Answer:
        self._refuse_if_cancelled()
        try:
            response = self._http.send(request, stream=True)
            try:
                body = bytearray()
                for chunk in response.iter_bytes():
                    self._refuse_if_cancelled()
                    body += chunk
                    if len(body) > _MAX_ANSWER:
                        raise bad_answer()
            finally:
                response.close()
        except httpx.HTTPError as error:
            raise errors.UnreachableError(
                "The intake at {origin} does not answer. What you wrote is kept. Check the connection and sync again.",
                origin=self._origin,
            ) from error
        return Answer(response.status_code, response.headers, bytes(body))

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
