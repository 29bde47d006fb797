# SPDX-License-Identifier: EUPL-1.2
"""A sentence in the two languages of the tool, for texts that travel with data (protocols, refusals)."""

from typing import Literal, NamedTuple

Language = Literal["nl", "en"]


class Text(NamedTuple):
    """The same sentence in Dutch (B1 level) and in English."""

    nl: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.nl if language == "nl" else self.en
