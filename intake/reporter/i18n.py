# SPDX-License-Identifier: EUPL-1.2
"""Dutch and English for the reporter's command line: English msgids in the code, the Dutch in `locale/nl.po`."""

import gettext
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from io import BytesIO

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from intake.reporter.errors import ReporterError

LANGUAGES = ("nl", "en")


class Translator:
    """Says things in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations = _catalogue(language)

    def __call__(self, message: str, **values: object) -> str:
        """Return a message in this language with its named places filled in."""
        translated = self._translations.gettext(message)
        return translated.format(**values) if values else translated

    def day(self, day: date) -> str:
        """Return a day in words, as in `22 november 2026`."""
        return format_date(day, "d MMMM y", locale=self.language)

    def list(self, names: Sequence[str]) -> str:
        """Return names as one phrase, as in `A, B en C`."""
        return format_list(names, locale=self.language)

    def explain(self, error: ReporterError) -> str:
        """Return what an error says; a day in it is written out."""
        values = {name: self.day(value) if isinstance(value, date) else value for name, value in error.values.items()}
        return self(error.message, **values)


def choose_language(arguments: Iterable[str], environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the arguments ask for (`--language en` or `--language=en`).

    Else English where LANGUAGE, LC_ALL or LANG asks for it, and Dutch everywhere else.
    """
    words = [part for argument in arguments for part in argument.split("=", maxsplit=1)]
    asked = words[words.index("--language") + 1 :][:1] if "--language" in words else []
    if asked and asked[0] in LANGUAGES:
        return asked[0]
    system = next((environment[name] for name in ("LANGUAGE", "LC_ALL", "LANG") if environment.get(name)), "nl")
    return "en" if system.lower().startswith("en") else "nl"


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (files("intake.reporter") / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
