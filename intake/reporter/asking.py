# SPDX-License-Identifier: EUPL-1.2
"""Asks the questions on the terminal; after the first answer the rest may be left for later."""

import re
import unicodedata
from collections.abc import Iterable

import click

from intake.reporter.desks import Person
from intake.reporter.i18n import Translator
from intake.reporter.questions import REQUIRED, Choices, Question, questions
from intake.reporter.terminal import confirm, long_text, numbered, short_text

_SHORTEST = 3
_WORDS = re.compile(r"[^\W_]+")
# Parts of names that stand in any text.
_PARTICLES = frozenset(("van", "den", "der", "het", "ten", "ter", "von", "del", "dos", "las", "los", "bin", "ibn"))


def ask(say: Translator) -> dict[str, str]:
    """Return the answers by name; what was left open is not in it."""
    first, *others = questions(say)
    answers = {first.name: _ask(first, say)}
    if confirm(say("Answer more questions? None of them is required, and you can add more later."), say):
        for question in others:
            if question.only_if is None or answers.get(question.only_if[0]) == question.only_if[1]:
                answers[question.name] = _ask(question, say)
    return {name: answer for name, answer in answers.items() if answer.strip()}


def named_in(texts: Iterable[str], people: Iterable[Person]) -> list[Person]:
    """Return those people of whose name a whole word stands in a text, whatever its capitals and accents.

    A name of short words only must stand there in full.
    """
    typed = [_words(text) for text in texts]
    single = {word for words in typed for word in words}
    lines = [f" {' '.join(words)} " for words in typed]
    return [person for person in people if _stands_in(_words(person.name), single, lines)]


def _stands_in(name: list[str], single: set[str], lines: list[str]) -> bool:
    telling = {word for word in name if len(word) >= _SHORTEST} - _PARTICLES
    if telling:
        return bool(telling & single)
    return bool(name) and any(f" {' '.join(name)} " in line for line in lines)


def _words(text: str) -> list[str]:
    letters = (sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] != "M")
    return _WORDS.findall("".join(letters).lower())


def _ask(question: Question, say: Translator) -> str:
    required = question.name == REQUIRED
    click.echo()
    click.secho(question.text + ("" if required else f" {say('(not required)')}"), bold=True)
    if question.hint:
        click.echo(question.hint)
    if question.choices:
        return _choose(question.choices, say)
    while True:
        answer = long_text(say("Your answer"), say) if question.long else short_text(say("Your answer"))
        if answer.strip() or not required:
            return answer
        click.echo(say("Write what happened. The other questions may stay empty."))


def _choose(choices: Choices, say: Translator) -> str:
    numbered(text for _, text in choices)
    while True:
        typed = short_text(say("Number, or nothing to leave it open")).strip()
        if not typed:
            return ""
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1][0]
        click.echo(say("Type one of the numbers."))
