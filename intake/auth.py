# SPDX-License-Identifier: EUPL-1.2
"""Who signed a request (FORMAT.md section 11). Which key may do what, the views decide.

The signature is verified under the key that the request names, before anything is looked up: the
work is the same for a log that exists and for one that does not.
"""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Request

from crypto.encoding import b64decode
from crypto.errors import EncodingError, SignatureError
from crypto.httpsig import content_digest, verify_request
from intake.errors import Refusal

_SIGNED = ("meldkluis-day", "content-digest", "if-match", "if-none-match", "signature-input", "signature")
_ENVIRON = tuple((name, f"HTTP_{name.upper().replace('-', '_')}") for name in _SIGNED)
_HEAD_LENGTH = 32


class Signatures:
    """Verifies requests that came to one of the intake's own origins."""

    def __init__(self, hosts: Mapping[str, str], clock: Callable[[], date]) -> None:
        self._hosts = hosts
        self._clock = clock

    def key(self, request: Request, body: bytes | None = None) -> bytes:
        """Return the public key, 32 bytes, that signed the request.

        Raises:
            Refusal: ``signature``.
        """
        environ = request.environ
        headers = {name: environ[key] for name, key in _ENVIRON if key in environ}
        digest = None if body is None else content_digest(body)
        try:
            return verify_request(request.method, self._target(request), headers, digest, self._clock())
        except SignatureError as error:
            raise Refusal("signature", str(error)) from error

    def _target(self, request: Request) -> str:
        origin = self._hosts.get(request.environ.get("HTTP_HOST", ""))
        if origin is None:
            raise SignatureError("the request went to an address that is not one of this intake's origins")
        # As it was sent: a decoded path has several spellings.
        return origin + str(request.environ["RAW_URI"])


def precondition(request: Request) -> bytes | None:
    """Return the head that an append must follow, or None for a first entry.

    Raises:
        Refusal: ``precondition`` when there is none, ``malformed`` for any other.
    """
    match, none_match = (request.environ.get(f"HTTP_IF_{name}") for name in ("MATCH", "NONE_MATCH"))
    if match is None and none_match is None:
        raise Refusal("precondition", "an append needs If-Match with the log's head, or If-None-Match: *")
    if match is None and none_match == "*":
        return None
    if match is None or none_match is not None or not (match.startswith('"') and match.endswith('"')):
        raise Refusal("malformed", 'the precondition is either If-Match: "head" or If-None-Match: *')
    try:
        return b64decode(match[1:-1], _HEAD_LENGTH)
    except EncodingError as error:
        raise Refusal("malformed", "If-Match does not hold a head") from error
