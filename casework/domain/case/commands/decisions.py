# SPDX-License-Identifier: EUPL-1.2
"""Deciding and noting outside the protocol's steps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakeDecision:
    """Record a decision outside the protocol's steps."""

    by: str
    about: str
    outcome: str
    grounds: str
    authority: str
    report: str | None = None


@dataclass(frozen=True, slots=True)
class AddNote:
    """Add a note to the case or to a step."""

    by: str
    text: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """Forbid that anything of the case is destroyed, until the hold is lifted; `hold` is an id drawn at random."""

    by: str
    hold: str
    ground: str


@dataclass(frozen=True, slots=True)
class LiftHold:
    """End a legal hold."""

    by: str
    hold: str
    reason: str
