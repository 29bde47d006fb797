# SPDX-License-Identifier: EUPL-1.2
"""What the intake answers (API.md): read as strictly as it is promised, and its refusals as errors for a reporter."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from crypto.answers import read_refusal, read_state
from crypto.errors import EncodingError, FormatError
from intake.reporter import errors

_DEFAULT_WAIT = 30
A = TypeVar("A")
B = TypeVar("B")


def as_promised(read: Callable[[A], B], answer: A) -> B:
    """Return what a reader of `crypto.answers` finds in an answer, or raise `bad_answer`."""
    try:
        return read(answer)
    except EncodingError as error:
        raise bad_answer() from error


def state(headers: Mapping[str, str]) -> tuple[bytes, int]:
    """Return the head and the length of a log; a proxy on the way may have made its entity tag a weak one."""
    return read_state({**headers, "etag": headers.get("etag", "").removeprefix("W/")})


def bad_answer() -> errors.LaterError:
    """Return the error for what the intake cannot have said."""
    return errors.LaterError(
        "The answer did not come from the desk's server, or this program and the server differ in version. It is not "
        "known whether anything arrived. Trying again is safe. Is the address right, and is this program new enough?"
    )


def refusal(body: bytes, headers: Mapping[str, str]) -> errors.ReporterError:
    """Return the error for a refusal, by the codes of API.md."""
    try:
        found = read_refusal(body)
    except FormatError:
        return bad_answer()
    if found.code == "slow_down":
        return errors.LaterError(
            "It is very busy there; nothing was stored. Wait {seconds} seconds and try again.",
            seconds=_seconds(headers),
        )
    kind, message = _REFUSALS.get(found.code, (errors.UnsentError, _FAULT))
    return kind(message, code=found.code, reason=found.message)


def _seconds(headers: Mapping[str, str]) -> int:
    value = headers.get("retry-after", "")
    return int(value) if value.isascii() and value.isdigit() else _DEFAULT_WAIT


_UNKNOWN = (
    "There is no mailbox that belongs to these words. That can have four causes, and nobody can tell which: a word is "
    "another one than on your paper, or two have changed places; the words belong to another desk; the report never "
    "arrived; or the mailbox was deleted."
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
