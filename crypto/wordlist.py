# SPDX-License-Identifier: EUPL-1.2
"""The two public lists of 7,776 words, for a desk's ten words and a reporter's eight (FORMAT.md section 8.1)."""

from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "en")


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the 7,776 sorted words of ``nl`` or ``en``.

    Raises:
        ValueError: another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    return tuple((files("crypto") / "words" / f"{language}.txt").read_text("ascii").split())
