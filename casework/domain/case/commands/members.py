# SPDX-License-Identifier: EUPL-1.2
"""Who may act in the case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeclareConflict:
    """Declare for oneself whether one has an interest in the case; an interest needs an explanation."""

    by: str
    conflict: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ExcludeMember:
    """Exclude a member, or recuse oneself."""

    by: str
    member: str
    ground: str
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class ReadmitMember:
    """Decide that a colleague who declared an interest, or was excluded, may act in the case again."""

    by: str
    member: str
    reason: str
