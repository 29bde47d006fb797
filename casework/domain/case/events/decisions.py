# SPDX-License-Identifier: EUPL-1.2
"""What members decide and note outside the protocol's steps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """A decision outside the protocol's steps: `about` is one of `DECISIONS`, `report` where it is about one."""

    about: str
    report: str | None
    outcome: str
    grounds: str
    authority: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """A note of a member, to the case or to one step."""

    text: str
    step: str | None


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """A legal hold: nothing of the case may be destroyed while it stands."""

    hold: str
    ground: str


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """The legal hold of that name ended."""

    hold: str
    reason: str
