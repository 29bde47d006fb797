# SPDX-License-Identifier: EUPL-1.2
"""Record fields as form fields: what each shows, what was typed in it, and what is wrong with that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from casework.domain.case.events import Record, RecordValue
from casework.domain.case.record_check import record_problems
from casework.domain.case.records import FieldType, RecordField, cell_name, record_from_form, row_numbers
from casework.domain.protocol.model import Option
from casework.domain.text import Text
from casework.views.desk import MemberName
from casework.web.gate import Typed
from casework.web.wording import Wording

OPTION = "option"
MORE_ROWS = "more"
"""The button that asks for another row, with the field's name as its value."""
_FEWEST_ROWS = 2
_MANY_CHOICES = 7
_YES_NO = (("yes", Text("Ja", "Yes")), ("no", Text("Nee", "No")))


class FormChoice(NamedTuple):
    """One value to choose, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


class Mistake(NamedTuple):
    """What is wrong with a field, for the summary on top; `field` is empty where it concerns the whole form."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as a page shows it. `control` is text, long_text, day, radio, select, checkboxes or rows.

    `value` is what was typed in a text control; `rows` are the fields of each row. `only_with` names the outcomes with
    which it belongs, by value, `only_if` another field and the answers with which it does; `only_with_text` says the
    same in words. `mistake` is empty where nothing is wrong.
    """

    name: str
    control: str
    label: str
    help: str = ""
    required: bool = True
    value: str = ""
    choices: tuple[FormChoice, ...] = ()
    rows: tuple[tuple["FormField", ...], ...] = ()
    only_with: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    only_with_text: str = ""
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form's definition: record fields, the outcomes to choose from, and who can be named in it."""

    fields: Sequence[RecordField]
    words: Wording
    options: Sequence[Option] = ()
    members: Sequence[MemberName] = ()
    today: date | None = None

    def shown(self, typed: Typed, mistakes: Sequence[Mistake] = ()) -> tuple[FormField, ...]:
        """Return the fields as a page shows them, the choice of the outcome first."""
        wrong = {mistake.field: mistake.text for mistake in mistakes}
        fields = [self._field(record_field, typed, wrong) for record_field in self.fields]
        if self.options:
            fields.insert(0, self._outcome(typed, wrong))
        return tuple(fields)

    def read(self, typed: Typed) -> tuple[dict[str, RecordValue], str | None, tuple[Mistake, ...]]:
        """Return the record, the outcome chosen, and everything that is wrong with them."""
        option = next(iter(typed.get(OPTION, ())), None) or None
        record = record_from_form(self.fields, typed)
        mistakes = [] if self._knows(option) else [Mistake(OPTION, self.words.say("Choose an outcome."))]
        return record, option, (*mistakes, *self._mistakes(record, option))

    def _knows(self, option: str | None) -> bool:
        return not self.options or any(known.value == option for known in self.options)

    def _mistakes(self, record: Record, option: str | None) -> Iterator[Mistake]:
        fields = {record_field.name: record_field for record_field in self.fields}
        for name, problem in record_problems(self.fields, record, option, self.today):
            if fields[name].applies(option, record):
                yield Mistake(name, self.words.text(problem.text))
            elif self._knows(option):
                # What somebody typed is never dropped silently.
                yield Mistake(name, self.words.say("This does not go with your other answers. Empty it."))

    def _outcome(self, typed: Typed, wrong: Mapping[str, str]) -> FormField:
        chosen = typed.get(OPTION, ())
        choices = tuple(
            FormChoice(option.value, self.words.text(option.label), option.value in chosen) for option in self.options
        )
        label = self.words.say("What is the outcome?")
        return FormField(OPTION, "radio", label, choices=choices, mistake=wrong.get(OPTION, ""))

    def _field(self, record_field: RecordField, typed: Typed, wrong: Mapping[str, str], name: str = "") -> FormField:
        name = name or record_field.name
        values = tuple(typed.get(name, ()))
        only_with = [option.value for option in self.options if option.value in record_field.options]
        return FormField(
            name=name,
            control=_control(record_field),
            label=self.words.text(record_field.label),
            help=" ".join(self._help(record_field)),
            required=record_field.required and not record_field.unless,
            value=next(iter(values), ""),
            choices=tuple(FormChoice(value, label, value in values) for value, label in self._choices(record_field)),
            rows=self._rows(record_field, typed) if record_field.columns else (),
            only_with=tuple(only_with),
            only_if=(record_field.only_if.field, *record_field.only_if.values) if record_field.only_if else (),
            only_with_text=" ".join(self._when(record_field)),
            mistake=wrong.get(name, ""),
        )

    def _rows(self, record_field: RecordField, typed: Typed) -> tuple[tuple[FormField, ...], ...]:
        """Return the rows that the form has, at least two, and one more where that was asked for."""
        numbers = list(row_numbers(record_field.name, typed))
        wanted = len(numbers) + (record_field.name in typed.get(MORE_ROWS, ()))
        while len(numbers) < max(wanted, _FEWEST_ROWS):
            numbers.append(numbers[-1] + 1 if numbers else 0)
        return tuple(
            tuple(
                self._field(column, typed, {}, cell_name(record_field.name, number, column.name))
                for column in record_field.columns
            )
            for number in numbers
        )

    def _when(self, record_field: RecordField) -> Iterator[str]:
        """Say in words when a field belongs to the record."""
        labels = [self.words.text(one.label) for one in self.options if one.value in record_field.options]
        if labels:
            yield self.words.say("Only with: {options}.", options=", ".join(labels))
        fields = {one.name: one for one in self.fields}
        if record_field.only_if and record_field.only_if.field in fields:
            other = fields[record_field.only_if.field]
            answers = [label for value, label in self._choices(other) if value in record_field.only_if.values]
            asked = self.words.text(other.label)
            yield self.words.say("Only if “{field}” is: {options}.", field=asked, options=", ".join(answers))

    def _help(self, record_field: RecordField) -> Iterator[str]:
        """Say what helps to answer, and which other field may be answered instead."""
        instead = next((field for field in self.fields if field.name == record_field.unless), None)
        if instead:
            yield self.words.say("Or fill in: {field}.", field=self.words.text(instead.label))
        yield self.words.text(record_field.help)

    def _choices(self, record_field: RecordField) -> list[tuple[str, str]]:
        if record_field.type is FieldType.YES_NO:
            return [(value, self.words.text(label)) for value, label in _YES_NO]
        if record_field.type is FieldType.MEMBERS:
            return [(member.id, f"{member.name}, {self.words.role(member)}") for member in self.members]
        return [(choice.value, self.words.text(choice.label)) for choice in record_field.choices]


def typed_in(form: "MultiDict[str, str]") -> dict[str, list[str]]:
    """Return what a request's form holds."""
    return dict(form.lists())


def as_typed(record: Record) -> dict[str, list[str]]:
    """Return how a form would have given this record."""
    return dict(cell for name, value in record.items() for cell in _cells(name, value))


def _cells(name: str, value: RecordValue) -> Iterator[tuple[str, list[str]]]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
    for number, row in enumerate(rows):
        for column, cell in row.items():
            yield cell_name(name, number, column), _as_typed(cell)
    if not rows:
        yield name, _as_typed(value)


def _as_typed(value: RecordValue) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


def _control(record_field: RecordField) -> str:
    match record_field.type:
        case FieldType.CHOICES | FieldType.MEMBERS:
            return "checkboxes"
        case FieldType.YES_NO:
            return "radio"
        case FieldType.CHOICE:
            return "select" if len(record_field.choices) > _MANY_CHOICES else "radio"
        case FieldType.HASH:
            return "text"
    return record_field.type.value
