# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong in the members' tool: what happened, what was kept, what to do next.

A message is an English msgid with named places; `i18n.Translator.explain` gives it in the member's
language. Values are days, member ids, step ids or addresses, never keys, words or content of a case.
"""

from datetime import date


class CaseworkError(Exception):
    """Base of every error of this package; `str()` is the English sentence."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values


class HomeError(CaseworkError):
    """The member's folder is missing, in use, or already holds what would be written."""


class PassphraseError(CaseworkError):
    """The key file does not open with this passphrase, or is damaged."""


class ReadOnlyError(CaseworkError):
    """Nothing may be written now, for instance because the day went back."""


class LockedError(CaseworkError):
    """This tool was locked: its keys are forgotten and nothing more is asked of the intake."""

    def __init__(self) -> None:
        super().__init__(
            "This tool was locked meanwhile. What the intake already took is kept; nothing more was sent. "
            "Unlock it and sync again."
        )


class DateToConfirmError(CaseworkError):
    """The day jumped ahead so far that keys would be destroyed; a person confirms `day` first."""

    def __init__(self, message: str, day: date, **values: object) -> None:
        super().__init__(message, day=day, **values)
        self.day = day


class DayMismatchError(CaseworkError):
    """The intake's day and this device's day are more than one apart."""


class DeskRefusedError(CaseworkError):
    """The desk's documents do not belong to the desk id, went back, or no longer name this member."""


class TooLongError(CaseworkError):
    """What was to be recorded does not fit into one entry of a case log; nothing was recorded."""


class FaultError(CaseworkError):
    """This tool met something that it did not foresee; `kind` is the name of the exception and no more."""


class UnknownCaseError(CaseworkError):
    """There is no such case here, or this member holds no key to it."""


class BrokenCaseError(CaseworkError):
    """This tool cannot make sense of one case; it is kept, and the others go on."""


class UnknownFileError(CaseworkError):
    """There is no such file in this case, or a file that was chosen is no longer at hand."""


class FileNotWholeError(CaseworkError):
    """A file is not all there yet; nothing was saved."""


class DamagedFileError(CaseworkError):
    """A file is not what its sender signed, or changed while it was read; nothing was saved or recorded."""


class CeremonyError(CaseworkError):
    """Cards, shares or documents of a desk ceremony do not fit together; nothing was written."""


class RaceLostError(CaseworkError):
    """Others kept writing at the same moment; nothing was recorded."""


class IntakeError(CaseworkError):
    """The intake could not be asked, or refused; each subclass says what to do."""


class UnreachableError(IntakeError):
    """No answer came; whether a write arrived shows at the next sync, which never doubles it."""


class AnswerError(IntakeError):
    """The answer is not in the format of intake/API.md."""


class RefusedError(IntakeError):
    """The intake refused a request that this tool made: one of the two has a fault."""


class QuotaError(IntakeError):
    """The committee has claimed all the room that a mailbox has for its files; the entry was not stored."""


class RecipientsError(IntakeError):
    """The number of live members changed while sealing: fetch the desk and seal again."""


class SignatureRefusedError(IntakeError):
    """The intake does not take the signature or its day."""


class UnknownLogError(IntakeError):
    """No such log, or no access to it: one answer for both."""


class ConflictError(IntakeError):
    """Another entry or epoch stands in the place already."""


class HeadMovedError(IntakeError):
    """The log has moved on: fetch, then decide again."""


class SlowDownError(IntakeError):
    """Too many requests from this address; `seconds` until the next one is welcome."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message, seconds=seconds)
        self.seconds = seconds


class MissingError(IntakeError):
    """The intake does not show a document or epochs that something was sealed under; that waits, nothing is lost."""


class LogSlowDownError(SlowDownError):
    """Too many entries for one log: that one waits, the others need not."""


class BusyError(IntakeError):
    """The intake is overloaded; nothing was stored."""


class IncidentError(CaseworkError):
    """The intake shows a log that contradicts what it showed before, or withholds entries."""
