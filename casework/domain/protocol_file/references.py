# SPDX-License-Identifier: EUPL-1.2
"""Checks a protocol as a whole: everything that is named exists, fits, and can be reached."""

from collections.abc import Callable, Collection, Iterable, Iterator

from casework.domain.case.records import FieldType, RecordField
from casework.domain.errors import ProtocolFileError
from casework.domain.judge.guards import GUARDS, committee_compatible
from casework.domain.protocol.committee import BODIES
from casework.domain.protocol.model import DoneBy, InvestigationProtocol, Step
from casework.domain.protocol.step_term import Extension, FieldOf, StartPoint, StepTerm
from casework.domain.protocol_file.strict_table import listed
from casework.domain.terms.law import EXTENSIONS, LAW
from casework.domain.terms.term import TermKind


def check_references(protocol: InvestigationProtocol, file: str) -> None:
    """Raise ProtocolFileError for the first thing in the protocol that does not fit the rest."""
    for step in protocol.steps.values():
        _check_step(protocol, step, f"{file}, step {step.id}")
    _check_whole(protocol, file)


def _check_step(protocol: InvestigationProtocol, step: Step, where: str) -> None:
    steps = protocol.steps
    _all_known(where, "next", step.all_targets(), {**steps, **protocol.exits})
    _all_known(where, "after", step.after, steps)
    _all_known(where, "parallel_to", step.parallel_to, steps)
    _all_known(where, "actors", step.actors, protocol.actors)
    _all_known(where, "guards", step.guards, GUARDS)
    for term in step.terms:
        _check_term(protocol, step, term, f"{where}, term")
    for call in step.calls:
        field = _own_field(step, call.condition.field, where, "calls")
        _all_known(where, "calls is", call.condition.values, _answers(field))
    for option in step.options:
        if option.again_on:
            _again(step, option.again_on, f"{where}, option '{option.value}'")
    if step.extends:
        _check_extension(protocol, step, step.extends, where)
    for field in step.record:
        _check_field(step, field, f"{where}, record '{field.name}'")
    if committee_compatible.__name__ in step.guards:
        _check_committee(step, f"{where}, record 'ingesteld_door'")


def _check_term(protocol: InvestigationProtocol, step: Step, term: StepTerm, where: str) -> None:
    if isinstance(term.start, FieldOf):
        _field(protocol, term.start, where, "from", FieldType.DAY)
    elif not isinstance(term.start, StartPoint):
        _all_known(where, "from", (term.start,), {**protocol.steps, **dict.fromkeys(StartPoint)})
    if term.when:
        _field(protocol, term.when, where, "when", FieldType.YES_NO)
    if term.stops_on:
        _own_field(step, term.stops_on, where, "stops_on", FieldType.DAY)
    if term.latest:
        _all_known(where, "latest", (term.latest,), protocol.steps)
        if not any(option.again_on for option in step.options):
            raise ProtocolFileError(f"{where}: 'latest' ends postponing, but no option has 'again_on'; leave it out")


def _again(step: Step, name: str, where: str) -> None:
    _own_field(step, name, where, "again_on", FieldType.DAY)
    if not step.repeatable:
        raise ProtocolFileError(f"{where}: 'again_on' has the step done again; write repeatable = true")


def _check_extension(protocol: InvestigationProtocol, step: Step, extension: Extension, where: str) -> None:
    _all_known(f"{where}, extends", "step", (extension.step,), protocol.steps)
    rule, target = EXTENSIONS[extension.law], protocol.steps[extension.step]
    of_law = {one for term in target.terms for one in term.rules if one.kind is TermKind.LAW}
    if not of_law or not of_law <= {LAW[name] for name in rule.extends}:
        raise ProtocolFileError(
            f"{where}, extends: {extension.law} extends the terms {listed(rule.extends)}; step {target.id} has "
            "none of these, or another of the law too, so name another step"
        )
    for name in rule.requires:
        field = _own_field(step, name, where, f"extends by {extension.law}", FieldType.DAY)
        if not field.required or field.options or field.only_if or field.unless:
            raise ProtocolFileError(f"{where}: the law asks for '{name}'; make it a required field without conditions")


def _check_committee(step: Step, where: str) -> None:
    """Check that the guard of committees knows every body that the record can name; else it would bar nobody."""
    body = step.field("ingesteld_door")
    if body and body.type is not FieldType.CHOICE:
        raise ProtocolFileError(f"{where}: the guard {committee_compatible.__name__} reads it; make it a choice")
    _all_known(where, "choices", _answers(body) if body else (), BODIES)


def _check_field(step: Step, field: RecordField, where: str) -> None:
    _all_known(where, "options", field.options, [option.value for option in step.options])
    _check_siblings({one.name: one for one in step.record}, field, where)
    for column in field.columns:
        _check_siblings({one.name: one for one in field.columns}, column, f"{where}, column '{column.name}'")


