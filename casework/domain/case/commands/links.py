# SPDX-License-Identifier: EUPL-1.2
"""Tying cases together and apart. The command concerns the log of one case; the other gets its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JoinCases:
    """Join `case` with another about the same facts; `leads` says whether the inquiry is done in `case`.

    The reason may stand in both cases, so it tells nothing of what either holds.
    """

    by: str
    case: str
    other_case: str
    leads: bool
    reason: str


@dataclass(frozen=True, slots=True)
class UndoJoining:
    """Handle this case apart from the other again."""

    by: str
    other_case: str
    reason: str


@dataclass(frozen=True, slots=True)
class SplitCase:
    """Say that other cases take up parts of this one's report; `parts.part_report` opens each of them."""

    by: str
    new_cases: tuple[str, ...]
    reason: str
