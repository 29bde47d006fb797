# SPDX-License-Identifier: EUPL-1.2
"""Forms on the command line: from a TOML file, from NAME=VALUE pairs, and for the rest by asking."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import click

from casework import terminal
from casework.domain.case.records import FieldType, RecordField
from casework.domain.protocol.model import Step
from casework.errors import CaseworkError
from casework.tool import Tool
from casework.views import CaseView


def read_form(record: Path | None, given: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return form values from a TOML file and NAME=VALUE pairs, in the shape that `record_from_form` reads."""
    form: dict[str, Sequence[str]] = {}
    try:
        values = tomllib.loads(record.read_text(encoding="utf-8")) if record else {}
    except ValueError as error:
        raise CaseworkError("The record is not TOML: {reason}. Nothing was recorded.", reason=error) from error
    for name, value in values.items():
        form[name] = [_as_form(part) for part in (value if isinstance(value, list) else [value])]
    for pair in given:
        name, _, value = pair.partition("=")
        form[name] = [*form.get(name, ()), value]
    return form


def _as_form(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def ask_option(tool: Tool, step: Step) -> str | None:
    """Ask which outcome a step has; None where it has no options."""
    if not step.options:
        return None
    for option in step.options:
        click.echo(f"  {option.value}: {tool.say.text(option.label)}")
    return str(click.prompt(tool.say("Outcome"), type=click.Choice([option.value for option in step.options])))


def ask(tool: Tool, field: RecordField) -> list[str]:
    """Ask for one field, and return what was typed as a form holds it."""
    prompt = terminal.field_help(field, tool.say)
    if field.type is FieldType.LONG_TEXT:
        return [terminal.long_text(prompt, tool.say)]
    answer = str(click.prompt(prompt, default=None if field.required else "", show_default=False))
    return (
        [part.strip() for part in answer.split(",")]
        if field.type in (FieldType.CHOICES, FieldType.MEMBERS)
        else [answer]
    )


def say_done(tool: Tool, view: CaseView) -> None:
    """Say that something was recorded."""
    click.echo(tool.say("Recorded in case {number}.", number=view.line.number))
