# SPDX-License-Identifier: EUPL-1.2
"""Read one step of a protocol file: what it is, what it leads to, and its terms."""

from casework.domain.case.messages import FEEDBACK_FIELDS
from casework.domain.protocol.model import Call, DoneBy, Option, Phase, Step
from casework.domain.protocol.step_term import Extension, FieldOf, StartPoint, StepTerm
from casework.domain.protocol_file.field_reader import (
    MAX_AMOUNT,
    check_codes,
    counts_as,
    figure,
    read_condition,
    read_field,
    read_length,
    unit_of,
)
from casework.domain.protocol_file.strict_table import StrictTable, listed
from casework.domain.terms.law import EXTENSIONS, LAW
from casework.domain.terms.report_clocks import CLOCK_RULES
from casework.domain.terms.term import Length, TermKind, TermRule

_OWN_KINDS = (TermKind.NORM, TermKind.DEFAULT)


def read_step(table: StrictTable, file: str) -> Step:
    """Return the step that a [[step]] table describes."""
    step_id = table.name("id")
    table.where = f"{file}, step {step_id}"
    done_by = table.one_of("done_by", DoneBy, DoneBy.RECORD)
    clock, terms = _terms(table)
    record = table.tables("record", read_field, "name")
    if done_by is not DoneBy.RECORD and record:
        table.fail("has a record, but is done by itself; remove the record or done_by")
    step = Step(
        id=step_id,
        title=table.text("title"),
        help=table.text("help"),
        phase=table.one_of("phase", Phase),
        actors=table.texts("actors") or table.fail("'actors' is empty; say who does this step"),
        record=FEEDBACK_FIELDS if done_by is DoneBy.FEEDBACK else record,
        options=table.tables("option", _option, "value"),
        terms=terms,
        clock=clock,
        guards=table.texts("guards"),
        after=table.texts("after"),
        parallel_to=table.texts("parallel_to"),
        next=table.texts("next"),
        calls=tuple(_call(row) for row in table.rows("calls")),
        extends=_extends(table.table("extends")) if table.has("extends") else None,
        done_by=done_by,
        repeatable=table.take("repeatable", bool, default=False),
        optional=table.take("optional", bool, default=False),
        closes=table.take("closes", bool, default=False),
        figure=figure(table),
        law=table.text("law") if table.has("law") else None,
    )
    check_codes(table, step.figure, tuple((option.value, option.counts_as) for option in step.options))
    return table.done(step)


def _option(table: StrictTable) -> Option:
    again_on = table.take("again_on", str) if table.has("again_on") else None
    option = Option(table.name("value"), table.text("label"), table.texts("next"), counts_as(table), again_on)
    return table.done(option)


def _call(table: StrictTable) -> Call:
    following = table.texts("next") or table.fail("'next' is empty; say which steps follow")
    return Call(read_condition(table), following)


def _extends(table: StrictTable) -> Extension:
    extension = Extension(table.take("step", str), table.name_of("law", EXTENSIONS) or "")
    if not extension.law:
        table.fail(f"'law' is missing; use one of {listed(EXTENSIONS)}")
    return table.done(extension)


def _terms(table: StrictTable) -> tuple[str | None, tuple[StepTerm, ...]]:
    """Return the statutory clock that the step answers, or else its own terms."""
    rows = (
        table.rows("term")
        if isinstance(table.peek("term"), list)
        else [table.table("term")]
        if table.has("term")
        else []
    )
    if len(rows) == 1 and rows[0].has("clock"):
        clock = rows[0].name_of("clock", CLOCK_RULES)
        return rows[0].done(clock), ()
    return None, tuple(_term(row) for row in rows)


def _term(table: StrictTable) -> StepTerm:
    start = _start(table.take("from", str))
    stops_on = table.take("stops_on", str) if table.has("stops_on") else None
    when = _field_of(table, table.take("when", str)) if table.has("when") else None
    latest = table.take("latest", str) if table.has("latest") else None
    return table.done(StepTerm(_rules(table), start, stops_on, when, latest))


def _start(name: str) -> str | StartPoint | FieldOf:
    if name in list(StartPoint):
        return StartPoint(name)
    step, dot, field = name.partition(".")
    return FieldOf(step, field) if dot else name


def _field_of(table: StrictTable, name: str) -> FieldOf:
    step, dot, field = name.partition(".")
    return FieldOf(step, field) if dot else table.fail(f"'{name}' names no field; write STEP.field")


def _rules(table: StrictTable) -> tuple[TermRule, ...]:
    law = table.name_of("law", LAW)
    if law:
        return (LAW[law],)
    lengths = _lengths(table)
    if table.peek("kind") == TermKind.LAW:
        table.fail(f"'kind' is 'law', but terms of the law are code; use 'law' with one of {listed(LAW)}")
    kind = TermKind(table.name_of("kind", _OWN_KINDS) or table.take("kind", str))
    basis = table.text("basis")
    return tuple(TermRule(length, kind, basis) for length in lengths)


def _lengths(table: StrictTable) -> tuple[Length, ...]:
    unit = unit_of(table)
    if not isinstance(table.peek(unit), list):
        return (read_length(table),)
    amounts = table.take(unit, list)
    if (
        not all(type(amount) is int and 0 < amount <= MAX_AMOUNT for amount in amounts)
        or sorted(set(amounts)) != amounts
    ):
        table.fail(f"'{unit}' must be whole numbers of 1 or more, each more than the one before, at most {MAX_AMOUNT}")
    return tuple(Length(amount, unit) for amount in amounts)
