# SPDX-License-Identifier: EUPL-1.2
"""The legend below a drawing: one sample of each shape and line, with its meaning."""

from xml.etree.ElementTree import Element, SubElement

from casework.domain.text import Language
from casework.drawing.cards import PITCH
from casework.drawing.measure import text_width
from casework.drawing.shapes import Layout
from casework.drawing.words import LEGEND

_SAMPLE = 34
_ROOM = 26
_SIZE = 13
_BOX = {
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "1.5",
    "y": "-13",
    "width": str(_SAMPLE),
    "height": "18",
}
_LINE = {"fill": "none", "stroke": "currentColor", "d": f"M0 -4 H{_SAMPLE}"}
_SAMPLES = {
    "step": ("rect", _BOX | {"rx": "4"}),
    "optional": ("rect", _BOX | {"rx": "4", "stroke-dasharray": "6 4"}),
    "exit": ("rect", _BOX | {"rx": "9"}),
    "on": ("path", _LINE | {"stroke-width": "1.75", "class": "map-line"}),
    "back": ("path", _LINE | {"stroke-width": "1", "class": "map-back"}),
}


def draw_legend(parent: Element, layout: Layout, language: Language) -> int:
    """Draw the legend below the layout, in as many lines as its width asks for, and return the y below it."""
    x, y = layout.bands[0].box.left, layout.height + 2 * PITCH
    for name, text in LEGEND.items():
        words = text.in_language(language)
        sample = _SAMPLE + 10 if name in _SAMPLES else 0
        width = sample + round(text_width(words, _SIZE))
        if x + width > layout.width:
            x, y = layout.bands[0].box.left, y + 2 * PITCH
        entry = SubElement(parent, "g", {"class": "map-legend", "transform": f"translate({x} {y})"})
        if name in _SAMPLES:
            SubElement(entry, *_SAMPLES[name])
        SubElement(entry, "text", x=str(sample)).text = words
        x += width + _ROOM
    return y + PITCH
