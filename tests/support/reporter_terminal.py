# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report` in this process, with what a reporter types; words that it shows can be typed back."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from click.testing import CliRunner

from intake.reporter import cli

_WORD = re.compile(r"^ +\d\. ([a-z]+)$", re.MULTILINE)
NO_WORDS_BACK = ["", "", ""]
"""Enter below the eight words, and no word typed back."""


@dataclass(frozen=True)
class Shown:
    """What a command printed, errors among it, and how it ended."""

    text: str
    code: int

    @property
    def words(self) -> str:
        """The eight words, from their numbered list."""
        return " ".join(_WORD.findall(self.text.split("Write down these eight words")[1])[:8])


class Terminal:
    """A reporter's terminal on a day; in English, so that tests can be read."""

    def __init__(self, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = day
        self.code = 0
        monkeypatch.setattr(cli, "today", lambda: self.day)

    def run(self, *arguments: str, lines: list[str]) -> Shown:
        """Run a command; ``lines`` are typed one after the other."""
        runner = CliRunner()
        with runner.isolation(input="".join(f"{line}\n" for line in lines)) as (_, _, output):
            try:
                cli.main(["--language", "en", *arguments])
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
            return Shown(output.getvalue().decode(), code)
