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
