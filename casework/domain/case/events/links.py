# SPDX-License-Identifier: EUPL-1.2
"""What ties a case to other cases. Nothing of another case stands here but its id."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportsJoined:
    """This case and another are about the same facts; each report keeps its own clocks, mailbox and reporter.

    Each of the two cases has such an event. `leads` says whether the inquiry is done in this one.
    """

    other_case: str
    leads: bool
    reason: str


@dataclass(frozen=True, slots=True)
class JoiningUndone:
    """This case and another are handled apart again."""

    other_case: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseSplit:
    """Other cases were opened for parts of this report; the register still counts one report."""

    new_cases: tuple[str, ...]
    reason: str
