# SPDX-License-Identifier: EUPL-1.2
"""The way of each line: from box to gutter, along the gutter, through gaps of the columns in between, to the next box.

Forward lines leave a box at its right side, lines back at its left; a line to the next box below goes straight down.
Lines to the same box share their way: such lines may merge, and where lines only cross, neither turns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from casework.drawing.cards import PITCH, Card
from casework.drawing.columns import Columns, Gap

# Where lines meet a side, from the top of the box. Lines that could meet in one gutter never have the same y modulo
# PITCH, so that no line lies upon another: 0 leaving right, 12 coming in left, 6 coming in right, 15 leaving left,
# and 9 or 3 in gaps of even and odd columns.
_IN_LEFT, _BACK_IN_LEFT, _IN_RIGHT, _BACK_IN_RIGHT, _OUT_LEFT = 12, 30, 24, 42, 51
_OUT_RIGHT = 2 * PITCH
_IN_GAP = (9, 21)


class Way(NamedTuple):
    """A line to draw: from a box (at a row of it, or None) to a box."""

    source: str
    target: str
    row: int | None


class Shared(NamedTuple):
    """What lines have in common that may merge."""

    target: str
    back: bool


@dataclass(frozen=True, slots=True)
class Trip:
    """A line as it goes through gutters; between gutters it crosses columns. Gutter 0 is left of column 0."""

    way: Way
    shared: Shared
    gutters: tuple[int, ...]
    crossed: tuple[int, ...]
    leaves_right: bool
    enters_right: bool


def ways(cards: Sequence[Card]) -> Iterator[Way]:
    """Yield every line of a drawing once."""
    for card in cards:
        for outlet in card.outlets:
            for target in outlet.targets:
                yield Way(card.id, target, outlet.row)


def goes_straight(way: Way, columns: Columns) -> bool:
    """Say whether the line goes down to the box right below."""
    source, target = columns.place[way.source], columns.place[way.target]
    return way.row is None and target == (source.column, source.place + 1)


def trip(way: Way, columns: Columns) -> Trip:
    """Return the gutters and columns of a line."""
    source, target = columns.place[way.source], columns.place[way.target]
    back = target <= source
    enters_right = target.column < source.column or (target.column == source.column and not back)
    first, last = source.column + (not back), target.column + enters_right
    gutters = range(first, last + 1) if first <= last else range(first, last - 1, -1)
    crossed = tuple(min(pair) for pair in pairwise(gutters))
    return Trip(way, Shared(way.target, back), tuple(gutters), crossed, not back, enters_right)


def choose_gaps(trips: Sequence[Trip], columns: Columns) -> dict[tuple[int, Shared], Gap]:
    """Return by column the gap that each line goes through: the one nearest to halfway between its ends."""
    tops, gap_tops, _ = columns.stand({})
    chosen: dict[tuple[int, Shared], Gap] = {}
    for one in trips:
        halfway = (tops[one.way.source] + tops[one.way.target]) // 2
        for column in one.crossed:
            distances = {gap: abs(gap_tops[gap] + PITCH - halfway) for gap in columns.gaps(column)}
            nearest = min(distances, key=lambda gap: (distances[gap], gap.number))
            chosen.setdefault((column, one.shared), nearest)
    return chosen


class Levels:
    """The y of everything that lies level: the ends of lines, and their ways through gaps."""

    def __init__(self, columns: Columns, gaps: Mapping[tuple[int, Shared], Gap]) -> None:
        self._gaps = gaps
        self._in_gap = {gap: [key for key in gaps if gaps[key] == gap] for gap in gaps.values()}
        self.tops, self._gap_tops, self.bottom = columns.stand({gap: len(keys) for gap, keys in self._in_gap.items()})

    def of(self, one: Trip) -> tuple[int, ...]:
        """Return the y at which a line leaves, crosses each column, and arrives."""
        return (self._start(one), *(self._across(column, one.shared) for column in one.crossed), self._end(one))

    def _start(self, one: Trip) -> int:
        top = self.tops[one.way.source]
        if one.way.row is not None:
            return top + (one.way.row + 1) * PITCH if one.leaves_right else top + (one.way.row + 1) * PITCH - 3
        return top + (_OUT_RIGHT if one.leaves_right else _OUT_LEFT)

    def _across(self, column: int, shared: Shared) -> int:
        gap = self._gaps[column, shared]
        return self._gap_tops[gap] + _IN_GAP[column % 2] + self._in_gap[gap].index((column, shared)) * PITCH

    def _end(self, one: Trip) -> int:
        ends = {
            (False, False): _IN_LEFT,
            (False, True): _IN_RIGHT,
            (True, False): _BACK_IN_LEFT,
            (True, True): _BACK_IN_RIGHT,
        }
        return self.tops[one.way.target] + ends[one.shared.back, one.enters_right]
