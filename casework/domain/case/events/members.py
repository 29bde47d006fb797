# SPDX-License-Identifier: EUPL-1.2
"""Who may act in the case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConflictDeclared:
    """A member declared for themself whether they have an interest in the case."""

    member: str
    conflict: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class MemberExcluded:
    """A member may no longer act in the case; what they did before stands.

    `decided_by` is who decided it, where the member who records it could not alone (`case.access`).
    """

    member: str
    ground: str
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class MemberReadmitted:
    """Another member judged that nothing stands in a member's way any more; they declare anew before they go on."""

    member: str
    reason: str
