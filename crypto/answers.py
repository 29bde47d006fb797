# SPDX-License-Identifier: EUPL-1.2
"""What the intake answers about logs and blobs, read as strictly as `intake/API.md` promises it ("Logs", "Blobs").

Shared by all who ask the intake: the members' tool and the reporter's command line. Nothing here is verified but its
form; each function raises `EncodingError` for any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from crypto.encoding import b64decode, parse_json
from crypto.errors import EncodingError
from crypto.fields import Reader, day, fields, key, list_of, log_id, one_of, positive, text
from crypto.handover import MAX_LETTER
from crypto.logs import MAX_BLOB, blob_parts

_PREFIX = 4
_ENDS = 2


def _up_to(most: int) -> Reader[int]:
    """Read a size; whoever asks for what it announces must not be filled up by it."""

    def read(value: object) -> int:
        size = positive(value)
        if size > most:
            raise EncodingError(f"a size is above {most} bytes")
        return size

    return read


_PLACED: dict[str, Reader[Any]] = {"seq": positive, "head": key, "day": day}
_INFO: dict[str, Reader[Any]] = {**_PLACED, "by": one_of("reporter", "committee", "member")}
_BLOB: dict[str, Reader[Any]] = {"size": _up_to(MAX_BLOB), "parts": positive, "missing": list_of(list_of(positive))}
_LETTER: dict[str, Reader[Any]] = {"letter": log_id, "day": day, "size": _up_to(MAX_LETTER)}
_LETTERS: dict[str, Reader[Any]] = {"letters": list_of(lambda value: fields(value, _LETTER))}
_REFUSAL: dict[str, Reader[Any]] = {"error": text, "message": text}


class Placed(NamedTuple):
    """Where the intake put an entry, and on which of its days."""

    seq: int
    head: bytes
    day: date


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as the intake hands it out; only `frame` can be checked, and only by its head."""

    seq: int
    day: date
    by: str
    head: bytes
    frame: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """Records in order, and what the intake says of the log as a whole: `length` entries ending in `head`."""

    records: tuple[Record, ...]
    head: bytes
    length: int


class BlobState(NamedTuple):
    """What the intake has of a blob: its bytes, its number of parts, and the ranges of part numbers not there."""

    size: int
    parts: int
    missing: tuple[range, ...]


class ListedLetter(NamedTuple):
    """A letter as the intake lists it: its id, the day on which it came, and its bytes."""

    letter: str
    day: date
    size: int


class Refused(NamedTuple):
    """A refusal's code and its message, which is for logs and not for people."""

    code: str
    message: str


def read_placed(body: bytes) -> Placed:
    """Read the answer to an append."""
    return Placed(**fields(parse_json(body), _PLACED))


def read_state(headers: Mapping[str, str]) -> tuple[bytes, int]:
    """Read the headers `etag` and `meldkluis-length`; returns the log's head and its number of entries."""
    try:
        tag, length = headers["etag"], int(headers["meldkluis-length"])
    except (KeyError, ValueError) as error:
        raise EncodingError("an answer does not tell the state of its log") from error
    if tag[:1] + tag[-1:] != '""':
        raise EncodingError("an entity tag has no quotes")
    return b64decode(tag[1:-1], 32), length


def read_records(body: bytes) -> list[Record]:
    """Read the entries in an answer."""
    records = []
    place = 0
    while place < len(body):
        info, place = _piece(body, place)
        frame, place = _piece(body, place)
        records.append(Record(frame=frame, **fields(parse_json(info), _INFO)))
    return records


def read_blob_state(body: bytes) -> BlobState:
    """Read what the intake has of a blob; its parts follow from its size, and a range lies within them."""
    found = fields(parse_json(body), _BLOB)
    if found["parts"] != blob_parts(found["size"]):
        raise EncodingError("a blob has another number of parts than its size gives")
    missing = tuple(_numbers(ends, found["parts"]) for ends in found["missing"])
    return BlobState(found["size"], found["parts"], missing)


def read_letters(body: bytes) -> tuple[ListedLetter, ...]:
    """Read the list of a desk's letters."""
    found: tuple[dict[str, Any], ...] = fields(parse_json(body), _LETTERS)["letters"]
    return tuple(ListedLetter(**letter) for letter in found)


def read_frames(body: bytes) -> tuple[bytes, ...]:
    """Read frames that come one after the other."""
    frames = []
    place = 0
    while place < len(body):
        frame, place = _piece(body, place)
        frames.append(frame)
    return tuple(frames)


def read_refusal(body: bytes) -> Refused:
    """Read an error answer."""
    found = fields(parse_json(body), _REFUSAL)
    return Refused(found["error"], found["message"])


def _piece(body: bytes, place: int) -> tuple[bytes, int]:
    start = place + _PREFIX
    end = start + int.from_bytes(body[place:start], "big")
    if start > len(body) or end > len(body):
        raise EncodingError("a record ends before its announced length")
    return body[start:end], end


def _numbers(ends: tuple[int, ...], parts: int) -> range:
    first, last = ends if len(ends) == _ENDS else (1, 0)
    if not 1 <= first <= last <= parts:
        raise EncodingError("a range of parts is not one of this blob")
    return range(first, last + 1)
