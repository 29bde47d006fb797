# SPDX-License-Identifier: EUPL-1.2
"""Everything on the members' pages exists in Dutch; other people's text is shown as it is, and nothing more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import casework
from casework.views import answers, history, labels
from casework.web.wording import shown

LABELS = [
    *labels.RECEIVED.values(),
    *labels.TRANSCRIPT_STATES.values(),
    *labels.FILE_STATES.values(),
    *labels.WITHDRAWAL_OUTCOMES.values(),
    *labels.JUDGEMENTS.values(),
]
PACKAGE = Path(casework.__file__).parent
COUNTED = re.compile(r'count\([^"]*"([^"]+)",\s*"([^"]+)"')
TOLD = re.compile(r'_(?:plain|step)\("([^"]+)"')


def on_pages() -> Iterator[str]:
    """Give the msgids of templates, of counted things and of the tables."""
    for path in sorted((PACKAGE / "web" / "templates").glob("*.html")):
        with path.open("rb") as file:
            for _, message, _, _ in extract("jinja2.ext:babel_extract", file, keywords={"_": None}):
                yield str(message)
    for path in (*(PACKAGE / "web").rglob("*.*"), PACKAGE / "views" / "history.py"):
        if path.suffix in (".py", ".html"):
            source = path.read_text(encoding="utf-8")
            yield from (one for pair in COUNTED.findall(source) for one in pair)
            yield from TOLD.findall(source)
    yield from (
        *answers._QUESTIONS.values(),
        *(label for table in answers._CHOICES.values() for label in table.values()),
        *history.KIND_TITLES.values(),
        *LABELS,
    )


def test_everything_on_the_pages_has_a_dutch_translation() -> None:
    with (PACKAGE / "locale" / "nl.po").open("rb") as file:
        dutch = {str(message.id): message.string for message in read_po(file, locale="nl")}
    asked = set(on_pages())
    assert len(asked) > 200
    assert sorted(message for message in asked if not dutch.get(message)) == []


@pytest.mark.parametrize(
    "text, markup",
    [
        ("plain", "plain"),
        ("<b>&</b>", "&lt;b&gt;&amp;&lt;/b&gt;"),
        ("one\r\ntwo\tthree", "one\ntwo\tthree"),
        ("שלום", "שלום"),
        ("\u202eexe", '<span class="hidden-sign">U+202E</span>exe'),
        ("a\u2066\x00", 'a<span class="hidden-sign">U+2066 U+0000</span>'),
    ],
)
def test_text_of_others_is_inert_and_hides_nothing(text: str, markup: str) -> None:
    assert str(shown(text)) == markup


def test_a_run_of_one_invisible_sign_is_counted() -> None:
    assert str(shown("a" + "\u200b" * 9)) == 'a<span class="hidden-sign">U+200B × 9</span>'


@pytest.mark.parametrize("hostile", ["\u200b" * 60_000, "\u200b\u200c" * 30_000, "a\u200b" * 30_000])
def test_a_text_full_of_invisible_signs_stays_small_on_the_page(hostile: str) -> None:
    markup = str(shown(hostile))
    assert "U+200B" in markup
    assert len(markup) < 4 * len(hostile.encode())
