# SPDX-License-Identifier: EUPL-1.2
"""What stands on each box of a drawing: its lines of text, and the places where lines to other boxes leave.

A step's outcomes stand on its box, each with the step that follows, so that the picture can be read without following
a line, and no label floats between the boxes. Outcomes that lead to the same place share a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from casework.domain.protocol.model import Exit, InvestigationProtocol, Phase, Step
from casework.domain.text import Language
from casework.drawing.measure import wrap
from casework.drawing.words import AGAIN, BESIDE, ELSE, EXTENDS, REOPENS, YES_NO, term_of

PITCH = 18
"""Everything stands on a grid of this pitch, the height of one line of text."""
CARD_WIDTH = 13 * PITCH
_TEXT_WIDTH = CARD_WIDTH - 2 * 14
_SIZES = {"title": 14, "law": 13, "term": 13, "actor": 13, "outcome": 13, "note": 13, "mark": 13}
_BOLD = ("title", "law", "mark")
_SIGN_WIDTH = 26
_SHORTEST = 3
# So many outcomes with the same effect are summed up, if others differ.
_MANY = 4
# A no-break space, so that an arrow and what it leads to stay together.
_GLUE = "\u00a0"


Targets = tuple[str, ...]


class Row(NamedTuple):
    """One line of text on a box, and what stands at its other end.

    `style` is title, law, term, actor, outcome, note or mark.
    """

    style: str
    text: str
    tail: str = ""


class Outlet(NamedTuple):
    """Where lines leave: at an outcome's row, or with `row` None at the box itself."""

    row: int | None
    targets: Targets


class Mark(NamedTuple):
    """How a step stands in a case, as state and in words, and the address of its page.

    The state is done, open, blocked, left_out, or later; the last has no words.
    """

    state: str
    words: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """One box. An exit is a card as well, with rounded ends. Lengths are in the picture's unit."""

    id: str
    name: str
    phase: Phase
    rows: tuple[Row, ...]
    outlets: tuple[Outlet, ...] = ()
    optional: bool = False
    is_exit: bool = False
    mark: Mark | None = None

    @property
    def height(self) -> int:
        """The height of the box."""
        return (max(len(self.rows), 1 if self.is_exit else _SHORTEST) + 1) * PITCH


def cards(
    protocol: InvestigationProtocol, language: Language, marks: Mapping[str, Mark] | None = None
) -> tuple[Card, ...]:
    """Return the boxes by phase, in the order of the file; an exit comes after the last step that leads to it."""
    phases = list(Phase)
    steps = sorted(protocol.steps.values(), key=lambda step: phases.index(step.phase))
    last = {target: step.id for step in steps for target in step.all_targets() if target in protocol.exits}
    made: list[Card] = []
    for step in steps:
        made.append(_step_card(protocol, step, language, (marks or {}).get(step.id)))
        made += [_exit_card(protocol.exits[way], step.phase, language) for way in last if last[way] == step.id]
    return tuple(made)


def _exit_card(way: Exit, phase: Phase, language: Language) -> Card:
    name = way.title.in_language(language)
    rows = (*_rows("title", name), *_rows("note", way.to or ""))
    return Card(way.id, name, phase, rows, is_exit=True)


def _step_card(protocol: InvestigationProtocol, step: Step, language: Language, mark: Mark | None) -> Card:
    name = f"{step.id} {step.title.in_language(language)}"
    rows = [
        *_rows("title", name, _SIGN_WIDTH if mark and mark.words else 0),
        *_rows("mark", mark.words if mark else ""),
    ]
    rows += _rows("law" if step.term_of_law else "term", term_of(step, language))
    rows += _rows("actor", ", ".join(protocol.actors[actor].in_language(language) for actor in step.actors))
    for note in _notes(protocol, step, language):
        rows += _rows("note", note)
    shared, outcomes = _outcomes(step, language)
    outlets = [Outlet(None, shared)] if shared else []
    for label, targets in outcomes:
        rows += _outcome_rows(label, _tail(protocol, step, targets, language))
        if leads := tuple(target for target in targets if target != step.id):
            outlets.append(Outlet(len(rows) - 1, leads))
    return Card(step.id, name, step.phase, tuple(rows), tuple(outlets), step.optional, mark=mark)


def _rows(style: str, text: str, less: float = 0) -> tuple[Row, ...]:
    lines = wrap(text, _TEXT_WIDTH - less, _SIZES[style], bold=style in _BOLD) if text else ()
    return tuple(Row(style, line) for line in lines)


def _outcome_rows(label: str, tail: str) -> tuple[Row, ...]:
    """The tail stands at the end of the last line; one that is longer than a line stands in lines of its own."""
    tails = wrap(tail, _TEXT_WIDTH, _SIZES["outcome"], bold=True)
    if len(tails) > 1:
        return (*_rows("outcome", label), *(Row("outcome", "", line) for line in tails))
    tail = tail.replace(" ", _GLUE)
    *upper, last = _rows("outcome", f"{label} {_GLUE}{tail}")
    return (*upper, last._replace(text=last.text.removesuffix(f"{_GLUE}{tail}").rstrip(" "), tail=tail))


def _tail(protocol: InvestigationProtocol, step: Step, targets: tuple[str, ...], language: Language) -> str:
    """Exits are named by their titles alone, so only the line tells which one follows."""
    named = [target for target in targets if target not in protocol.exits]
    told = (AGAIN.in_language(language) if target == step.id else target for target in named)
    return f"→{_GLUE}{', '.join(told)}".rstrip(_GLUE)


def _notes(protocol: InvestigationProtocol, step: Step, language: Language) -> Iterator[str]:
    if step.parallel_to:
        yield BESIDE.in_language(language).format(steps=", ".join(step.parallel_to))
    if step.extends:
        yield EXTENDS.in_language(language).format(step=step.extends.step)
    if step.closes:
        yield REOPENS.in_language(language).format(step=protocol.reopens_at)


def _outcomes(step: Step, language: Language) -> tuple[Targets, list[tuple[str, Targets]]]:
    """Return what follows on every outcome, and then the outcomes that differ, each with what follows on it."""
    options = {option.label.in_language(language): step.targets(option.value) for option in step.options}
    if not options:
        return step.next, list(_calls(step, language))
    first, *others = options.values()
    shared = tuple(target for target in dict.fromkeys(first) if all(target in to for to in others))
    by_targets: dict[Targets, list[str]] = {}
    for label, to in options.items():
        if own := tuple(dict.fromkeys(target for target in to if target not in shared)):
            by_targets.setdefault(own, []).append(label)
    outcomes = [(_label(labels, len(by_targets), language), to) for to, labels in by_targets.items()]
    return shared, outcomes + list(_calls(step, language))


def _label(labels: list[str], groups: int, language: Language) -> str:
    return ELSE.in_language(language) if len(labels) >= _MANY and groups > 1 else f"{_GLUE}/ ".join(labels)


def _calls(step: Step, language: Language) -> Iterator[tuple[str, Targets]]:
    for call in step.calls:
        field = step.field(call.condition.field)
        if field:
            known = {choice.value: choice.label for choice in field.choices} | YES_NO
            answers = f"{_GLUE}/ ".join(known[value].in_language(language) for value in call.condition.values)
            yield f"{field.label.in_language(language)} {answers}", call.next
