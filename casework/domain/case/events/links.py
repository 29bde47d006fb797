# SPDX-License-Identifier: EUPL-1.2
"""What ties a case to other cases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportsJoined:
    """This case and another are handled as one; each report keeps its own clocks and mailbox."""

    other_case: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseSplit:
    """Other cases were opened for parts of this report; the register still counts one report."""

    new_cases: tuple[str, ...]
    reason: str
