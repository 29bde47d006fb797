# SPDX-License-Identifier: EUPL-1.2
"""What a file that extends another cannot take from it: the steps that the law asks for, and the ways to them.

Kept are the steps of a statute and the one with which every case begins. Neither their terms and order nor their
outcomes and required fields can be weakened, and what a term of the law reads is asked as before. The ways to them are
judged in `kept_ways`. Free are additions, texts, actors and a municipality's own norms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from casework.domain.case.records import RecordField
from casework.domain.errors import ProtocolFileError
from casework.domain.judge.guards import author_declared, conflicts_excluded, handlers_declared
from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.domain.protocol.step_term import FieldOf
from casework.domain.protocol_file.kept_ways import Fault, broken_ways
from casework.domain.protocol_file.strict_table import listed

_FIXED = ("after", "done_by")
_OF_PEOPLE = frozenset(guard.__name__ for guard in (author_declared, handlers_declared, conflicts_excluded))


def kept_steps(base: InvestigationProtocol) -> dict[str, str]:
    """Return the steps that a file which extends `base` cannot remove, with the reason in English."""
    return _read_by_terms(base) | _asked(base)


def check_law_kept(own: InvestigationProtocol, base: InvestigationProtocol, file: str) -> None:
    """Raise ProtocolFileError for the first thing in which `own`, which extends `base`, weakens what the law asks."""
    kept, asked = kept_steps(base), _asked(base)
    for name, why in kept.items():
        if name not in own.steps:
            raise ProtocolFileError(f"{file}: 'remove' names step {name}, but {why}; take it out of 'remove'")
    faults = chain(
        chain.from_iterable(_weakened(own.steps[name], base.steps[name], why) for name, why in asked.items()),
        _unguarded(own, base),
        _unasked(own, base, kept),
        broken_ways(own, base, kept, kept.keys() - asked.keys()),
    )
    for place, message in faults:
        raise ProtocolFileError(f"{file}, step {place}: {message}" if place else f"{file}: {message}")


def _asked(base: InvestigationProtocol) -> dict[str, str]:
    """Return the steps that must stay as they are, with the reason."""
    return {step.id: why for step in base.steps.values() if (why := _reason(base, step))}


def _reason(base: InvestigationProtocol, step: Step) -> str:
    """Return why a file that extends `base` must have the step as it is; nothing where it need not."""
    if step.statute:
        return f"the law asks for it ({step.statute.en})"
    return "every case begins with it" if step.id == base.first else ""


def _read_by_terms(base: InvestigationProtocol) -> dict[str, str]:
    """Return the steps whose records start a term of the law, with the reason why that must go on."""
    return {name.step: f"a term of the law in step {step.id} reads it" for step, name in _starts(base)}


def _starts(base: InvestigationProtocol) -> Iterator[tuple[Step, FieldOf]]:
    """Yield what decides whether a term of the law runs, and from when, after the step of the term."""
    for step in base.steps.values():
        names = (name for term in step.terms for name in (term.start, term.when)) if step.term_of_law else ()
        yield from ((step, name) for name in names if isinstance(name, FieldOf))


def _calls(base: InvestigationProtocol, kept: Mapping[str, str]) -> Iterator[tuple[Step, FieldOf]]:
    """Yield the answers that call a step of the law, after that step."""
    for step in base.steps.values():
        for call in step.calls:
            yield from ((base.steps[to], FieldOf(step.id, call.condition.field)) for to in call.next if to in kept)


def _weakened(own: Step, base: Step, why: str) -> Iterator[Fault]:
    """Yield what is less in a step that must stay as it is."""
    changed = [key for key in _FIXED if getattr(own, key) != getattr(base, key)]
    changed += ["optional"] if own.optional and not base.optional else []
    changed += ["repeatable"] if base.repeatable and not own.repeatable else []
    changed += ["law"] if base.law and own.law != base.law else []
    changed += ["term"] if base.term_of_law and (own.clock, own.terms) != (base.clock, base.terms) else []
    yield from ((own.id, f"{why}; leave '{key}' out") for key in changed)
    if _outcomes(own) != _outcomes(base):
        yield own.id, f"{why}; keep its options {listed(_outcomes(base))}, each with the 'again_on' that it had"
    waits = set(own.guards).difference(base.guards, _OF_PEOPLE)
    if waits:
        yield (
            own.id,
            f"{why}, in time; take {listed(sorted(waits))}, for which it would wait, out of 'guards'",
        )
    for field in base.record:
        if field.required and _is_less(own.field(field.name), field):
            yield own.id, f"{why}; {_copy(field)}"


def _outcomes(step: Step) -> dict[str, str | None]:
    return {option.value: option.again_on for option in step.options}


def _unguarded(own: InvestigationProtocol, base: InvestigationProtocol) -> Iterator[Fault]:
    for step in base.steps.values():
        lost = set(step.guards).difference(own.steps[step.id].guards) if step.id in own.steps else ()
        if lost:
            yield step.id, f"'guards' lacks {listed(sorted(lost))}; guards can be added, not taken away"


def _unasked(own: InvestigationProtocol, base: InvestigationProtocol, kept: Mapping[str, str]) -> Iterator[Fault]:
    for reader, (name, field_name) in chain(_starts(base), _calls(base, kept)):
        field = base.steps[name].field(field_name)
        if field and name in own.steps and _is_less(own.steps[name].field(field_name), field):
            yield name, f"step {reader.id}, of the law, depends on the field '{field_name}'; {_copy(field)}"
    for name, why in _read_by_terms(base).items():
        if own.steps[name].optional and not base.steps[name].optional:
            yield name, f"{why}; leave 'optional' out"


def _copy(field: RecordField) -> str:
    return f"copy the field '{field.name}' from the shipped file (its texts may differ, and choices be added)"


def _is_less(own: RecordField | None, base: RecordField) -> bool:
    """Say whether a field asks less than it did, whatever its texts say."""
    if own is None:
        return True
    columns = {column.name: column for column in own.columns}
    alike = replace(own, label=base.label, help=base.help, choices=base.choices, columns=base.columns)
    return (
        alike != base
        or not _codes(own) >= _codes(base)
        or any(_is_less(columns.get(column.name), column) for column in base.columns)
    )


def _codes(field: RecordField) -> set[tuple[str, str | None]]:
    return {(choice.value, choice.counts_as) for choice in field.choices}
