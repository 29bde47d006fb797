# SPDX-License-Identifier: EUPL-1.2
"""The named rules that a protocol file may put on a step. There is no rule language: a rule is Python here.

A guard returns why the step cannot be done now, or None. While nobody is completing the step, `by` and
`record` are None and a guard judges what it can.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from casework.domain.case.closing import feedback_problem, placing_problem, review_problem
from casework.domain.case.events import Record
from casework.domain.case.records import FieldType
from casework.domain.errors import Problem
from casework.domain.judge.flow import Flow
from casework.domain.problems import HELD
from casework.domain.protocol.committee import incompatible
from casework.domain.protocol.model import Step
from casework.domain.text import Text


class Situation(NamedTuple):
    """What a guard looks at: the case's way so far, the step, and who completes it with which record."""

    flow: Flow
    step: Step
    by: str | None = None
    record: Record | None = None


Guard = Callable[[Situation], Problem | None]


def acknowledged(now: Situation) -> Problem | None:
    """Every report was acknowledged (Wbk 2(2)(h)): the message was placed, unless nothing reaches the reporter."""
    if all(report.acknowledged or report.out_of_reach for report in now.flow.case.own_reports):
        return None
    return Problem(
        "not_acknowledged",
        Text(
            "Bevestig de melder eerst dat de melding is ontvangen.",
            "First acknowledge to the reporter that the report was received.",
        ),
    )


def handlers_declared(now: Situation) -> Problem | None:
    """Every handler that the record names declared for themself to have no interest, and is not excluded."""
    free = now.flow.case.free_members
    missing = [member for member in _members_named(now) if member not in free]
    if free and not missing:
        return None
    who = ", ".join(missing)
    return Problem(
        "declaration_missing",
        Text(
            f"Een verklaring zonder belang ontbreekt van: {who or 'iedere behandelaar'}.",
            f"A declaration of no interest is missing from: {who or 'every handler'}.",
        ),
    )


def conflicts_excluded(now: Situation) -> Problem | None:
    """Every member who declared an interest is excluded from the case."""
    case = now.flow.case
    left = sorted(m for m, declared in case.declarations.items() if declared.conflict and m not in case.excluded)
    if not left:
        return None
    who = ", ".join(left)
    return Problem(
        "conflict_not_excluded",
        Text(f"Sluit eerst uit wie een belang heeft: {who}.", f"First exclude who has an interest: {who}."),
    )


def author_declared(now: Situation) -> Problem | None:
    """The member who completes the step declared to have no interest in the case."""
    declared = now.flow.case.declarations.get(now.by or "")
    if now.by is None or (declared and not declared.conflict):
        return None
    return Problem(
        "own_declaration_missing",
        Text(
            "Verklaar eerst dat u geen belang hebt bij deze melding.",
            "First declare that you have no interest in this report.",
        ),
    )


def feedback_finished(now: Situation) -> Problem | None:
    """Every reporter had final feedback, or it was decided with reasons that it is impossible (fact P07)."""
    return feedback_problem(now.flow.case)


def nothing_open(now: Situation) -> Problem | None:
    """No step that was called is still to be done, optional ones aside."""
    return still_open([step for step in now.flow.open_steps() if step.id != now.step.id])


def still_open(left: Sequence[Step]) -> Problem | None:
    """Return that these steps are to be done first, or None where there are none."""
    if not left:
        return None
    nl = ", ".join(f"{step.id} {step.title.nl}" for step in left)
    en = ", ".join(f"{step.id} {step.title.en}" for step in left)
    return Problem("steps_open", Text(f"Nog te doen: {nl}.", f"Still to be done: {en}."))


def nothing_unplaced(now: Situation) -> Problem | None:
    """Every written message reached the reporter, as far as there is still a mailbox."""
    return placing_problem(now.flow.case)


def deviations_accounted(now: Situation) -> Problem | None:
    """The report names every step that was left out with consent (fact P04): by its id, in one of its texts."""
    left_out = now.flow.left_out
    if now.record is None or not left_out:
        return None
    told = " ".join(_texts_in(now.record.values()))
    missing = [step for step in left_out if step not in told]
    if not missing:
        return None
    who = ", ".join(missing)
    return Problem(
        "deviation_not_told",
        Text(
            f"Noem in het verslag elke stap die is weggelaten, met de reden. Nog niet genoemd: {who}.",
            f"Name every step that was left out in the report, with the reason. Not yet named: {who}.",
        ),
    )


def committee_compatible(now: Situation) -> Problem | None:
    """No member of the committee that the record describes holds an office that bars them (Gemeentewet 83(2), 84).

    It reads `ingesteld_door` (raad, college, burgemeester), `leden` (rows with `ambt`) and `alleen_advies`; a record
    that refers to another case for them has none of these.
    """
    record = now.record or {}
    body, members = record.get("ingesteld_door"), record.get("leden")
    if not isinstance(body, str) or not isinstance(members, tuple):
        return None
    offices = (str(row.get("ambt")) for row in members if isinstance(row, Mapping))
    barred = incompatible(body, offices, advisory_only=record.get("alleen_advies") is True)
    if not barred:
        return None
    who = ", ".join(barred)
    return Problem(
        "member_barred",
        Text(
            f"Een commissie van dit bestuursorgaan mag niet als lid hebben: {who} (Gemeentewet 83, tweede lid, en 84).",
            f"A committee of this body cannot have as a member: {who} (Gemeentewet 83(2) and 84).",
        ),
    )


def no_hold(now: Situation) -> Problem | None:
    """No legal hold stands: nothing may be destroyed while one does (fact D04)."""
    return HELD if now.flow.case.holds else None


def disclosures_reviewed(now: Situation) -> Problem | None:
    """Two other members judged everything that one told outside because of a danger to life."""
    return review_problem(now.flow.case)


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        acknowledged,
        handlers_declared,
        conflicts_excluded,
        author_declared,
        feedback_finished,
        nothing_open,
        nothing_unplaced,
        deviations_accounted,
        no_hold,
        committee_compatible,
        disclosures_reviewed,
    )
}
_CLOSING = (feedback_finished, nothing_unplaced, nothing_open, disclosures_reviewed)
"""What no protocol can leave out of closing."""


def guard_problems(now: Situation) -> tuple[Problem, ...]:
    """Return everything that the step's guards have against it now, and for closing those of the law."""
    guards = [GUARDS[name] for name in now.step.guards]
    guards += [guard for guard in _CLOSING if now.step.closes and guard not in guards]
    problems = (guard(now) for guard in guards)
    return tuple(problem for problem in problems if problem)


def _members_named(now: Situation) -> tuple[str, ...]:
    names = [field.name for field in now.step.record if field.type is FieldType.MEMBERS]
    values = [(now.record or {}).get(name) for name in names]
    found = (member for value in values if isinstance(value, tuple) for member in value)
    return tuple(member for member in found if isinstance(member, str))


def _texts_in(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts_in(value.values())
        elif isinstance(value, tuple):
            yield from _texts_in(value)
