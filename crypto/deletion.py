# SPDX-License-Identifier: EUPL-1.2
"""The reporter's deletion of the mailbox: an entry that nothing seals (FORMAT.md section 7.7).

The intake reads its numbers and obeys; members verify its signature, because only they know the reporter's key.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crypto.encoding import dump_json, parse_json
from crypto.envelope import parse_header
from crypto.errors import BindingError, EncodingError, FormatError
from crypto.fields import Reader, day, desk_id, key, list_of, log_id, positive, to_json, versioned
from crypto.logs import HASH_LENGTH, Frame, Meta, encode_frame, parse_frame
from crypto.signing import parse_statement, read_payload, sign_statement, verify_statement

TYPE = "meldkluis/deletion/v1"
_FIRST_REPLY = 2
_STATEMENT_START = b"{"


def _places(value: object) -> tuple[int, ...]:
    found = list_of(positive)(value)
    if list(found) != sorted(set(found)):
        raise EncodingError("the numbers of a deletion are not in order, or it has one twice")
    return found


_READERS: dict[str, Reader[Any]] = {
    "desk": desk_id,
    "log": log_id,
    "seq": positive,
    "prev": key,
    "day": day,
    "of": _places,
}


@dataclass(frozen=True, slots=True)
class Deletion:
    """What the reporter signs; `of` are the places of all the committee's replies."""

    desk: str
    log: str
    seq: int
    prev: bytes
    day: date
    of: tuple[int, ...]


def write_deletion(deletion: Deletion, seed: bytes) -> bytes:
    """Return the frame of a deletion, signed with the Ed25519 key of the reporter's signing seed."""
    statement = sign_statement(TYPE, dump_json({"v": 1} | to_json(deletion)), seed)
    return encode_frame(Meta(deletion.log), (statement,))


def is_deletion(frame: Frame) -> bool:
    """Tell whether an entry is in the place of a deletion: one part, and no envelope."""
    return len(frame.parts) == 1 and frame.parts[0].startswith(_STATEMENT_START)


def parse_deletion(frame: Frame, desk: str, seq: int, prev: bytes) -> Deletion:
    """Return the deletion at a place of its log, for a reader that cannot verify the signature.

    Raises:
        EncodingError: not one part that is such a statement.
        SignatureError: a statement of another type.
        BindingError: it was written for another desk, log or place, or the frame sets or claims something.
    """
    statement = parse_statement(_part(frame))
    read_payload(statement, TYPE)
    return _placed(_read(statement.payload), frame, desk, seq, prev)


def verify_deletion(frame: Frame, desk: str, seq: int, prev: bytes, sign_key: bytes) -> Deletion:
    """Return the deletion that the reporter with this signing key wrote for a place; errors as `parse_deletion`.

    Raises:
        SignatureError: also when it does not verify under the key.
    """
    return _placed(read_signed(_part(frame), sign_key), frame, desk, seq, prev)


def read_signed(statement: bytes, sign_key: bytes) -> Deletion:
    """Return the deletion in a statement that this key signed, wherever it stands.

    Raises:
        EncodingError, SignatureError: it is no such statement, or another key signed it.
    """
    return _read(verify_statement(parse_statement(statement), TYPE, sign_key))


def check_named(deletion: Deletion, frames: Iterable[tuple[int, bytes]]) -> None:
    """Check that a deletion names all the committee's replies before it, and nothing else.

    ``frames`` are entries before it with their places, every reply among them; of a deleted one only the hash. Each
    is looked at as it comes, none is kept, and none is taken after the first that is wrong.

    Raises:
        BindingError: it names the first entry, a grant, an entry of the reporter or none at all, or leaves out a reply.
    """
    message = "a deletion names something else than all the committee's replies"
    named = set(deletion.of)
    if min(named, default=_FIRST_REPLY) < _FIRST_REPLY:
        raise BindingError(message)
    for seq, raw in frames:
        if was_reply(raw, deletion.log) != (seq in named):
            raise BindingError(message)
        named.discard(seq)
    if named:
        raise BindingError(message)


def was_reply(raw: bytes, log: str) -> bool:
    """Tell whether a stored frame is a committee's reply, or the hash of one that was deleted."""
    if len(raw) == HASH_LENGTH:
        return True
    try:
        return is_reply(parse_frame(raw, log))
    except FormatError:
        return False


def is_reply(frame: Frame) -> bool:
    """Tell whether an entry is a committee's reply, as far as it shows: one envelope with one stanza, no new login."""
    try:
        stanzas = parse_header(frame.parts[0]).stanzas
    except FormatError:
        return False
    return len(frame.parts) == len(stanzas) == 1 and frame.meta.committee_login is None


def _part(frame: Frame) -> bytes:
    if len(frame.parts) != 1:
        raise EncodingError("a deletion does not have one part")
    return frame.parts[0]


def _read(payload: bytes) -> Deletion:
    return Deletion(**versioned(parse_json(payload), _READERS))


def _placed(deletion: Deletion, frame: Frame, desk: str, seq: int, prev: bytes) -> Deletion:
    if frame.meta.claims or frame.meta.committee_login is not None or frame.meta.open is not None:
        raise BindingError("a deletion claims blobs, or sets a login")
    if (deletion.desk, deletion.log, deletion.seq, deletion.prev) != (desk, frame.meta.log, seq, prev):
        raise BindingError("a deletion was signed for another desk, log or place")
    return deletion
