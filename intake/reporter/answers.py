# SPDX-License-Identifier: EUPL-1.2
"""What the intake answers (API.md): read as strictly as it is promised, and its refusals as errors for a reporter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from crypto.encoding import b64decode, parse_json
from crypto.errors import FormatError
from crypto.fields import Reader, day, fields, key, one_of, positive, text
from intake.reporter import errors

_PREFIX = 4
_DEFAULT_WAIT = 30
PLACED: dict[str, Reader[Any]] = {"seq": positive, "head": key, "day": day}
_INFO: dict[str, Reader[Any]] = {**PLACED, "by": one_of("reporter", "committee", "member")}


class Placed(NamedTuple):
    """Where the intake put an entry, and on which of its days."""

    seq: int
    head: bytes
    day: date


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as the intake hands it out; ``head``, ``by`` and ``day`` are its word."""

    seq: int
    day: date
    by: str
    head: bytes
    frame: bytes


class Page(NamedTuple):
    """Entries in order, with the head and the length that the intake says the whole log has."""

    records: tuple[Record, ...]
    head: bytes
    length: int


def read_state(headers: Mapping[str, str]) -> tuple[bytes, int]:
    """Return the head and the length of a log."""
    try:
        tag = headers["etag"].removeprefix("W/")
        if tag[:1] + tag[-1:] != '""':
            raise bad_answer()
        return b64decode(tag[1:-1], 32), int(headers["meldkluis-length"])
    except (KeyError, ValueError) as error:
        raise bad_answer() from error


def read_records(body: bytes) -> list[Record]:
    """Return the entries in an answer."""
    records = []
    place = 0
    while place < len(body):
        info, place = _piece(body, place)
        frame, place = _piece(body, place)
        records.append(Record(frame=frame, **read(info, _INFO)))
    return records


def _piece(body: bytes, place: int) -> tuple[bytes, int]:
    start = place + _PREFIX
    end = start + int.from_bytes(body[place:start], "big")
    if start > len(body) or end > len(body):
        raise bad_answer()
    return body[start:end], end


def read(body: bytes, readers: Mapping[str, Reader[Any]]) -> dict[str, Any]:
    """Return the fields of a JSON answer, which has these and no others."""
    try:
        return fields(parse_json(body), readers)
    except FormatError as error:
        raise bad_answer() from error


def bad_answer() -> errors.LaterError:
    """Return the error for what the intake cannot have said."""
    return errors.LaterError(
        "The answer did not come from the desk's server, or this program and the server differ in version. It is not "
        "known whether anything arrived. Trying again is safe. Is the address right, and is this program new enough?"
    )


def refusal(body: bytes, headers: Mapping[str, str]) -> errors.ReporterError:
    """Return the error for a refusal, by the codes of API.md."""
    try:
        found = fields(parse_json(body), {"error": text, "message": text})
    except FormatError:
        return bad_answer()
    if found["error"] == "slow_down":
        return errors.LaterError(
            "It is very busy there; nothing was stored. Wait {seconds} seconds and try again.",
            seconds=_seconds(headers),
        )
    kind, message = _REFUSALS.get(found["error"], (errors.UnsentError, _FAULT))
    return kind(message, code=found["error"], reason=found["message"])


def _seconds(headers: Mapping[str, str]) -> int:
    value = headers.get("retry-after", "")
    return int(value) if value.isascii() and value.isdigit() else _DEFAULT_WAIT


_UNKNOWN = (
    "There is no mailbox that belongs to these words. That can have three causes, and nobody can tell which: a word is "
    "another one than on your paper, or two have changed places; the words belong to another desk; or the report never "
    "arrived."
)
_FAULT = (
    "The server refused what this program sent ({code}: {reason}). Nothing was stored. Get the newest version of this "
    "program, or use the desk's page."
)
_REFUSALS: dict[str, tuple[type[errors.ReporterError], str]] = {
    "recipients": (errors.StanzasError, "Who reads at this desk has just changed. Nothing was stored. Try again."),
    "desk": (errors.UntrustedError, "The server refuses this desk ({reason}). Nothing was stored. Do not go on here."),
    "signature": (
        errors.UnsentError,
        "The server did not accept the day of this computer. Nothing was stored. Set its clock right, and try again.",
    ),
    "unknown": (
        errors.AbsentError,
        _UNKNOWN,
    ),
    "closed": (errors.AbsentError, "This desk takes no new reports now. Nothing was stored. Report in another way."),
    "quota": (
        errors.UnsentError,
        "The files are larger than this mailbox has room for. Nothing was stored. Send fewer files, or none.",
    ),
    "too_large": (errors.UnsentError, "This is too long for one message. Nothing was stored. Send it in parts."),
    "head": (errors.HeadMovedError, "The mailbox has moved on. Nothing was stored. Read it first, then try again."),
    "busy": (errors.LaterError, "The server is overloaded. Nothing was stored. Try again in a minute."),
    "fault": (errors.LaterError, "The server had a fault. Nothing was stored. Try again."),
}
