# SPDX-License-Identifier: EUPL-1.2
"""A protocol's picture can be read: no box on another, no line through a box, and none upon a line of other boxes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.protocol.model import Phase, Step
from casework.domain.text import Language
from casework.drawing.cards import Card, Outlet, Row, cards
from casework.drawing.layout import lay_out
from casework.drawing.shapes import Box, Layout, Line, Point
from casework.protocols import shipped_protocols

Segment = tuple[Point, Point]
EVERY = [(name, language) for name in shipped_protocols() for language in ("nl", "en")]
every_picture = pytest.mark.parametrize("name, language", EVERY)


def picture(name: str, language: Language) -> Layout:
    return lay_out(cards(shipped_protocols()[name], language))


def segments(line: Line) -> Iterator[Segment]:
    return ((start, end) for start, end in pairwise(line.points) if start != end)


def enters(segment: Segment, box: Box) -> bool:
    """Whether a segment comes inside the box; along its side or up to it does not count."""
    (x1, x2), (y1, y2) = (sorted(ends) for ends in zip(*segment, strict=True))
    return x1 < box.right and x2 > box.left and y1 < box.bottom and y2 > box.top


def share(one: Segment, other: Segment) -> bool:
    """Whether two segments lie upon each other for a stretch."""
    for axis, along in ((0, 1), (1, 0)):
        if {end[axis] for end in one} == {end[axis] for end in other} and len({end[axis] for end in one}) == 1:
            (from1, to1), (from2, to2) = (sorted(end[along] for end in ends) for ends in (one, other))
            return max(from1, from2) < min(to1, to2)
    return False


def overlapping_boxes(layout: Layout) -> list[tuple[str, str]]:
    found = []
    for (one, first), (other, second) in combinations(layout.boxes.items(), 2):
        beside = first.right <= second.left or second.right <= first.left
        if not beside and first.top < second.bottom and second.top < first.bottom:
            found.append((one, other))
    return found


def pierced_boxes(layout: Layout) -> list[tuple[str, str, str]]:
    return [
        (line.source, line.target, name)
        for line in layout.lines
        for name, box in layout.boxes.items()
        if any(enters(segment, box) for segment in segments(line))
    ]


def confused_lines(layout: Layout) -> list[tuple[Line, Line]]:
    """Lines that lie upon each other though they come from different boxes and lead to different boxes."""
    return [
        (one, other)
        for one, other in combinations(layout.lines, 2)
        if one.source != other.source and one.target != other.target
        if any(share(first, second) for first in segments(one) for second in segments(other))
    ]


def outside(layout: Layout) -> list[object]:
    places: Iterable[Point] = (point for line in layout.lines for point in line.points)
    corners = (Point(x, y) for box in layout.boxes.values() for x, y in ((box.left, box.top), (box.right, box.bottom)))
    return [at for at in (*places, *corners) if not (0 <= at.x <= layout.width and 0 <= at.y <= layout.height)]


def faults(layout: Layout) -> dict[str, Sequence[object]]:
    found: dict[str, Sequence[object]] = {
        "boxes on boxes": overlapping_boxes(layout),
        "lines through boxes": pierced_boxes(layout),
        "lines upon lines": confused_lines(layout),
        "outside the picture": outside(layout),
    }
    return {name: what for name, what in found.items() if what}


@every_picture
def test_every_shipped_protocol_can_be_read(name: str, language: Language) -> None:
    assert faults(picture(name, language)) == {}


def follows(step: Step) -> set[str]:
    """What an outcome of the step leads to; `next` beside options is for a step that is left out."""
    outcomes = {target for option in step.options for target in option.next} if step.options else set(step.next)
    return (outcomes | {target for call in step.calls for target in call.next}) - {step.id}


@every_picture
def test_everything_of_a_protocol_is_in_its_picture(name: str, language: Language) -> None:
    protocol = shipped_protocols()[name]
    layout = picture(name, language)
    led = {(line.source, line.target) for line in layout.lines}

    assert layout.boxes.keys() == protocol.steps.keys() | protocol.exits.keys()
    assert led == {(step.id, target) for step in protocol.steps.values() for target in follows(step)}


@every_picture
def test_lines_start_and_end_at_their_boxes(name: str, language: Language) -> None:
    layout = picture(name, language)

    for line in layout.lines:
        for at, point in ((layout.boxes[line.source], line.points[0]), (layout.boxes[line.target], line.points[-1])):
            assert at.left <= point.x <= at.right
            assert at.top <= point.y <= at.bottom
            assert point.x in (at.left, at.right) or point.y in (at.top, at.bottom)


@every_picture
def test_a_line_back_is_marked_as_such(name: str, language: Language) -> None:
    """In the picture, back is up in the same phase, or to an earlier phase."""
    layout = picture(name, language)

    for line in layout.lines:
        source, target = layout.boxes[line.source], layout.boxes[line.target]
        assert line.back == ((target.left, target.top) < (source.left, source.top))


@every_picture
def test_the_same_protocol_gives_the_same_picture(name: str, language: Language) -> None:
    assert picture(name, language) == picture(name, language)


def test_each_phase_is_a_band_that_holds_its_steps() -> None:
    protocol = shipped_protocols()["A_ambtenaren"]
    layout = picture(protocol.id, "nl")
    bands = {band.phase: band.box for band in layout.bands}

    assert [band.phase for band in layout.bands] == list(Phase)
    for step in protocol.steps.values():
        box, band = layout.boxes[step.id], bands[step.phase]
        assert band.left < box.left
        assert box.right < band.right


@st.composite
def any_cards(draw: st.DrawFn) -> list[Card]:
    """Boxes of any height in any phases, with lines from anywhere to anywhere; exits come after what leads to them."""
    phases = sorted(draw(st.lists(st.sampled_from(range(4)), min_size=1, max_size=12)))
    exits = [draw(st.integers(0, 4)) == 0 for _ in phases]
    made = []
    for number, phase in enumerate(phases):
        to = [f"S{at}" for at in range(len(phases)) if at != number and (at > number or not exits[at])]
        targets = st.lists(st.sampled_from(to), max_size=3, unique=True).map(tuple) if to else st.just(())
        rows = tuple(Row("outcome", "x") for _ in range(draw(st.integers(2, 6))))
        outlets = tuple(Outlet(row, draw(targets)) for row in (None, *range(2, len(rows))))
        name, leads = f"S{number}", () if exits[number] else outlets
        made.append(Card(name, name, list(Phase)[phase], rows, leads, is_exit=exits[number]))
    return made


@given(any_cards())
def test_any_protocol_can_be_read(made: list[Card]) -> None:
    assert faults(lay_out(made)) == {}
