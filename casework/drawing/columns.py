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


class Standing(NamedTuple):
    """How high all stands: the y of every box, of the start of every gap, and of the end of the longest column."""

    tops: Mapping[str, int]
    gap_tops: Mapping[Gap, int]
    bottom: int


class Columns:
    """The cards of a drawing by column."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.phases = tuple(phase for phase in Phase if any(card.phase is phase for card in cards))
        self._cards = tuple(tuple(card for card in cards if card.phase is phase) for phase in self.phases)
        self.place = {
            card.id: Place(column, place) for column, held in enumerate(self._cards) for place, card in enumerate(held)
        }

    def gaps(self, column: int) -> tuple[Gap, ...]:
        """Return the gaps of a column, from above."""
        return tuple(Gap(column, number) for number in range(len(self._cards[column]) + 1))

    def stand(self, crossing: Mapping[Gap, int]) -> Standing:
        """Return how high everything stands where so many lines cross each gap."""
        tops: dict[str, int] = {}
        gap_tops: dict[Gap, int] = {}
        bottoms = []
        for column, held in enumerate(self._cards):
            y = HEAD
            for gap, card in zip(self.gaps(column), (*held, None), strict=True):
                gap_tops[gap] = y
                y += _gap_height(gap, crossing)
                if card:
                    tops[card.id] = y
                    y += card.height
            bottoms.append(y)
        return Standing(tops, gap_tops, max(bottoms))


def _gap_height(gap: Gap, crossing: Mapping[Gap, int]) -> int:
    least = 2 if gap.number else 1
    lines = crossing.get(gap, 0)
    return max(least, lines + 1 if lines else 0) * PITCH
