# SPDX-License-Identifier: EUPL-1.2
"""The one table of response headers; every answer has them, errors and static files included.

They are added around the application, not in it, so that no view can forget or lose one.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # The pages fetch no picture; their empty icon keeps browsers from asking for one.
    "img-src": "data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "meldkluis",
}
# The worker speaks to the intake and loads nothing further.
_WORKER_POLICY = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
_UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)


def _policy(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


PAGE_CSP = _policy(_PAGE_POLICY)
FORM_CSP = _policy(_PAGE_POLICY | {"form-action": "'self'"})
"""Of the one page with a form that a browser sends by itself."""
WORKER_CSP = _policy(_WORKER_POLICY)
NO_STORE = "no-store"
FORGET = '"cache"'
"""For `Clear-Site-Data`. Cookies stay out of it: browsers clear those of the whole domain, which would tell more."""
HEADERS = {
    "Content-Security-Policy": PAGE_CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED_FEATURES),
    "Cache-Control": NO_STORE,
}
"""What an answer has, unless its view chose another value for the same name."""
TRANSPORT = {"Strict-Transport-Security": "max-age=63072000"}
"""Added where the origin is https."""

_ALWAYS = tuple(HEADERS.items())
_NAMES = {name.lower(): name for name in HEADERS}


class HeadersMiddleware:
    """Adds the table to every answer of a WSGI application."""

    def __init__(self, app: WSGIApplication, hosts: Mapping[str, str]) -> None:
        self._app = app
        self._secure = {host: origin.startswith("https://") for host, origin in hosts.items()}
        # A request to an address that is not ours gets it where all of ours are https.
        self._default = all(self._secure.values())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, as WSGI has it."""
        secure = self._secure.get(environ.get("HTTP_HOST", ""), self._default)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            return start_response(status, complete(headers, secure=secure), *rest)

        return self._app(environ, start)


def complete(headers: list[tuple[str, str]], *, secure: bool) -> list[tuple[str, str]]:
    """Return headers with those of the table that are not among them."""
    chosen = {name.lower() for name, _ in headers} & _NAMES.keys()
    added = _ALWAYS if not chosen else [pair for pair in _ALWAYS if pair[0].lower() not in chosen]
    return [*headers, *added, *(TRANSPORT.items() if secure else ())]
