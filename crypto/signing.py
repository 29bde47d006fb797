# SPDX-License-Identifier: EUPL-1.2
"""Statements: JSON of a type, a payload and an Ed25519 signature over both (FORMAT.md section 3).

This module makes no decision about who should have signed: the caller names type and key.
Where the key stands inside the payload, `read_payload` gives it unverified, to take that one field.
"""

from dataclasses import dataclass

from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_BYTES, crypto_sign_PUBLICKEYBYTES
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from crypto.encoding import b64encode, dump_json, parse_json
from crypto.errors import EncodingError, SignatureError
from crypto.fields import base64_of, fields, text


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as read; nothing in it is verified."""

    type: str
    payload: bytes
    """The bytes that are signed: a JSON object."""
    sig: bytes
    """64 bytes."""


_STATEMENT = {"type": text, "payload": base64_of(), "sig": base64_of(crypto_sign_BYTES)}


def public_key(seed: bytes) -> bytes:
    """Return the Ed25519 public key, 32 bytes, of a 32-byte seed."""
    return bytes(SigningKey(seed).verify_key)


def sign(message: bytes, seed: bytes) -> bytes:
    """Return the Ed25519 signature, 64 bytes, of ``message`` under a 32-byte seed."""
    return SigningKey(seed).sign(message).signature


def verify(message: bytes, signature: bytes, key: bytes) -> None:
    """Check an Ed25519 signature of 64 bytes under a public key of 32.

    Raises:
        SignatureError: it does not verify, is not canonical, or the key is not in the large subgroup.
    """
    if len(signature) != crypto_sign_BYTES or len(key) != crypto_sign_PUBLICKEYBYTES:
        raise SignatureError("a signature or its key has the wrong length")
    # Other keys have signatures that one library takes and another refuses.
    if not crypto_core_ed25519_is_valid_point(key):
        raise SignatureError("a public key is not a point of the large subgroup")
    try:
        VerifyKey(key).verify(message, signature)
    except BadSignatureError as error:
        raise SignatureError("a signature does not verify under the key required") from error


def pre_authentication(statement_type: str, payload: bytes) -> bytes:
    """Return the DSSE v1 pre-authentication encoding, which is what a statement's signature covers."""
    kind = statement_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign_statement(statement_type: str, payload: bytes, seed: bytes) -> bytes:
    """Return the JSON bytes of a statement, signed with the Ed25519 key of ``seed``."""
    signature = sign(pre_authentication(statement_type, payload), seed)
    return dump_json({"type": statement_type, "payload": b64encode(payload), "sig": b64encode(signature)})


def read_statement(value: object) -> Statement:
    """Return the statement that a JSON value holds, unverified.

    Raises:
        EncodingError: not an object of exactly ``type``, ``payload`` and ``sig``.
    """
    return Statement(**fields(value, _STATEMENT))


def parse_statement(data: bytes) -> Statement:
    """Return the statement that JSON bytes hold, unverified; errors as `read_statement`."""
    return read_statement(parse_json(data))


def read_payload(statement: Statement, statement_type: str) -> dict[str, object]:
    """Return the payload's JSON object BEFORE its signature is verified.

    Only for the one field that says which key must have signed (FORMAT.md section 3).

    Raises:
        SignatureError: the statement is of another type.
        EncodingError: the payload is not a JSON object.
    """
    _check_type(statement, statement_type)
    value = parse_json(statement.payload)
    if not isinstance(value, dict):
        raise EncodingError("a payload is not a JSON object")
    return value


def verify_statement(statement: Statement, statement_type: str, key: bytes) -> bytes:
    """Return the payload's bytes once type and signature are right.

    Raises:
        SignatureError: another type, or the signature does not verify under ``key``.
    """
    _check_type(statement, statement_type)
    verify(pre_authentication(statement_type, statement.payload), statement.sig, key)
    return statement.payload


def _check_type(statement: Statement, statement_type: str) -> None:
    if statement.type != statement_type:
        raise SignatureError("a statement is of another type than its place requires")
