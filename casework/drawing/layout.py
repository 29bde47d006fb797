# SPDX-License-Identifier: EUPL-1.2
"""Where the boxes of a drawing stand and how its lines go."""

from collections.abc import Sequence

from casework.drawing.cards import CARD_WIDTH, Card
from casework.drawing.columns import Columns
from casework.drawing.gutters import MARGIN, TRACK, runs, tracks
from casework.drawing.routes import Levels, Trip, Way, choose_gaps, goes_straight, trip, ways
from casework.drawing.shapes import Band, Box, Layout, Line, Point

_AROUND = 12


def lay_out(cards: Sequence[Card]) -> Layout:
    """Return the layout of these boxes and the lines that leave them; the same for the same boxes, always."""
    columns = Columns(cards)
    drawn = list(ways(cards))
    trips = [trip(way, columns) for way in drawn if not goes_straight(way, columns)]
    levels = Levels(columns, choose_gaps(trips, columns))
    gutters = runs(((one, levels.of(one)) for one in trips), len(columns.phases) + 1)
    placed = [tracks(gutter) for gutter in gutters]
    lefts, width = _column_lefts([len(set(each.values())) for each in placed])
    boxes = {
        card.id: Box(lefts[columns.place[card.id].column], levels.tops[card.id], CARD_WIDTH, card.height)
        for card in cards
    }
    straight = [_straight(way, boxes) for way in drawn if goes_straight(way, columns)]
    tracked = []
    for one in trips:
        xs = [_track_x(lefts, gutter, placed[gutter][one.shared]) for gutter in one.gutters]
        tracked.append(_tracked(one, xs, levels.of(one), boxes))
    bands = tuple(
        Band(phase, Box(left - _AROUND, 0, CARD_WIDTH + 2 * _AROUND, levels.bottom))
        for phase, left in zip(columns.phases, lefts, strict=True)
    )
    return Layout(width, levels.bottom, bands, boxes, (*straight, *tracked))


def _column_lefts(tracks_in: Sequence[int]) -> tuple[list[int], int]:
    """Return the x of every column and the whole width; a gutter is as wide as its tracks need."""
    widths = [2 * MARGIN + max(many - 1, 0) * TRACK if many else 2 * _AROUND for many in tracks_in]
    lefts = [sum(widths[: column + 1]) + column * CARD_WIDTH for column in range(len(widths) - 1)]
    return lefts, lefts[-1] + CARD_WIDTH + widths[-1]


def _track_x(lefts: Sequence[int], gutter: int, track: int) -> int:
    start = lefts[gutter - 1] + CARD_WIDTH if gutter else 0
    return start + MARGIN + track * TRACK


def _straight(way: Way, boxes: dict[str, Box]) -> Line:
    source, target = boxes[way.source], boxes[way.target]
    x = source.left + CARD_WIDTH // 2
    return Line(way.source, way.target, back=False, points=(Point(x, source.bottom), Point(x, target.top)))


def _tracked(one: Trip, xs: Sequence[int], levels: Sequence[int], boxes: dict[str, Box]) -> Line:
    source, target = boxes[one.way.source], boxes[one.way.target]
    points = [Point(source.right if one.leaves_right else source.left, levels[0])]
    for x, above, below in zip(xs, levels, levels[1:], strict=False):
        points += [Point(x, above), Point(x, below)]
    points.append(Point(target.right if one.enters_right else target.left, levels[-1]))
    return Line(one.way.source, one.way.target, one.shared.back, tuple(points))
