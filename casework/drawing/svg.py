# SPDX-License-Identifier: EUPL-1.2
"""A layout as SVG, without scripts and without style attributes.

Every look is an attribute first, in black and white, so that any program and printer shows it; style sheets add
colours by class.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.text import Language
from casework.drawing.cards import PITCH, Card, Mark, cards
from casework.drawing.layout import lay_out
from casework.drawing.legend import draw_legend
from casework.drawing.measure import wrap
from casework.drawing.shapes import Band, Box, Layout, Line, Point
from casework.drawing.signs import draw_sign
from casework.drawing.words import DESCRIPTION, PHASES, VERSION

_NOT_IN_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT = "Segoe UI, system-ui, Roboto, Noto Sans, Arial, sans-serif"
_MARGIN = 2 * PITCH
_TITLE_SIZE = 26
_VERSION_SIZE = 14
_CORNER = 7
_PADDING = 14
_BASELINE = 5
_ROW_LOOKS = {
    "title": {"font-size": "14", "font-weight": "700"},
    "law": {"font-size": "13", "font-weight": "700"},
    "mark": {"font-size": "13", "font-weight": "700"},
    "actor": {"fill-opacity": "0.8"},
    "note": {"font-size": "13", "font-style": "italic"},
}
_STYLE = """
svg { color-scheme: light dark; color: #14222b; background: #fff; }
.map-band { fill: #eef2f4; }
.map-card > rect, .map-exit > rect { fill: #fff; }
@media screen and (prefers-color-scheme: dark) {
  svg { color: #e8eef1; background: #0f181e; }
  .map-band { fill: #1b2a33; }
  .map-card > rect, .map-exit > rect { fill: #0f181e; }
}
@page { margin: 10mm; }
@media print {
  svg { width: 100vw; height: 100vh; }
}
"""


def draw_poster(protocol: InvestigationProtocol, language: Language) -> str:
    """Return the protocol as an SVG file with title and legend."""
    made = cards(protocol, language)
    layout = lay_out(made)
    root = _root(language)
    root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-labelledby": "map-title map-about"}
    SubElement(root, "title", id="map-title").text = protocol.title.in_language(language)
    about = DESCRIPTION.in_language(language).format(steps=len(protocol.steps), phases=len(layout.bands))
    SubElement(root, "desc", id="map-about").text = about
    SubElement(root, "style").text = _STYLE
    top = _draw_title(root, protocol, layout, language)
    inner = SubElement(root, "g", transform=f"translate({_MARGIN} {top})")
    bottom = _picture(inner, layout, made, language)
    _size(root, layout.width + 2 * _MARGIN, top + bottom + _MARGIN)
    return _xml(root) + "\n"


def _draw_title(root: Element, protocol: InvestigationProtocol, layout: Layout, language: Language) -> int:
    """Draw the title and the version, and return the y below them."""
    x, y = _MARGIN + layout.bands[0].box.left, _MARGIN
    for line in wrap(protocol.title.in_language(language), layout.width, _TITLE_SIZE, bold=True):
        y += 2 * PITCH
        _words(root, Point(x, y), line, {"font-size": str(_TITLE_SIZE), "font-weight": "700"})
    version = f"{protocol.id} · {VERSION.in_language(language).format(version=protocol.version)}"
    for line in wrap(version, layout.width, _VERSION_SIZE):
        y += PITCH
        _words(root, Point(x, y + _BASELINE), line, {"font-size": str(_VERSION_SIZE)})
    return y + 2 * PITCH


def draw_map(protocol: InvestigationProtocol, language: Language, marks: Mapping[str, Mark]) -> str:
    """Return the protocol as an SVG element for a page, with how each step stands; its style sheet is the page's."""
    made = cards(protocol, language, marks)
    layout = lay_out(made)
    root = _root(language)
    root.attrib |= {"role": "group", "aria-label": protocol.title.in_language(language)}
    bottom = _picture(SubElement(root, "g"), layout, made, language)
    _size(root, layout.width, bottom)
    return _xml(root)


def _root(language: Language) -> Element:
    look = {"font-family": _FONT, "font-size": "13", "fill": "currentColor"}
    return Element("svg", {"class": "protocol-map", "lang": language} | look)


def _size(root: Element, width: int, height: int) -> None:
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}


def _picture(parent: Element, layout: Layout, made: Sequence[Card], language: Language) -> int:
    """Draw everything and return the y below it."""
    for band in layout.bands:
        _draw_band(parent, band, language)
    lines = SubElement(parent, "g", {"fill": "none", "stroke": "currentColor"})
    for line in layout.lines:
        _draw_line(lines, line)
    for card in made:
        _draw_card(parent, card, layout.boxes[card.id])
    return draw_legend(parent, layout, language)


def _draw_band(parent: Element, band: Band, language: Language) -> None:
    _rect(parent, band.box, {"class": "map-band", "fill": "#f2f2f2", "rx": "6"})
    place = Point(band.box.left + 12 + _PADDING, 24)
    _words(parent, place, PHASES[band.phase].in_language(language), {"font-size": "17", "font-weight": "700"})


def _draw_line(parent: Element, line: Line) -> None:
    look = {"class": "map-back", "stroke-width": "1"} if line.back else {"class": "map-line", "stroke-width": "1.75"}
    SubElement(parent, "path", look | {"d": _path(line.points)})
    _draw_head(parent, line)


def _draw_head(parent: Element, line: Line) -> None:
    """The head of an arrow: filled, or open for a line back."""
    (x0, y0), (x, y) = line.points[-2:]
    back, side = (8, 4) if line.back else (9, 5)
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    wings = [Point(x - dx * back + dy * turn, y - dy * back + dx * turn) for turn in (side, -side)]
    shape = f"M{wings[0].x} {wings[0].y} L{x} {y} L{wings[1].x} {wings[1].y}"
    look = {"class": "map-head"} | ({} if line.back else {"fill": "currentColor", "stroke": "none"})
    SubElement(parent, "path", look | {"d": shape if line.back else shape + " Z"})


def _path(points: Sequence[Point]) -> str:
    """A path through the points with round corners: only lines that belong together curve into each other."""
    kept = [point for point, following in pairwise(points) if point != following] + [points[-1]]
    parts = [f"M{kept[0].x} {kept[0].y}"]
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        start, end = _toward(corner, before), _toward(corner, after)
        parts.append(f"L{start.x} {start.y} Q{corner.x} {corner.y} {end.x} {end.y}")
    return " ".join([*parts, f"L{kept[-1].x} {kept[-1].y}"])


def _toward(corner: Point, other: Point) -> Point:
    along = max(abs(other.x - corner.x), abs(other.y - corner.y))
    step = min(_CORNER, along // 2)
    return Point(
        corner.x + step * ((other.x > corner.x) - (other.x < corner.x)),
        corner.y + step * ((other.y > corner.y) - (other.y < corner.y)),
    )


def _draw_card(parent: Element, card: Card, box: Box) -> None:
    holder = parent
    if card.mark and card.mark.address:
        holder = SubElement(parent, "a", {"href": card.mark.address, "aria-label": f"{card.name}: {card.mark.words}"})
    group = SubElement(holder, "g", {"class": " ".join(_classes(card))})
    look = {"fill": "#fff", "stroke": "currentColor", "stroke-width": "1.5", "rx": "17" if card.is_exit else "4"}
    if card.optional:
        look["stroke-dasharray"] = "6 4"
    _rect(group, box, look)
    _draw_rows(group, card, box)
    _draw_divider(group, card, box)
    if card.mark:
        draw_sign(group, card.mark.state, Point(box.right - 18, box.top + 18))


def _classes(card: Card) -> Iterator[str]:
    yield "map-exit" if card.is_exit else "map-card"
    if card.optional:
        yield "map-optional"
    if card.mark:
        yield f"map-{card.mark.state}"


def _draw_rows(group: Element, card: Card, box: Box) -> None:
    for number, row in enumerate(card.rows):
        look = {"class": f"map-{row.style}"} | _ROW_LOOKS.get(row.style, {})
        y = box.top + PITCH + _BASELINE + number * PITCH
        if card.is_exit:
            _words(group, Point(box.left + box.width // 2, y), row.text, look | {"text-anchor": "middle"})
            continue
        _words(group, Point(box.left + _PADDING, y), row.text, look)
        if row.tail:
            _words(group, Point(box.right - _PADDING, y), row.tail, look | {"text-anchor": "end", "font-weight": "700"})


def _draw_divider(group: Element, card: Card, box: Box) -> None:
    """Set a step's outcomes apart from what the step is."""
    first = next((number for number, row in enumerate(card.rows) if row.style == "outcome"), None)
    if first is not None:
        y = box.top + first * PITCH + PITCH // 2 + 1
        look = {"class": "map-divider", "stroke": "currentColor", "stroke-width": "0.5", "stroke-opacity": "0.6"}
        SubElement(group, "path", look | {"d": f"M{box.left + _PADDING} {y} H{box.right - _PADDING}"})


def _rect(parent: Element, box: Box, look: dict[str, str]) -> None:
    place = {"x": str(box.left), "y": str(box.top), "width": str(box.width), "height": str(box.height)}
    SubElement(parent, "rect", place | look)


def _words(parent: Element, place: Point, text: str, look: Mapping[str, str]) -> None:
    if text:
        SubElement(parent, "text", {"x": str(place.x), "y": str(place.y)} | dict(look)).text = text


def _xml(root: Element) -> str:
    return _NOT_IN_XML.sub("\ufffd", tostring(root, encoding="unicode"))
