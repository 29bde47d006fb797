# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong for a reporter: what happened, what was kept, what to do next.

A message is an English msgid with named places; `i18n.Translator.explain` gives it in the reporter's language. Values
are days, numbers, addresses or file names, never words, keys or what somebody wrote. ``exit_code`` is what the
command ends with; docs/reporters.md lists them.
"""

from typing import ClassVar


class ReporterError(Exception):
    """Base of every error of this package; `str()` is the English sentence. Never raised directly."""

    exit_code: ClassVar[int]

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


class StoppedError(ReporterError):
    """The reporter chose not to go on."""

    exit_code = 1


class AddressError(ReporterError):
    """The address, the desk or the proxy is not in the form that is needed; nothing was sent."""

    exit_code = 2


class LaterError(ReporterError):
    """It did not work now; the same again is safe, and never makes a second report or message."""

    exit_code = 3


class UntrustedError(ReporterError):
    """The server shows another desk than the address promises, or a history that does not hold: do not go on."""

    exit_code = 4


class AbsentError(ReporterError):
    """There is no such desk, it takes no reports, or no mailbox belongs to these words."""

    exit_code = 5


class UnsentError(ReporterError):
    """What is to be sent cannot be sent as it is; the message says what to change here."""

    exit_code = 6


class ReadersError(UnsentError):
    """Who would read it is not who was shown; show them again before the next attempt."""


class HeadMovedError(LaterError):
    """Another entry stands where this one was to stand."""


class StanzasError(LaterError):
    """The desk's live members are not those that were sealed to."""
