# SPDX-License-Identifier: EUPL-1.2
"""The geometry of a drawing. Lengths are whole numbers in the picture's unit, y grows downwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from casework.domain.protocol.model import Phase


class Point(NamedTuple):
    """A place in the picture."""

    x: int
    y: int


class Box(NamedTuple):
    """A rectangle."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The x of its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The y of its lower side."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one box to another, by points that turn only at right angles. `back`: to an earlier box."""

    source: str
    target: str
    back: bool
    points: tuple[Point, ...]


class Band(NamedTuple):
    """The column of a phase."""

    phase: Phase
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands; `boxes` is by the id of a step or exit."""

    width: int
    height: int
    bands: tuple[Band, ...]
    boxes: Mapping[str, Box]
    lines: tuple[Line, ...]
