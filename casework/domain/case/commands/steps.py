# SPDX-License-Identifier: EUPL-1.2
"""Going through the protocol."""

from dataclasses import dataclass, field

from casework.domain.case.events import Record


@dataclass(frozen=True, slots=True)
class CompleteStep:
    """Complete a step with its record and, where it has options, the one chosen."""

    by: str
    step: str
    record: Record = field(default_factory=dict)
    option: str | None = None


@dataclass(frozen=True, slots=True)
class ReopenStep:
    """Have a done step done again."""

    by: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordDeviation:
    """Leave a step out, with grounds and with the consent of the authority."""

    by: str
    step: str
    grounds: str
    consent_by: str


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """Have a closed case run again."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class FollowProtocol:
    """Have the case follow another protocol, or a newer version of its own, from now on.

    `kept` are done steps that stand; `judge.moving.follow` makes the command.
    """

    by: str
    protocol: str
    version: int
    digest: str
    kept: tuple[str, ...]
    reason: str
