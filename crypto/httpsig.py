# SPDX-License-Identifier: EUPL-1.2
"""Signed requests: HTTP Message Signatures in the one shape that FORMAT.md section 11 allows.

No general parser of RFC 9421: the reader builds the only headers that would be right for the request
and compares. Which key may do what is for the caller to decide.
"""

import re
from base64 import b64decode as std_b64decode
from base64 import b64encode as std_b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from crypto.encoding import b64decode, b64encode, parse_day
from crypto.errors import EncodingError, SignatureError
from crypto.signing import public_key, sign, verify

MAX_DAYS_APART = 1
_KEY_LENGTH = 32
_INPUT = re.compile(r'sig=(\(.*\);keyid="([A-Za-z0-9_-]{43})";alg="ed25519";tag="meldkluis/v1")')
_SIGNATURE = re.compile(r"sig=:([A-Za-z0-9+/]{86}==):")
_VISIBLE = re.compile(r"[ -~]+")
_PRECONDITIONS = ("if-match", "if-none-match")


def content_digest(body: bytes) -> str:
    """Return the ``Content-Digest`` header of a body (RFC 9530, SHA-256)."""
    return f"sha-256=:{std_b64encode(sha256(body).digest()).decode()}:"


def sign_request(
    method: str,
    target: str,
    day: date,
    seed: bytes,
    body: bytes | None = None,
    if_match: str | None = None,
    if_none_match: str | None = None,
) -> dict[str, str]:
    """Return the headers that sign a request with the Ed25519 key of ``seed``, preconditions included.

    ``target`` is the whole address with its origin; a precondition is the header's whole value.

    Raises:
        ValueError: two preconditions, or one without a body.
    """
    headers = {"Meldkluis-Day": day.isoformat()}
    if body is not None:
        headers["Content-Digest"] = content_digest(body)
    preconditions = {name: value for name, value in (("If-Match", if_match), ("If-None-Match", if_none_match)) if value}
    if len(preconditions) > (body is not None):
        raise ValueError("a request with a body may have one precondition, another may have none")
    headers |= preconditions
    components = [("@method", method), ("@target-uri", target), *((name.lower(), headers[name]) for name in headers)]
    params = _params(components, b64encode(public_key(seed)))
    signature = std_b64encode(sign(_base(components, params), seed)).decode()
    return headers | {"Signature-Input": f"sig={params}", "Signature": f"sig=:{signature}:"}


def verify_request(method: str, target: str, headers: Mapping[str, str], digest: str | None, today: date) -> bytes:
    """Return the public key, 32 bytes, that signed a request.

    ``target`` is the address as the server builds it from its own origin; ``headers`` are the
    request's; ``digest`` is `content_digest` of the body received, or None for a request without one.

    Raises:
        SignatureError: a header is missing or of another shape, the day is more than one
            from ``today``, the body or the request is not the one signed.
    """
    given = {name.lower(): value for name, value in headers.items()}
    components = [("@method", method), ("@target-uri", target), *_covered(given, digest, today)]
    params, key = _read_input(_header(given, "signature-input"))
    if params != _params(components, b64encode(key)):
        raise SignatureError("the signature covers other components than this request needs")
    verify(_base(components, params), _read_signature(_header(given, "signature")), key)
    return key


def _covered(given: Mapping[str, str], digest: str | None, today: date) -> list[tuple[str, str]]:
    """Return the header components that a request with these headers must have signed, in order."""
    covered = [("meldkluis-day", _header(given, "meldkluis-day"))]
    _check_day(covered[0][1], today)
    if digest is None:
        if "content-digest" in given:
            raise SignatureError("the request has a digest but no body")
        return covered
    if _header(given, "content-digest") != digest:
        raise SignatureError("the body is not the one that was signed")
    preconditions = [(name, given[name]) for name in _PRECONDITIONS if name in given]
    if len(preconditions) > 1:
        raise SignatureError("the request has two preconditions")
    return [*covered, ("content-digest", digest), *preconditions]


def _header(given: Mapping[str, str], name: str) -> str:
    if name not in given:
        raise SignatureError(f"the request has no {name} header")
    return given[name]


def _check_day(text: str, today: date) -> None:
    try:
        apart = abs((parse_day(text) - today).days)
    except EncodingError as error:
        raise SignatureError("the request's day is not written YYYY-MM-DD") from error
    if apart > MAX_DAYS_APART:
        raise SignatureError("the request is of another day: check this device's clock")


def _read_input(header: str) -> tuple[str, bytes]:
    match = _INPUT.fullmatch(header)
    if match is None:
        raise SignatureError("the Signature-Input header is not of the one shape allowed")
    try:
        return match[1], b64decode(match[2], _KEY_LENGTH)
    except EncodingError as error:
        raise SignatureError("the keyid is not a public key") from error


def _read_signature(header: str) -> bytes:
    match = _SIGNATURE.fullmatch(header)
    signature = std_b64decode(match[1]) if match else b""
    if match is None or std_b64encode(signature).decode() != match[1]:
        raise SignatureError("the Signature header is not of the one shape allowed")
    return signature


def _params(components: Sequence[tuple[str, str]], keyid: str) -> str:
    names = " ".join(f'"{name}"' for name, _ in components)
    return f'({names});keyid="{keyid}";alg="ed25519";tag="meldkluis/v1"'


def _base(components: Sequence[tuple[str, str]], params: str) -> bytes:
    """Return the signature base (RFC 9421 section 2.5); a value that could break a line is refused."""
    if not all(_VISIBLE.fullmatch(value) for _, value in components):
        raise SignatureError("a part of the request has characters that cannot be signed")
    lines = [f'"{name}": {value}' for name, value in components]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode("ascii")
