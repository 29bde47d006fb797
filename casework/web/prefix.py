# SPDX-License-Identifier: EUPL-1.2
"""The secret first part of every address of one run.

A cookie belongs to a host name and a path, not to a port: whatever else listens on this computer would be sent the
session cookie if its path were `/`. So all pages, and the cookie, live below a path that only the terminal tells.
"""

import hmac
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crypto.encoding import b32encode

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SECRET_BYTES = 16
_EMPTY = [("Content-Length", "0"), ("Cache-Control", "no-store")]


def new_prefix() -> str:
    """Return the prefix of one run: a slash and 26 signs."""
    return f"/{b32encode(secrets.token_bytes(_SECRET_BYTES))}"


class Prefixed:
    """An application below a prefix; whoever does not know it gets an empty 404, whatever they ask."""

    def __init__(self, app: "WSGIApplication", prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path = environ["PATH_INFO"]
        own, rest = path[: len(self._prefix)], path[len(self._prefix) :]
        if not hmac.compare_digest(own.encode(), self._prefix.encode()) or rest[:1] not in ("", "/"):
            start_response("404 Not Found", _EMPTY)
            return []
        if not rest:
            start_response("308 Permanent Redirect", [("Location", f"{self._prefix}/"), *_EMPTY])
            return []
        return self._app(environ | {"SCRIPT_NAME": self._prefix, "PATH_INFO": rest}, start_response)
