# SPDX-License-Identifier: EUPL-1.2
"""What the intake's refusals mean for a member, by the codes of intake/API.md."""

from collections.abc import Mapping

from casework import errors
from crypto.answers import read_refusal
from crypto.errors import FormatError


def bad_answer() -> errors.AnswerError:
    """Return the error for an answer that is not in the format of API.md."""
    return errors.AnswerError(
        "The intake's answer is not in the agreed form. Nothing was changed here. Is the address right, "
        "and is this tool as new as the intake?"
    )


def refusal(headers: Mapping[str, str], body: bytes) -> errors.IntakeError:
    """Return the error for a refusal, by the codes of API.md."""
    try:
        found = read_refusal(body)
    except FormatError:
        return bad_answer()
    if found.code == "slow_down":
        return errors.SlowDownError(
            "Too many requests from here; nothing was stored. Try again in {seconds} seconds.",
            _seconds(headers),
        )
    kind, message = REFUSALS.get(found.code, (errors.RefusedError, FAULT))
    return kind(message, code=found.code, reason=found.message)


def _seconds(headers: Mapping[str, str]) -> int:
    value = headers.get("retry-after", "")
    return int(value) if value.isascii() and value.isdigit() else 60


NO_ROOM = (
    "The reporter's mailbox has no more room for files from you, so this message was not sent. It is kept here, and "
    "every sync tries again. Write it again without files, or ask who runs the intake for more room."
)
FAULT = (
    "The intake refused a request of this tool ({code}: {reason}). Nothing was stored. "
    "Update this tool, and tell the desk's contact if it happens again."
)
REFUSALS: dict[str, tuple[type[errors.IntakeError], str]] = {
    "recipients": (
        errors.RecipientsError,
        "The desk's members changed while sealing. Nothing was stored. Sync again.",
    ),
    "signature": (
        errors.SignatureRefusedError,
        "The intake did not accept the signature. Nothing was stored. Check the date of this device, then sync again.",
    ),
    "unknown": (
        errors.UnknownLogError,
        "The intake knows no such desk or log, or gives this key no access. Nothing was stored.",
    ),
    "conflict": (
        errors.ConflictError,
        "The intake already holds another entry or epoch in this place. Nothing was stored. Sync again.",
    ),
    "head": (errors.HeadMovedError, "Somebody else wrote first. Nothing was stored. Sync again."),
    "quota": (errors.QuotaError, NO_ROOM),
    "busy": (errors.BusyError, "The intake is busy. Nothing was stored. Try again in a minute."),
}
