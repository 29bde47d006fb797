# SPDX-License-Identifier: EUPL-1.2
"""Record fields as form fields: what each shows, what was typed in it, and what is wrong with that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from casework.domain.case.events import Record, RecordValue
from casework.domain.case.records import FieldType, RecordField, is_empty, record_from_form, record_problem
from casework.domain.errors import Problem
from casework.domain.protocol.model import Option
from casework.domain.text import Text
from casework.views import MemberName
from casework.web.gate import Typed
from casework.web.wording import Wording

OPTION = "option"
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
    """One field as a page shows it. `control` is text, long_text, day, radio, select or checkboxes.

    `value` is what was typed in a text control. `only_with` names the outcomes with which it belongs, by value;
    `only_with_text` says the same in words. `mistake` is empty where nothing is wrong.
    """

    name: str
    control: str
    label: str
    help: str = ""
    required: bool = True
    value: str = ""
    choices: tuple[FormChoice, ...] = ()
    only_with: tuple[str, ...] = ()
    only_with_text: str = ""
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form's definition: record fields, the outcomes to choose from, and who can be named in it."""

    fields: Sequence[RecordField]
    words: Wording
    options: Sequence[Option] = ()
    members: Sequence[MemberName] = ()

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
        for record_field in self.fields:
            text = self._mistake(record_field, record, option)
            if text:
                mistakes.append(Mistake(record_field.name, text))
        return record, option, tuple(mistakes)

    def _knows(self, option: str | None) -> bool:
        return not self.options or any(known.value == option for known in self.options)

    def _mistake(self, record_field: RecordField, record: Record, option: str | None) -> str:
        value = record.get(record_field.name)
        if not record_field.applies(option):
            # What somebody typed is never dropped silently.
            misplaced = not is_empty(value) and self._knows(option)
            return self.words.say("This does not go with the outcome that you chose. Empty it.") if misplaced else ""
        own = {} if value is None else {record_field.name: value}
        problem: Problem | None = record_problem((record_field,), own, option)
        return self.words.text(problem.text) if problem else ""

    def _outcome(self, typed: Typed, wrong: Mapping[str, str]) -> FormField:
        chosen = typed.get(OPTION, ())
        choices = tuple(
            FormChoice(option.value, self.words.text(option.label), option.value in chosen) for option in self.options
        )
        label = self.words.say("What is the outcome?")
        return FormField(OPTION, "radio", label, choices=choices, mistake=wrong.get(OPTION, ""))

    def _field(self, record_field: RecordField, typed: Typed, wrong: Mapping[str, str]) -> FormField:
        values = tuple(typed.get(record_field.name, ()))
        only_with = [option for option in self.options if option.value in record_field.options]
        return FormField(
            name=record_field.name,
            control=_control(record_field),
            label=self.words.text(record_field.label),
            help=self.words.text(record_field.help),
            required=record_field.required,
            value=next(iter(values), ""),
            choices=tuple(FormChoice(value, label, value in values) for value, label in self._choices(record_field)),
            only_with=tuple(option.value for option in only_with),
            only_with_text=", ".join(self.words.text(option.label) for option in only_with),
            mistake=wrong.get(record_field.name, ""),
        )

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
    return {name: _as_typed(value) for name, value in record.items()}


def _as_typed(value: RecordValue) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [value] if isinstance(value, str) else list(value)


def _control(record_field: RecordField) -> str:
    match record_field.type:
        case FieldType.CHOICES | FieldType.MEMBERS:
            return "checkboxes"
        case FieldType.YES_NO:
            return "radio"
        case FieldType.CHOICE:
            return "select" if len(record_field.choices) > _MANY_CHOICES else "radio"
    return record_field.type.value
