# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong in the domain. Messages hold no content of a case."""

from typing import NamedTuple

from casework.domain.text import Text


class DomainError(Exception):
    """Base of every error of the domain."""


class EventError(DomainError):
    """A stored event cannot be read as one of the closed set."""


class UnknownEventError(EventError):
    """The event's version is newer than this tool: the case turns read-only, never unreadable."""


class MalformedEventError(EventError):
    """The event is of a version that this tool knows and not as it must be there: the entry is void."""


class ProtocolFileError(DomainError):
    """A protocol file breaks a rule; the message names file, step and cure."""


class Problem(NamedTuple):
    """Why something cannot be: `code` is stable and for programs, `text` is for a member."""

    code: str
    text: Text


class Refused(DomainError):  # noqa: N818 - a refusal is an answer to a member, not a fault of the program
    """A command that is not accepted; nothing was recorded."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.text.en}")
        self.code = problem.code
        self.text = problem.text