def _check_siblings(siblings: dict[str, RecordField], field: RecordField, where: str) -> None:
    """Check the other fields of the same record, or row, that a field depends on."""
    if field.only_if:
        _all_known(where, "only_if", (field.only_if.field,), siblings)
        _all_known(where, "only_if is", field.only_if.values, _answers(siblings[field.only_if.field]))
    if field.unless:
        _all_known(where, "unless", (field.unless,), siblings)
    if field.earliest:
        days = [name for name, one in siblings.items() if one.type is FieldType.DAY]
        _all_known(where, "earliest after", (field.earliest.after,), days)
        if field.earliest.unless:
            _all_known(where, "earliest unless", (field.earliest.unless,), siblings)


def _answers(field: RecordField) -> list[str]:
    return ["yes", "no"] if field.type is FieldType.YES_NO else [choice.value for choice in field.choices]


def _field(
    protocol: InvestigationProtocol, name: FieldOf, where: str, key: str, kind: FieldType | None = None
) -> RecordField:
    _all_known(where, key, (name.step,), protocol.steps)
    return _own_field(protocol.steps[name.step], name.field, where, key, kind)


def _own_field(step: Step, name: str, where: str, key: str, kind: FieldType | None = None) -> RecordField:
    fitting = {field.name: field for field in step.record if kind is None or field.type is kind}
    other = step.field(name)
    if other and name not in fitting:
        raise ProtocolFileError(
            f"{where}: '{key}' names '{name}', which has the type {other.type}; use a field of the type {kind}"
            f"{': ' if fitting else ''}{listed(fitting)}"
        )
    _all_known(where, key, (name,), fitting)
    return fitting[name]


def _check_whole(protocol: InvestigationProtocol, file: str) -> None:
    _all_known(file, "first", (protocol.first,), protocol.steps)
    _all_known(file, "reopens_at", (protocol.reopens_at,), protocol.steps)
    _all_known(file, "deviation_authority", (protocol.deviation_authority,), protocol.actors)
    both = sorted(protocol.steps.keys() & protocol.exits.keys())
    if both:
        raise ProtocolFileError(f"{file}: {', '.join(both)} is both a step and an exit; rename one")
    closing = [step.id for step in protocol.steps.values() if step.closes]
    if len(closing) != 1:
        raise ProtocolFileError(f"{file}: exactly one step must have closes = true, not {len(closing)}")
    if protocol.closing.done_by is not DoneBy.RECORD:
        raise ProtocolFileError(f"{file}, step {protocol.closing.id}: a member closes a case; leave 'done_by' out")
    if not any(step.done_by is DoneBy.FEEDBACK for step in protocol.steps.values()):
        raise ProtocolFileError(f'{file}: no step gives the reporter feedback; add one with done_by = "feedback"')
    _check_order(protocol, file)
    _check_reach(protocol, file)


def _check_order(protocol: InvestigationProtocol, file: str) -> None:
    for step in protocol.steps.values():
        before = _closure(step.after, lambda name: protocol.steps[name].after)
        if step.id in before:
            raise ProtocolFileError(f"{file}, step {step.id}: by 'after' it waits for itself; take a step out of it")
        if step.done_by is DoneBy.REPORT and step.id != protocol.first:
            raise ProtocolFileError(f"{file}, step {step.id}: a report comes first; leave 'done_by' out")


def _check_reach(protocol: InvestigationProtocol, file: str) -> None:
    steps = protocol.steps.values()
    begin = {protocol.first, protocol.reopens_at}
    named = begin.union(*(step.all_targets() for step in steps))
    reached = begin.union(*(step.targets_when_done() for step in steps))
    come_to = _closure((*begin, *_begun_otherwise(steps)), lambda name: _onward(protocol, name))
    for step in steps:
        if step.parallel_to or step.done_by is not DoneBy.RECORD:
            continue
        if step.id not in named:
            raise ProtocolFileError(f"{file}, step {step.id}: nothing leads to it; add it to a 'next', or remove it")
        if step.id not in reached:
            raise ProtocolFileError(
                f"{file}, step {step.id}: only leaving out another step leads to it; a step with options leads where "
                "these say, so name it in the 'next' of an option"
            )
        if step.id not in come_to:
            raise ProtocolFileError(
                f"{file}, step {step.id}: only steps lead to it that no case comes to; name it, or one of them, in the "
                "'next' of a step that cases come to"
            )


def _begun_otherwise(steps: Iterable[Step]) -> Iterator[str]:
    """Yield the steps that begin by feedback, or beside others."""
    return (step.id for step in steps if step.parallel_to or step.done_by is DoneBy.FEEDBACK)


def _onward(protocol: InvestigationProtocol, name: str) -> Iterable[str]:
    step = protocol.steps.get(name)
    return step.targets_when_done() if step else ()


def _closure(begin: Iterable[str], follow: Callable[[str], Iterable[str]]) -> set[str]:
    """Return everything that one comes to from the beginnings, these included."""
    found: set[str] = set()
    new = set(begin)
    while new:
        found |= new
        new = {other for name in new for other in follow(name)} - found
    return found


def _all_known(where: str, key: str, names: Collection[str] | Iterator[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise ProtocolFileError(
                f"{where}: '{key}' names '{name}', which does not exist; use one of {listed(known)}"
            )
