# SPDX-License-Identifier: EUPL-1.2
"""The tracks in a gutter: which upright line goes left of which, so that few lines cross and none overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from casework.drawing.routes import Shared, Trip

_APART = 12
TRACK = 10
"""The distance between two tracks."""
MARGIN = 18
"""The room between a column and the first track."""


@dataclass(slots=True)
class Run:
    """One upright line: the y at which level lines join it from the left and from the right."""

    shared: Shared
    lefts: set[int] = field(default_factory=set)
    rights: set[int] = field(default_factory=set)

    @property
    def top(self) -> int:
        """Its upper end."""
        return min(self.lefts | self.rights)

    @property
    def bottom(self) -> int:
        """Its lower end."""
        return max(self.lefts | self.rights)

    def meets(self, other: "Run") -> bool:
        """Say whether the two cannot share a track."""
        return self.top - _APART < other.bottom and other.top - _APART < self.bottom


def runs(trips: Iterable[tuple[Trip, Sequence[int]]], gutters: int) -> tuple[tuple[Run, ...], ...]:
    """Return the upright lines of every gutter; each trip comes with its levels."""
    found: tuple[dict[Shared, Run], ...] = tuple({} for _ in range(gutters))
    for trip, levels in trips:
        for at, gutter in enumerate(trip.gutters):
            run = found[gutter].setdefault(trip.shared, Run(trip.shared))
            onward = trip.gutters[-1] > trip.gutters[0]
            from_left = trip.leaves_right if at == 0 else onward
            to_left = trip.enters_right if gutter == trip.gutters[-1] else not onward
            (run.lefts if from_left else run.rights).add(levels[at])
            (run.lefts if to_left else run.rights).add(levels[at + 1])
    return tuple(tuple(each.values()) for each in found)


def tracks(gutter: Sequence[Run]) -> dict[Shared, int]:
    """Return the track of every upright line, 0 the leftmost."""
    ordered = _fewest_crossings(sorted(gutter, key=_habit))
    placed: dict[Shared, int] = {}
    for number, run in enumerate(ordered):
        in_the_way = (placed[other.shared] + 1 for other in ordered[:number] if other.meets(run))
        placed[run.shared] = max(in_the_way, default=0)
    return placed


def _habit(run: Run) -> tuple[int, int, int]:
    """Loops of the left column first, the short ones nearest to it; loops of the right column last."""
    length = run.bottom - run.top
    if not run.rights:
        return (0, length, run.top)
    return (2, -length, run.top) if not run.lefts else (1, run.top, length)


def _fewest_crossings(ordered: list[Run]) -> list[Run]:
    """Change neighbours while that saves crossings; each change saves one, so it ends."""
    changed = True
    while changed:
        changed = False
        for at, (left, right) in enumerate(pairwise(ordered)):
            if _crossings(right, left) < _crossings(left, right):
                ordered[at : at + 2] = right, left
                changed = True
                break
    return ordered


def _crossings(left: Run, right: Run) -> int:
    over_right = sum(right.top < y < right.bottom for y in left.rights)
    return over_right + sum(left.top < y < left.bottom for y in right.lefts)
