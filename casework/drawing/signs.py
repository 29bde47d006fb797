# SPDX-License-Identifier: EUPL-1.2
"""The sign of each state of a step: a shape, so that nobody needs colours to tell them apart."""

from xml.etree.ElementTree import Element, SubElement

from casework.drawing.shapes import Point

_SHAPES = {
    "done": "M-5 0 L-1.5 4 L5.5 -4.5",
    "open": "M-3 -5 L5.5 0 L-3 5 Z",
    "blocked": "M-5.5 5.5 L5.5 -5.5",
    "left_out": "M-4 -4 L4 4 M4 -4 L-4 4",
}
_RADIUS = "9.5"


def draw_sign(parent: Element, state: str, centre: Point) -> None:
    """Draw the sign of a state; a step whose turn comes later has none."""
    if state not in _SHAPES:
        return
    look = {"class": "map-sign", "fill": "none", "stroke": "currentColor", "stroke-width": "2"}
    group = SubElement(parent, "g", look | {"transform": f"translate({centre.x} {centre.y})"})
    SubElement(group, "circle", r=_RADIUS)
    SubElement(group, "path", {"d": _SHAPES[state]} | ({"fill": "currentColor"} if state == "open" else {}))
