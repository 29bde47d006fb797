# SPDX-License-Identifier: EUPL-1.2
"""Logs from outside: their ids, frames and heads (FORMAT.md sections 2 and 4).

What the intake can see of an entry, and all that it can check. The parts of a frame stay bytes here.
"""

from dataclasses import dataclass
from hashlib import sha256

from crypto.encoding import b32decode, b32encode, dump_json, labelled_hash, parse_json, u32, u64
from crypto.errors import BindingError, EncodingError
from crypto.fields import (
    DESK_ID_LENGTH,
    LOG_ID_LENGTH,
    desk_id,
    fields,
    key,
    list_of,
    one_of,
    optional,
    positive,
    to_json,
    versioned,
)
from crypto.fields import log_id as read_log_id

MAX_FRAME = 524_288
MAX_PARTS = 4
MAX_CLAIMS = 16
MAX_BLOB = 4_294_967_296
"""The longest sealed blob, in bytes (section 1.4)."""
BLOB_PART_LENGTH = 1_048_576
"""Bytes of each part of a sealed blob, the last one apart (section 7.5)."""
HASH_LENGTH = 32
"""Bytes of what stands for a deleted frame: its SHA-256. No frame is as short (section 7.7)."""
ZERO = bytes(32)
ZERO_HEAD = ZERO
"""head(0)."""
_PREFIX = 4


def mailbox_commitment(sign_key: bytes, reply_to: bytes) -> bytes:
    """Return the commitment, 32 bytes, to a signing key and the 1,216 raw bytes of a reply-to key."""
    return labelled_hash("mailbox-keys", sign_key, reply_to)


def log_id(kind: str, desk: str, login: bytes = ZERO, commitment: bytes = ZERO) -> str:
    """Return the id of a log: ``kind`` is mailbox, case (login only) or desk (neither)."""
    parts = (kind.encode(), b32decode(desk, DESK_ID_LENGTH), login, commitment)
    return b32encode(labelled_hash("log-id", *parts)[:LOG_ID_LENGTH])


def head(log: str, seq: int, prev: bytes, frame_hash: bytes) -> bytes:
    """Return the 32-byte head of a log whose head was ``prev`` before this frame, number ``seq``."""
    return labelled_hash("head", b32decode(log, LOG_ID_LENGTH), u64(seq), prev, frame_hash)


def hash_of(frame: bytes) -> bytes:
    """Return the SHA-256 of a frame, also of a deleted one, of which it is all that is left."""
    return frame if len(frame) == HASH_LENGTH else sha256(frame).digest()


def blob_parts(size: int) -> int:
    """Return in how many parts a sealed blob of ``size`` bytes is sent."""
    return -(-size // BLOB_PART_LENGTH)


@dataclass(frozen=True, slots=True)
class Claim:
    """An attachment that an entry announces."""

    blob: str
    size: int
    """Bytes of the sealed blob."""

    @property
    def parts(self) -> int:
        """How many parts the blob is sent in."""
        return blob_parts(self.size)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first entry of a log says about its keys."""

    kind: str
    desk: str
    login: bytes
    commitment: bytes
    committee_login: bytes | None


@dataclass(frozen=True, slots=True)
class Meta:
    """The part of a frame that is outside every seal."""

    log: str
    claims: tuple[Claim, ...] = ()
    open: Opening | None = None
    committee_login: bytes | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """An entry as it is sent and stored; `raw` are all its bytes."""

    meta: Meta
    parts: tuple[bytes, ...]
    raw: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 of the frame, 32 bytes."""
        return sha256(self.raw).digest()


_CLAIM = {"blob": read_log_id, "size": positive}
_OPENING = {
    "kind": one_of("mailbox", "case", "desk"),
    "desk": desk_id,
    "login": key,
    "commitment": key,
    "committee_login": optional(key),
}
_META = {
    "log": read_log_id,
    "claims": list_of(lambda value: Claim(**fields(value, _CLAIM)), MAX_CLAIMS),
    "open": optional(lambda value: Opening(**fields(value, _OPENING))),
    "committee_login": optional(key),
}


def encode_frame(meta: Meta, parts: tuple[bytes, ...]) -> bytes:
    """Return the bytes of a frame.

    Raises:
        ValueError: none or more than 4 parts, more than 16 claims, a claim above 4 GiB, or a frame above 524,288 bytes.
    """
    pieces = (dump_json({"v": 1} | to_json(meta)), *parts)
    frame = b"".join(u32(len(piece)) + piece for piece in pieces)
    if not 1 <= len(parts) <= MAX_PARTS or len(frame) > MAX_FRAME:
        raise ValueError(f"a frame must have 1 to {MAX_PARTS} parts and {MAX_FRAME} bytes at most")
    if len(meta.claims) > MAX_CLAIMS or any(claim.size > MAX_BLOB for claim in meta.claims):
        raise ValueError(f"a frame must have {MAX_CLAIMS} claims at most, of {MAX_BLOB} bytes at most")
    return frame


def parse_frame(data: bytes, log: str) -> Frame:
    """Return the frame of an entry that was sent to, or read from, ``log``.

    Raises:
        EncodingError: not a frame of FORMAT.md section 4.1.
        BindingError: it names another log, or opens one whose id does not follow from its keys.
    """
    if len(data) > MAX_FRAME:
        raise EncodingError(f"a frame is longer than {MAX_FRAME} bytes")
    raw_meta, *parts = _split(data)
    if not 1 <= len(parts) <= MAX_PARTS:
        raise EncodingError(f"a frame does not have 1 to {MAX_PARTS} parts")
    meta = _read_meta(parse_json(raw_meta))
    if meta.log != log:
        raise BindingError("a frame names another log")
    _check_opening(meta)
    return Frame(meta, tuple(parts), data)


def _split(data: bytes) -> list[bytes]:
    pieces: list[bytes] = []
    place = 0
    while place < len(data) or not pieces:
        start = place + _PREFIX
        place = start + int.from_bytes(data[place:start], "big")
        if start > len(data) or place > len(data):
            raise EncodingError("a frame ends inside a part")
        pieces.append(data[start:place])
    return pieces


def _read_meta(value: object) -> Meta:
    meta = Meta(**versioned(value, _META))
    opening = meta.open
    if opening is None:
        return meta
    if (opening.kind == "mailbox") != (opening.committee_login is not None):
        raise EncodingError("open: a mailbox has a committee login, another log has none")
    if meta.committee_login is not None:
        raise EncodingError("committee_login: the first entry of a log names it under open only")
    return meta


def _check_opening(meta: Meta) -> None:
    opening = meta.open
    if opening is None:
        return
    login = opening.login if opening.kind != "desk" else ZERO
    commitment = opening.commitment if opening.kind == "mailbox" else ZERO
    if (opening.login, opening.commitment) != (login, commitment):
        raise BindingError("open: only a mailbox has a commitment, and a desk log has no login")
    if log_id(opening.kind, opening.desk, login, commitment) != meta.log:
        raise BindingError("the log's id does not follow from its keys")
