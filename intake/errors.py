# SPDX-License-Identifier: EUPL-1.2
"""What the intake refuses, and how it says so (API.md, "Rules for all requests").

Messages name the rule and the way on. They never repeat what was sent, so no secret can stand in one.
"""

from collections.abc import Mapping

STATUS = {
    "malformed": 400,
    "recipients": 400,
    "identifier": 400,
    "signature": 401,
    "desk": 403,
    "unknown": 404,
    "method": 405,
    "closed": 409,
    "conflict": 409,
    "quota": 409,
    "head": 412,
    "too_large": 413,
    "precondition": 428,
    "slow_down": 429,
    "fault": 500,
    "busy": 503,
}
"""The codes of API.md and their HTTP status."""


class IntakeError(Exception):
    """The intake cannot or will not do this; never raised directly."""


class SettingsError(IntakeError):
    """A setting is missing or unsafe; the message names it and the cure."""


class SiteError(IntakeError):
    """The pages or static files that the intake serves are not there or not whole."""


class DeskRefusedError(IntakeError):
    """A desk document was not added; the message names the rule."""


class Refusal(IntakeError):  # noqa: N818 - an answer to a client, not a fault of ours
    """An answer other than success: one code of `STATUS`, and one English sentence."""

    def __init__(self, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return STATUS[self.code]


class UnfitError(IntakeError):
    """A file from the plain form is no letter for this desk; its text is the name of the reason (`intake.site`)."""


def unknown() -> Refusal:
    """Return the one answer for what is not there and for what may not be seen."""
    return Refusal("unknown", "there is no such desk, log or blob, or this key has no access to it")
