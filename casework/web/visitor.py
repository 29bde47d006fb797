# SPDX-License-Identifier: EUPL-1.2
"""Which browser asks, and whether it asks for itself.

A cookie holds a random token: before the code, it only ties the code page's form to the browser; after it, it
is the gate's session. Every form carries a token that follows from the cookie, so no other page can write one.
The Host header must be this server's own: a name that somebody points at 127.0.0.1 gets nothing (DNS rebinding).
"""

import hmac
import secrets

from flask import Request, Response, abort, g, request

CSRF_FIELD = "csrf"
_SECRET_BYTES = 32
_DEFAULT_PORT = "80"


class Visitor:
    """The browser behind a request. `token` is what its cookie holds, or will hold."""

    def __init__(self, request: Request, secret: bytes) -> None:
        self.cookie_name = f"meldkluis-{port_of(request)}"
        self._sent = request.cookies.get(self.cookie_name, "")
        self._path = f"{request.script_root}/"
        self._secret = secret
        self.token = self._sent or secrets.token_urlsafe(_SECRET_BYTES)

    @property
    def csrf(self) -> str:
        """The token that a form of this browser must carry."""
        return hmac.digest(self._secret, self.token.encode(), "sha256").hex()

    def wrote(self, form_token: str) -> bool:
        """Say whether a form with this token came from a page that this browser was given."""
        return hmac.compare_digest(form_token.encode(), self.csrf.encode())

    def remember(self, response: Response) -> Response:
        """Set the cookie where the browser does not hold it yet. Loopback is no HTTPS, hence no Secure."""
        if self.token != self._sent:
            response.set_cookie(self.cookie_name, self.token, httponly=True, samesite="Strict", path=self._path)
        return response


def new_secret() -> bytes:
    """Return the key of one run's form tokens."""
    return secrets.token_bytes(_SECRET_BYTES)


def port_of(request: Request) -> str:
    """Return the port on which this server listens."""
    return str(request.environ["SERVER_PORT"])


def refuse_strangers() -> None:
    """Stop a request that names another host, or comes from another site's page."""
    port = port_of(request)
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if port == _DEFAULT_PORT:
        hosts |= {"127.0.0.1", "localhost"}
    if request.headers.get("Host") not in hosts:
        abort(421)
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin is not None and origin != f"http://{request.headers['Host']}":
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        abort(403)


def visitor() -> Visitor:
    """Return the browser behind this request."""
    found: Visitor = g.visitor
    return found
