# SPDX-License-Identifier: EUPL-1.2
"""How much room words take, without a font at hand: by the widest of the common fonts, so that no text runs over."""

import re
import unicodedata

# A no-break space keeps words together.
_SPACES = re.compile(r"[ \t\r\n]+")
_NARROW = frozenset("ijlIftr.,:;!'’‘|()[]-· ")
_WIDE = frozenset("mwMW@%&—→…")
_FULL = ("W", "F")
_EM = {"narrow": 0.38, "usual": 0.62, "capital": 0.74, "wide": 0.95}
_BOLD = 1.12


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """Return about how wide a text is, in the unit of `size`, its font size."""
    return sum(_EM[_kind(sign)] for sign in text) * size * (_BOLD if bold else 1)


def wrap(text: str, width: float, size: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return the text in lines that fit the width; a longer word is divided."""
    lines = [""]
    for word in _words(text, width, size, bold=bold):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and text_width(longer, size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _kind(sign: str) -> str:
    if sign in _NARROW:
        return "narrow"
    if sign in _WIDE or unicodedata.east_asian_width(sign) in _FULL:
        return "wide"
    return "capital" if sign.isupper() else "usual"


def _words(text: str, width: float, size: int, *, bold: bool) -> list[str]:
    words: list[str] = []
    for word in _SPACES.split(text):
        rest = word
        while rest:
            fits = _fitting(rest, width, size, bold=bold)
            words.append(rest[:fits])
            rest = rest[fits:]
    return words


def _fitting(word: str, width: float, size: int, *, bold: bool) -> int:
    """Return how many signs of a word fit, at least one."""
    ends = range(len(word), 1, -1)
    return next((end for end in ends if text_width(word[:end], size, bold=bold) <= width), 1)
