# SPDX-License-Identifier: EUPL-1.2
"""Asks on a terminal for what a form lacks; what cannot be recorded is said, and asked again at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

import click

from casework.cli import terminal
from casework.cli.forms import Typed, as_answer
from casework.domain.case.events import Record
from casework.domain.case.record_check import record_problems
from casework.domain.case.records import TUPLES, FieldType, RecordField, cell_name, record_from_form, row_numbers
from casework.domain.errors import Problem, Refused
from casework.errors import CaseworkError
from casework.i18n import Translator

_PICKED = (FieldType.CHOICE, FieldType.CHOICES)
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Interview:
    """Who asks: in which language, and on which day, because that is what days are held against."""

    say: Translator
    today: date

    def record(
        self, fields: Sequence[RecordField], given: Typed, option: str | None = None, start: Record = _NOTHING
    ) -> Record:
        """Return the record of what was given and what is asked; of `start`, Enter alone takes the answer.

        Raises:
            Refused: what was given cannot be recorded.
            CaseworkError: there is nothing to choose from, or the input ended.
        """
        form = dict(given)
        self._check_given(fields, form, option)
        for field in fields:
            if field.name in form or row_numbers(field.name, form):
                continue
            if field.applies(option, record_from_form(fields, form)):
                form |= self._rows(field) if field.columns else self._field(field, fields, form, option, start)
        return record_from_form(fields, form)

    def choose(self, field: RecordField, given: str | None) -> str:
        """Return one of a field's choices: the one that was given, else the one that is asked for; errors as above."""
        return str(self.record((field,), {field.name: [given]} if given else {})[field.name])

    def _check_given(self, fields: Sequence[RecordField], form: Typed, option: str | None) -> None:
        names = {name.partition(".")[0] for name in form}
        for name, problem in self._problems(fields, form, option):
            if name in names:
                raise Refused(problem)

    def _field(
        self, field: RecordField, fields: Sequence[RecordField], form: Typed, option: str | None, start: Record
    ) -> Typed:
        def problem_of(answer: Sequence[str]) -> Problem | None:
            return dict(self._problems(fields, form | {field.name: answer}, option)).get(field.name)

        usual = start.get(field.name)
        return {field.name: self._ask(field, problem_of, usual if isinstance(usual, str) else "")}

    def _rows(self, field: RecordField) -> Typed:
        """Ask for row after row, until one is left empty at its first column."""
        form: Typed = {}
        first, *others = field.columns
        terminal.ask_for(field, self.say)
        for number in count():
            answer = self._cell(replace(first, required=False))
            if not any(answer):
                break
            form[cell_name(field.name, number, first.name)] = answer
            form |= {cell_name(field.name, number, column.name): self._cell(column) for column in others}
        return form

    def _cell(self, column: RecordField) -> Sequence[str]:
        def problem_of(answer: Sequence[str]) -> Problem | None:
            return dict(self._problems((column,), {column.name: answer}, None)).get(column.name)

        return self._ask(column, problem_of)

    def _ask(
        self, field: RecordField, problem_of: Callable[[Sequence[str]], Problem | None], usual: str = ""
    ) -> Sequence[str]:
        terminal.ask_for(field, self.say)
        if field.type in _PICKED and field.required and not field.choices:
            question = terminal.plain(self.say.text(field.label))
            raise CaseworkError(
                "There is nothing to choose from at “{question}”. Nothing was recorded.", question=question
            )
        while problem := problem_of(answer := self._typed(field, usual)):
            click.echo(self.say.text(problem.text), err=True)
        return answer

    def _typed(self, field: RecordField, usual: str) -> Sequence[str]:
        if field.type is FieldType.LONG_TEXT:
            return [terminal.long_text(self.say)]
        typed = str(click.prompt(">", default=usual, show_default=bool(usual), prompt_suffix=" ", err=True))
        return [as_answer(field, part) for part in (typed.split(",") if field.type in TUPLES else [typed])]

    def _problems(
        self, fields: Sequence[RecordField], form: Typed, option: str | None
    ) -> Iterator[tuple[str, Problem]]:
        return record_problems(fields, record_from_form(fields, form), option, self.today)
