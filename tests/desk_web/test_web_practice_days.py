# SPDX-License-Identifier: EUPL-1.2
"""Every case of the invented year on days from before it to long after it: whole and without holes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import click
import pytest
from click.testing import CliRunner

from casework.cli.case_text import show_case
from casework.cli.terminal import case_line, clock_line
from casework.domain.text import Language
from casework.i18n import Translator
from casework.practice.desk import PracticeDesk
from casework.web import Gate, create_app
from support.desk_pages import CSRF, HERE, PREFIX
from support.practising import fresh_desk

DAYS = (PracticeDesk.first, PracticeDesk.last)
HOLES = re.compile(r"\bNone$|^None\b(?! of these)|\{\w*\}|%\(\w|\bText\(|StepState|\b(True|False)\b|Traceback")
in_both = pytest.mark.parametrize("language", ["nl", "en"])


class Words(HTMLParser):
    """The texts of a page, and those of its attributes that people hear or see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.found += [
            value for name, value in attrs if value and name in ("aria-label", "title", "alt", "placeholder")
        ]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(data.strip())


def pages(language: Language) -> Iterator[tuple[str, str]]:
    """Every page of every case on every one of the days, with where it was seen."""
    desk, codes = fresh_desk(), list[str]()
    gate = Gate(codes.append)
    gate.admit(desk)
    client = create_app(gate, PREFIX, language=language, practice=desk).test_client()
    found = CSRF.search(client.get(f"{PREFIX}/code", base_url=HERE).text)
    assert found
    client.post(f"{PREFIX}/code", base_url=HERE, data={"csrf": found[1], "code": codes[-1]})
    for day in DAYS:
        desk.move_to(day)
        for path in ("/", "/today", *(f"/cases/{line.id}" for line in desk.cases())):
            answer = client.get(PREFIX + path, base_url=HERE)
            assert (day, path, answer.status_code) == (day, path, 200)
            yield f"{day} {path}", answer.text


@in_both
def test_no_page_of_a_case_has_a_hole_or_a_word_of_the_other_language(language: Language) -> None:
    say = Translator(language)
    foreign = [word for word in ("Steps", "Clocks", "overdue", "Report received") if say(word) != word]
    seen = {(where, word) for where, page in pages(language) for word in Words(page).found}
    assert len(seen) > 1000
    assert [(where, word) for where, word in seen if HOLES.search(word) or word in foreign] == []


@in_both
def test_no_line_on_the_terminal_has_a_hole(language: Language) -> None:
    desk, say = fresh_desk(), Translator(language)

    @click.command()
    def everything() -> None:
        for line in desk.cases():
            click.echo(case_line(line, say))
            show_case(desk.case(line.id), say)
        for item in desk.today():
            click.echo(clock_line(item.clock, say))

    for day in DAYS:
        desk.move_to(day)
        told = CliRunner().invoke(everything, catch_exceptions=False).output.splitlines()
        assert [line for line in told if HOLES.search(line.strip())] == []
