# SPDX-License-Identifier: EUPL-1.2
"""Forms on the command line: from a TOML file, from NAME=VALUE pairs, and for the rest by asking."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import click

from casework.cli import terminal
from casework.cli.tool import Tool
from casework.domain.case.records import FieldType, RecordField, cell_name, record_from_form, row_numbers
from casework.domain.protocol.model import Step
from casework.errors import CaseworkError
from casework.views.cases import CaseView


def read_form(record: Path | None, given: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return form values from a TOML file and NAME=VALUE pairs, in the shape that `record_from_form` reads."""
    form: dict[str, Sequence[str]] = {}
    try:
        values = tomllib.loads(record.read_text(encoding="utf-8")) if record else {}
    except ValueError as error:
        raise CaseworkError("The record is not TOML: {reason}. Nothing was recorded.", reason=error) from error
    for name, value in values.items():
        form |= _cells(name, value if isinstance(value, list) else [value])
    for pair in given:
        name, _, value = pair.partition("=")
        form[name] = [*form.get(name, ()), value]
    return form


def _cells(name: str, values: Sequence[object]) -> dict[str, Sequence[str]]:
    """Return what a form has for a field; a list of tables is a field of rows."""
    rows = [value for value in values if isinstance(value, dict)]
    if not rows:
        return {name: [_as_form(value) for value in values]}
    return {
        cell_name(name, number, str(column)): [_as_form(cell)]
        for number, row in enumerate(rows)
        for column, cell in row.items()
    }


def _as_form(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def ask_option(tool: Tool, step: Step) -> str | None:
    """Ask which outcome a step has; None where it has no options."""
    if not step.options:
        return None
    for option in step.options:
        click.echo(f"  {option.value}: {tool.say.text(option.label)}")
    return str(click.prompt(tool.say("Outcome"), type=click.Choice([option.value for option in step.options])))


def ask_rest(
    tool: Tool, fields: Sequence[RecordField], form: dict[str, Sequence[str]], option: str | None = None
) -> None:
    """Ask for the fields that a form does not have yet, as far as they belong to what was answered before."""
    for field in fields:
        if field.name in form or row_numbers(field.name, form):
            continue
        if field.applies(option, record_from_form(fields, form)):
            form |= _ask_rows(tool, field) if field.columns else {field.name: _ask(tool, field)}


def _ask_rows(tool: Tool, field: RecordField) -> dict[str, Sequence[str]]:
    """Ask for row after row, until one is left empty at its first column."""
    form: dict[str, Sequence[str]] = {}
    first, *others = field.columns
    click.echo(terminal.field_help(field, tool.say))
    for number in count():
        answer = _ask(tool, replace(first, required=False))
        if not any(answer):
            break
        form[cell_name(field.name, number, first.name)] = answer
        form |= {cell_name(field.name, number, column.name): _ask(tool, column) for column in others}
    return form


def _ask(tool: Tool, field: RecordField) -> list[str]:
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
