# SPDX-License-Identifier: EUPL-1.2
"""Danger to life: telling an emergency service at once, and reviewing that."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DiscloseInDanger:
    """Record that a danger to life was told to 112 or a competent service; `disclosure` is an id drawn at random."""

    by: str
    disclosure: str
    to: str
    told: str
    ground: str
    made: date
    identity_told: bool
    reporter_told: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewDisclosure:
    """Judge, as another member, whether a disclosure was justified; where not, `remarks` say why.

    `alone` says why no second member can judge it.
    """

    by: str
    disclosure: str
    judgement: str
    remarks: str = ""
    alone: str = ""
