# SPDX-License-Identifier: EUPL-1.2
"""Everything that a reporter reads on a terminal exists in Dutch and in English, and nothing else is translated."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import intake.reporter
from intake.reporter import errors
from intake.reporter.answers import _FAULT, _REFUSALS
from intake.reporter.errors import LaterError
from intake.reporter.i18n import Translator, choose_language

PACKAGE = Path(intake.reporter.__file__).parent
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}


def messages() -> set[str]:
    """Return every message in the package's Python: what is said, and what errors are made with."""
    found = {_FAULT, *(message for _, message in _REFUSALS.values())}
    for path in PACKAGE.rglob("*.py"):
        module = importlib.import_module(f"intake.reporter.{path.stem}".removesuffix(".__init__"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in ERRORS | {"say"}:
                found |= {text for part in _branches(node.args[0]) for text in _text(part, vars(module))}
    return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _branches(node: ast.expr) -> list[ast.expr]:
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def _text(node: ast.expr, names: dict[str, object]) -> list[str]:
    value = node.value if isinstance(node, ast.Constant) else names.get(_name(node))
    return [value] if isinstance(value, str) else []


def dutch() -> dict[str, str]:
    with (PACKAGE / "locale" / "nl.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="nl") if message.id}


def test_every_message_has_a_dutch_translation_and_every_translation_a_message() -> None:
    known = dutch()
    assert {message for message in messages() if not known.get(message)} == set()
    assert known.keys() - messages() == set()


def test_translations_fill_the_same_places() -> None:
    found = {message: re.findall(r"\{(\w+)\}", message + text) for message, text in dutch().items()}
    assert [message for message, names in found.items() if any(names.count(name) != 2 for name in names)] == []


def test_an_error_is_explained_in_the_reporters_language() -> None:
    error = LaterError("It is very busy there; nothing was stored. Wait {seconds} seconds and try again.", seconds=7)
    assert "Wacht 7 seconden" in Translator("nl").explain(error)
    assert Translator("en").explain(error) == str(error)


@pytest.mark.parametrize(
    "arguments, environment, language",
    [
        ([], {}, "nl"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR"}, "nl"),
        (["--language", "en", "send"], {"LANG": "nl_NL"}, "en"),
        (["--language=nl", "send"], {"LANG": "en_GB"}, "nl"),
    ],
)
def test_the_language_is_the_one_asked_for_and_else_the_systems(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert choose_language(arguments, environment) == language
