# SPDX-License-Identifier: EUPL-1.2
"""Every sentence of the reporter's side exists in every language, and is used."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from support.repository import ROOT

WEB = ROOT / "intake" / "web"
CATALOGS = sorted(WEB.glob("locale/*/LC_MESSAGES/intake.po"))
NAMES = re.compile(r"\{\w+\}")
PLACE = re.compile(r"\$\{[\w.]+\}")
SCRIPTS = "".join(path.read_text() for path in WEB.glob("js/**/*.js") if not path.name.endswith(".test.js"))
KEYS = set(re.findall(r'\{\{ text\("([\w-]+)"', "".join(path.read_text() for path in WEB.glob("templates/*.html"))))


def source_texts() -> set[str]:
    found = extract_from_dir(WEB / "templates", method_map=[("**.html", "jinja2.ext.babel_extract")])
    return {str(message) for _, _, message, _, _ in found}


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def translations(path: Path) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalog(path) if message.id}


def test_there_is_a_dutch_translation() -> None:
    assert [path.parts[-3] for path in CATALOGS] == ["nl"]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_no_text_is_missing_or_unused(path: Path) -> None:
    translated = {text for text, translation in translations(path).items() if translation}

    assert source_texts() ^ translated == set()


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_for_values(path: Path) -> None:
    changed = {
        text
        for text, translation in translations(path).items()
        if set(NAMES.findall(text)) != set(NAMES.findall(translation))
    }

    assert changed == set()


def made_of(template_literal: str) -> re.Pattern[str]:
    """What a key such as `stage-${name}` can become."""
    return re.compile(".+".join(map(re.escape, PLACE.split(template_literal))))


def test_scripts_use_every_text_that_they_may_choose_from() -> None:
    literal = set(re.findall(r'"([\w-]+)"', SCRIPTS))
    patterns = [
        made_of(key) for key in re.findall(r"`([\w-]*\$\{[\w.]+\}[\w-]*)`", SCRIPTS) if not PLACE.fullmatch(key)
    ]

    assert {key for key in KEYS - literal if not any(pattern.fullmatch(key) for pattern in patterns)} == set()


def test_manual_names_every_text_that_a_desk_can_give() -> None:
    help_texts = (WEB / "templates" / "_report_help.html").read_text()
    topics = set(re.findall(r'topic\("(\w+)"|data-topic="(\w+)"', help_texts))

    manual = (ROOT / "docs" / "members.md").read_text()
    assert {name for pair in topics for name in pair if name and f"`{name}`" not in manual} == set()
    assert len(topics) > 5


def test_scripts_choose_only_texts_that_the_page_has() -> None:
    assert set(re.findall(r'\btext\("([\w-]+)"', SCRIPTS)) <= KEYS
