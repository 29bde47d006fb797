# SPDX-License-Identifier: EUPL-1.2
"""Bodies and queries: reading what was sent within a limit, and answers that are prepared once in several codings."""

import gzip
from dataclasses import dataclass, field
from hashlib import sha256

import brotli
from flask import Request, Response
from werkzeug.exceptions import ClientDisconnected

from intake.errors import Refusal

OCTETS = "application/octet-stream"
_CODINGS = ("br", "gzip")


def read_body(request: Request, limit: int) -> bytes:
    """Return a request's body.

    Raises:
        Refusal: ``too_large`` above ``limit`` bytes; ``malformed`` when it ends early.
    """
    if (request.content_length or 0) <= limit:
        try:
            body = request.stream.read(limit + 1)
        except ClientDisconnected as error:
            raise Refusal("malformed", "the body ended before its announced length") from error
        if len(body) <= limit:
            return body
    raise Refusal("too_large", f"the body is larger than {limit} bytes; nothing was stored")


def require_octets(request: Request) -> None:
    """Return when a request's body is octets.

    Raises:
        Refusal: ``malformed``.
    """
    if request.mimetype != OCTETS:
        raise Refusal("malformed", f"this is sent as {OCTETS}")


def only_query(request: Request, name: str, *optional: str) -> dict[str, str]:
    """Return the query of a request that has the parameter ``name`` and perhaps ``optional`` ones.

    Raises:
        Refusal: ``malformed`` when one is missing, unknown or given twice.
    """
    given = list(request.args.items(multi=True))
    found = dict(given)
    if name not in found or len(given) != len(found) or not found.keys() <= {name, *optional}:
        others = "".join(f", perhaps {other}=," for other in optional)
        raise Refusal("malformed", f"the address needs ?{name}={others} and nothing else")
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer's bytes as they are and compressed, with an entity tag for each."""

    kind: str
    """The media type."""
    plain: bytes
    coded: dict[str, bytes] = field(default_factory=dict)
    """From ``br`` and ``gzip`` to the compressed bytes."""
    tag: str = ""

    def answer(self, request: Request, cache: str) -> Response:
        """Return the answer in the best coding that the client takes; 304 when it has it already."""
        accepted = request.environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = next((name for name in _CODINGS if name in self.coded and _accepts(accepted, name)), "")
        response = Response(self.coded.get(coding, self.plain), content_type=self.kind)
        response.headers["Cache-Control"] = cache
        if self.coded:
            response.headers["Vary"] = "Accept-Encoding"
        if coding:
            response.headers["Content-Encoding"] = coding
        if self.tag:
            response.set_etag(f"{self.tag}-{coding}" if coding else self.tag)
            response.make_conditional(request)
        return response


def prepare(kind: str, plain: bytes) -> Prepared:
    """Compress an answer that will be given often."""
    coded = {"br": brotli.compress(plain), "gzip": gzip.compress(plain, mtime=0)}
    return Prepared(kind, plain, coded, sha256(plain).hexdigest()[:32])


def _accepts(header: str, coding: str) -> bool:
    for part in header.split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip().lower() == coding:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
