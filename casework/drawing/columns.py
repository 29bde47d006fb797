# SPDX-License-Identifier: EUPL-1.2
"""Boxes in columns: one column for each phase, and in it the steps below each other in the order of the file.

That order is the one in which the protocol's author tells it. Between two boxes is a gap, and beside every column a
gutter; lines go through gaps and gutters alone, so that none goes through a box. Gap 0 is above a column's first box.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from casework.domain.protocol.model import Phase
from casework.drawing.cards import PITCH, Card

HEAD = 2 * PITCH
"""The height of a phase's name above its column."""


class Place(NamedTuple):
    """Where a card stands: the column, and how far down in it."""

    column: int
    place: int


class Gap(NamedTuple):
    """The room above the box of that number in a column, or below the last one."""

    column: int
    number: int


class Columns:
    """The cards of a drawing by column; `tops` and `middle` take the number of lines that go through each gap."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.phases = tuple(phase for phase in Phase if any(card.phase is phase for card in cards))
        self.cards = tuple(tuple(card for card in cards if card.phase is phase) for phase in self.phases)
        self.place = {
            card.id: Place(column, place) for column, held in enumerate(self.cards) for place, card in enumerate(held)
        }

    def gaps(self, column: int) -> tuple[Gap, ...]:
        """Return the gaps of a column, from above."""
        return tuple(Gap(column, number) for number in range(len(self.cards[column]) + 1))

    def tops(self, crossing: Mapping[Gap, int]) -> dict[str, int]:
        """Return the y of every box."""
        tops: dict[str, int] = {}
        for column, held in enumerate(self.cards):
            y = HEAD
            for number, card in enumerate(held):
                y += _gap_height(Gap(column, number), crossing)
                tops[card.id] = y
                y += card.height
        return tops

    def gap_top(self, gap: Gap, crossing: Mapping[Gap, int]) -> int:
        """Return the y at which a gap begins."""
        held = self.cards[gap.column]
        above = held[gap.number - 1] if gap.number else None
        return self.tops(crossing)[above.id] + above.height if above else HEAD

    def bottom(self, crossing: Mapping[Gap, int]) -> int:
        """Return the y at which the longest column ends, its last gap included."""
        ends = [self.gaps(column)[-1] for column in range(len(self.cards))]
        return max(self.gap_top(gap, crossing) + _gap_height(gap, crossing) for gap in ends)


def _gap_height(gap: Gap, crossing: Mapping[Gap, int]) -> int:
    least = 2 if gap.number else 1
    lines = crossing.get(gap, 0)
    return max(least, lines + 1 if lines else 0) * PITCH
