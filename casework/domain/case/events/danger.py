# SPDX-License-Identifier: EUPL-1.2
"""Danger to life: one member tells the emergency service at once, and two others look at it afterwards."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DisclosureMade:
    """A member told 112, or the service that must act, of a danger to life, on the day `made`.

    `told` is what was said and `ground` why it could not wait. `identity_told` says whether the reporter's identity
    was part of it, `reporter_told` on which day the reporter heard of the disclosure; None while they have not.
    """

    disclosure: str
    to: str
    told: str
    ground: str
    made: date
    identity_told: bool
    reporter_told: date | None


@dataclass(frozen=True, slots=True)
class DisclosureReviewed:
    """Another member looked at such a disclosure; `judgement` is one of `JUDGEMENTS`.

    `alone` is why no second member can look at it, where that is so; empty where one can.
    """

    disclosure: str
    judgement: str
    remarks: str
    alone: str = ""
