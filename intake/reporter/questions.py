# SPDX-License-Identifier: EUPL-1.2
"""What a reporter is asked: names, order and choices as on the page (FORMAT.md section 7.1). Only `what` must be."""

from dataclasses import dataclass

import click

from intake.reporter.i18n import Translator
from intake.reporter.terminal import long_text, numbered, short_text

REQUIRED = "what"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``choices`` are values with their texts, in order, and empty where the answer is free."""

    name: str
    text: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    long: bool = False


def ask(say: Translator) -> dict[str, str]:
    """Return the answers to all questions by name; those that were left empty are not in it."""
    answers = {question.name: _ask(question, say) for question in questions(say)}
    return {name: answer for name, answer in answers.items() if answer.strip()}


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


def _choose(choices: tuple[tuple[str, str], ...], say: Translator) -> str:
    numbered(text for _, text in choices)
    while True:
        typed = short_text(say("Number, or nothing to leave it open")).strip()
        if not typed:
            return ""
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1][0]
        click.echo(say("Type one of the numbers."))


def questions(say: Translator) -> tuple[Question, ...]:
    """Return the questions in a language, in the order of the page."""
    return (
        Question("about", say("What is your report about?"), choices=_subjects(say)),
        Question(
            REQUIRED,
            say("What happened?"),
            say("Tell it in your own words. Also say how you know: did you see it, hear it or read it?"),
            long=True,
        ),
        Question("when", say("When was this?"), say("A date, a period, or “it is still going on”.")),
        Question("where", say("Where was this, or at which department?")),
        Question(
            "who",
            say("Who were involved?"),
            say("A name or a function. You may give names: only the committee reads them."),
            long=True,
        ),
    )


def _subjects(say: Translator) -> tuple[tuple[str, str], ...]:
    return (
        ("financial", say("Money: fraud, theft or bribery")),
        ("position", say("Personal gain, favouring friends or conflicting interests")),
        ("information", say("Leaking or misusing secret information")),
        ("authority", say("Misuse of power: doing what the job does not allow")),
        ("force", say("Force or violence by an enforcement officer")),
        ("conduct", say("Bullying, (sexual) harassment, discrimination or aggression")),
        ("private_life", say("Behaviour in free time that harms the work")),
        ("means", say("Wrong use of things, systems or rules of the work")),
        ("abuse", say("Danger to people, the environment or society, or breaking the law")),
        ("other", say("Something else")),
        ("unknown", say("I do not know")),
    )
