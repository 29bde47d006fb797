# SPDX-License-Identifier: EUPL-1.2
"""Dutch and English for the members' tool. English msgids stand in the code; `locale/nl.po` has the Dutch.

The catalogue is compiled in memory, so no compiled file can be older than its source. Texts that
travel with data (protocols, refusals) bring both languages along as `domain.text.Text`.
"""

import gettext
import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from casework.domain.errors import Refused
from casework.domain.text import Language, Text
from casework.errors import CaseworkError

LANGUAGES: tuple[Language, ...] = ("nl", "en")


class Translator:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.translations = _catalogue(language)

    def __call__(self, message: str, **values: object) -> str:
        """Return `message` in this language with its named places filled in."""
        translated = self.translations.gettext(message)
        return translated.format(**values) if values else translated

    def day(self, day: date) -> str:
        """Return a day in words, as in `27 november 2026`."""
        return format_date(day, "d MMMM y", locale=self.language)

    def weekday(self, day: date) -> str:
        """Return a day with its weekday, as in `vrijdag 27 november 2026`."""
        return format_date(day, "EEEE d MMMM y", locale=self.language)

    def text(self, text: Text) -> str:
        """Return a text that travels with data."""
        return text.in_language(self.language)

    def explain(self, error: Exception) -> str:
        """Return what an error of this tool says; for any other exception, its own words."""
        if isinstance(error, CaseworkError):
            return self(error.message, **error.values)
        return self.text(error.text) if isinstance(error, Refused) else str(error)


def preferred_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Return English where LANGUAGE, LC_ALL or LANG asks for it, else Dutch."""
    asked = next((environment[name] for name in ("LANGUAGE", "LC_ALL", "LANG") if environment.get(name)), "nl")
    return "en" if asked.lower().startswith("en") else "nl"


@lru_cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with files("casework").joinpath("locale", f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
