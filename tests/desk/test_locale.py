# SPDX-License-Identifier: EUPL-1.2
"""Everything that a member reads exists in Dutch and in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

import casework
from casework import errors
from casework.cli.case_text import _STATES
from casework.cli.cases import _STAGES
from casework.cli.main import cli
from casework.domain.errors import Problem, Refused
from casework.domain.text import Text
from casework.errors import HomeError
from casework.i18n import Translator, preferred_language
from casework.sync.watch import INCIDENTS
from casework.wire.refusals import FAULT, REFUSALS

PACKAGE = Path(casework.__file__).parent
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
SAYS = {"say", "_", "gettext"}


def messages() -> dict[str, str]:
    """Return msgid and file of every message in the package's Python."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in ERRORS | SAYS:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found[text.value] = path.name
    return found


def constants() -> Iterator[str]:
    """Give every text in the package's Python."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def dutch() -> dict[str, str]:
    with (PACKAGE / "locale" / "nl.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="nl") if message.id}


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_message_has_a_dutch_translation() -> None:
    known = dutch()
    refusals = [message for _, message in REFUSALS.values()]
    tables = [*INCIDENTS.values(), *_STATES.values(), *_STAGES.values()]
    named = [*messages(), *tables, *refusals, FAULT]

    assert [message for message in named if not known.get(message)] == []


def test_no_translation_is_left_over() -> None:
    said = {" ".join(part.split()) for text in constants() for part in text.split("\n\n")}
    said |= {option.help for option in cli.params if isinstance(option, click.Option) and option.help}
    pages = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.html"))
    quoted = ('"{}"', "'{}'")

    left = [message for message in dutch() if message not in said]
    assert [message for message in left if not any(form.format(message) in pages for form in quoted)] == []


def test_translations_fill_the_same_places() -> None:
    assert [message for message, text in dutch().items() if text and places(message) != places(text)] == []


def test_an_error_is_explained_in_the_members_language() -> None:
    error = HomeError("There is no key file in {folder}. Run `meldkluis-casework init` first.", folder="/x")

    assert "geen sleutelbestand in /x" in Translator("nl").explain(error)
    assert Translator("en").explain(error) == str(error)


def test_a_refusal_brings_its_own_languages() -> None:
    refused = Refused(Problem("nee", Text("Dat kan niet.", "That cannot be.")))

    assert Translator("nl").explain(refused) == "Dat kan niet."
    assert Translator("en").explain(refused) == "That cannot be."


@pytest.mark.parametrize(
    "environment, language",
    [({}, "nl"), ({"LANG": "en_GB.UTF-8"}, "en"), ({"LANG": "nl_NL.UTF-8"}, "nl"), ({"LANG": "fr_FR"}, "nl")],
)
def test_the_language_is_the_systems_and_else_dutch(environment: dict[str, str], language: str) -> None:
    assert preferred_language(environment) == language
