# SPDX-License-Identifier: EUPL-1.2
"""The case log: its keys and its entries (FORMAT.md section 9). Not for the intake.

Opening an entry says only that somebody with the case key wrote it for this place; who that was,
`verify_entry` checks. After that has been done once, `open_entry` alone reads the entry again.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError

from crypto.derive import derive_key
from crypto.desk import Desk
from crypto.encoding import b32decode, labelled_hash, u64
from crypto.errors import NoMatchError, PayloadError
from crypto.logs import log_id
from crypto.padding import entry_length, pad_entry, unpad_entry
from crypto.place import Place, check_place, check_version, verify_authored
from crypto.signing import parse_statement, public_key
from crypto.statements import CaseEntry

KEY_LENGTH = 32
_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES


@dataclass(frozen=True)
class CaseKey:
    """The secret of one case, 32 random bytes, and what follows from it."""

    desk: str
    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls, desk: str) -> "CaseKey":
        """Return a fresh case key for a desk."""
        return cls(desk, secrets.token_bytes(KEY_LENGTH))

    @cached_property
    def login_seed(self) -> bytes:
        """Ed25519 seed, 32 bytes, that signs the requests of the case log."""
        return derive_key(self.secret, "case-login")

    @cached_property
    def entry_key(self) -> bytes:
        """XChaCha20-Poly1305 key, 32 bytes, of the entries."""
        return derive_key(self.secret, "case-entries")

    @cached_property
    def log(self) -> str:
        """The id of the case log."""
        return log_id("case", self.desk, public_key(self.login_seed))


def seal_entry(case: CaseKey, seq: int, prev: bytes, statement: bytes) -> bytes:
    """Return the part of a frame that holds a statement, sealed for one place in the case log."""
    nonce = secrets.token_bytes(_NONCE)
    aad = _associated(case, seq, prev)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(pad_entry(statement), aad, nonce, case.entry_key)


def open_entry(case: CaseKey, seq: int, prev: bytes, part: bytes) -> bytes:
    """Return the statement that a part holds, its signature unverified.

    Raises:
        PayloadError: a length that no entry has, or padding that is not zeros.
        NoMatchError: another key or place, or altered.
    """
    length = len(part) - _NONCE - _TAG
    if length <= 0 or entry_length(length) != length:
        raise PayloadError("a case-log entry has a length that no entry has")
    aad = _associated(case, seq, prev)
    try:
        plain = crypto_aead_xchacha20poly1305_ietf_decrypt(part[_NONCE:], aad, part[:_NONCE], case.entry_key)
    except CryptoError as error:
        raise NoMatchError("the case key does not open this entry at this place") from error
    return unpad_entry(plain)


def verify_entry(statement: bytes, desks: Sequence[Desk], place: Place, seen_version: int = 0) -> CaseEntry:
    """Return the event of a statement that `open_entry` gave.

    ``desks`` are the desk under each document known, the newest included; ``seen_version`` is the highest version
    that a valid entry before it names.

    Raises:
        FormatError: of the layer that refuses it: encoding, signature, desk or binding.
    """
    entry = verify_authored(parse_statement(statement), CaseEntry, desks)
    check_place(entry, desks[0].id, place)
    check_version(entry.desk_version, seen_version)
    return entry


def _associated(case: CaseKey, seq: int, prev: bytes) -> bytes:
    return labelled_hash("case-entry", b32decode(case.log), u64(seq), prev)
