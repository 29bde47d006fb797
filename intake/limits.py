# SPDX-License-Identifier: EUPL-1.2
"""Limits on what each client, each log's side and each member adds; no counter holds an address or an id.

A counter's name is a keyed hash of what it counts, under a key that exists in memory only, is made
when the service starts, and is replaced by its own hash each hour: older names cannot be made again.
There is no limit that strangers share, so nobody can close a desk or a log for others; the reporter's
and the committee's entries in one log are counted apart, so that neither can silence the other.
"""

import secrets
import socket
import time
from collections.abc import Callable
from hashlib import blake2b, sha256
from threading import Lock

from flask import Flask, Request
from flask_limiter import Limiter
from limits import RateLimitItem, parse
from limits.errors import StorageError

from intake.counters import SCHEME
from intake.errors import Refusal
from intake.settings import Settings

_NAME_LENGTH = 8
_HOUR = 3600
_MEBIBYTE = 1_048_576
_LOOPBACK = bytes([127, 0, 0, 1])
_LOOPBACK_6 = bytes(15) + b"\1"
_MAPPED = bytes(10) + b"\xff\xff"
"""Before the four bytes of an IPv4 client of a socket that takes both kinds (RFC 4291 section 2.5.5.2)."""
_IPV6_NETWORK = 8
"""Bytes: who has one IPv6 address usually has all 2^64 of its network."""


class CounterNames:
    """Names counters; shared by the workers of one service, which get a copy when they are forked."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._key = secrets.token_bytes(32)
        self._hour = self._now()
        self._turn = Lock()

    def _now(self) -> int:
        return int(self._seconds() // _HOUR)

    def name(self, kind: str, subject: bytes) -> str:
        """Return the counter name of ``subject`` in this hour, the same in all workers."""
        with self._turn:
            for _ in range(self._now() - self._hour):
                self._key = sha256(self._key).digest()
                self._hour += 1
            key = self._key
        return blake2b(subject, digest_size=_NAME_LENGTH, key=key, person=kind.encode()).hexdigest()


class Limits:
    """Counts openings, appends, claims and letters."""

    def __init__(self, settings: Settings, storage: str, names: CounterNames) -> None:
        options: dict[str, str | int] = {"wrap_exceptions": True}
        if not storage.startswith("memory:"):
            options |= {"socket_timeout": 1, "socket_connect_timeout": 1}
        # The limits stand in no route, so the library's hooks around each request have nothing to do here:
        # it gets an application of its own.
        limiter = Limiter(
            key_func=lambda: "",
            app=Flask(__name__, static_folder=None),
            storage_uri=storage.replace("memory://", f"{SCHEME}://"),
            storage_options=options,
            strategy="fixed-window",
        )
        self._counters = limiter.limiter
        self._names = names
        self._settings = settings
        self._opening = parse(settings.opening_limit)
        self._append = parse(settings.append_limit)
        self._client_append = parse(settings.client_append_limit)
        self._client_claim = parse(settings.client_claim_limit)
        self._letter = parse(settings.letter_limit)

    def count_opening(self, request: Request) -> None:
        """Count a new mailbox for the request's client.

        Raises:
            Refusal: ``slow_down``, or ``busy`` when the counters are down and settings say ``closed``.
        """
        self._count_client(self._opening, "opening", request)

    def count_case(self, identity: bytes) -> None:
        """Count a new case log for the member who opens it; raises as `count_opening`."""
        self._count(self._opening, self._names.name("case", identity))

    def count_append(self, log: str, login: str, request: Request) -> None:
        """Count an entry by a login of a log, once its signature was checked, and a reporter's for its client too.

        Raises as `count_opening`.
        """
        self._count(self._append, self._names.name("append", f"{log} {login}".encode()))
        if login == "reporter":
            self._count_client(self._client_append, "client", request)

    def count_claims(self, size: int, request: Request) -> None:
        """Count so many bytes of blobs, in mebibytes, for the request's client; raises as `count_opening`."""
        self._count_client(self._client_claim, "claim", request, -(-size // _MEBIBYTE))

    def count_letter(self, request: Request) -> None:
        """Count a request with the plain form, whatever is in it, for its client; raises as `count_opening`."""
        self._count_client(self._letter, "letter", request)

    def _count_client(self, limit: RateLimitItem, kind: str, request: Request, cost: int = 1) -> None:
        address = client_address(request, self._settings)
        if address is not None:
            self._count(limit, self._names.name(kind, address), cost)

    def _count(self, limit: RateLimitItem, name: str, cost: int = 1) -> None:
        try:
            if self._counters.hit(limit, name, cost=cost):
                return
            reset = self._counters.get_window_stats(limit, name).reset_time
        except StorageError as error:
            if self._settings.limiter_when_down == "open":
                return
            raise Refusal("busy", "the limiter does not answer; nothing was stored, try again") from error
        wait = max(1, int(reset - time.time()) + 1)
        message = f"too many from here; nothing was stored, try again in {wait} seconds"
        raise Refusal("slow_down", message, {"Retry-After": str(wait)})


def client_address(request: Request, settings: Settings) -> bytes | None:
    """Return the bytes of the client's network address, or None where addresses tell clients apart no more.

    That is an onion service: all its visitors come from the Tor process on this machine, so a limit
    would be one that strangers share. Tor has its own defence against floods.
    """
    address = _packed(str(request.environ.get("REMOTE_ADDR", "")))
    # Before any header is read: whoever comes by Tor can send one that names somebody else's address.
    if address[:1] == _LOOPBACK[:1] and request.environ.get("HTTP_HOST", "").partition(":")[0].endswith(".onion"):
        return None
    if settings.proxy_hops:
        address = _packed(_from_proxies(request, settings.proxy_hops))
    return address[:_IPV6_NETWORK]


def _from_proxies(request: Request, hops: int) -> str:
    """Return the address that the outermost trusted proxy saw, or nothing where the header is too short."""
    seen = request.environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return seen[-hops].strip() if hops <= len(seen) else ""


def _packed(text: str) -> bytes:
    """Return an address's 4 or 16 bytes; a text that is none (a unix socket's, say) counts as loopback."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            found = socket.inet_pton(family, text)
        except OSError:
            continue
        if found == _LOOPBACK_6:
            return _LOOPBACK
        return found.removeprefix(_MAPPED) if len(found) > len(_LOOPBACK) else found
    return _LOOPBACK
