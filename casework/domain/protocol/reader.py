# SPDX-License-Identifier: EUPL-1.2
"""Read an investigation protocol from TOML. Strict: every message names the file, the step and the cure.

Keys are closed, names are unique, everything that is referred to exists, and nothing that must say
something is empty. The digest is over the exact bytes, so that a case can pin them.
"""

import tomllib
from collections.abc import Collection
from hashlib import sha256

from casework.domain.case.messages import FEEDBACK_FIELDS
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.errors import ProtocolFileError
from casework.domain.judge.guards import GUARDS
from casework.domain.protocol.model import START_POINTS, DoneBy, Exit, InvestigationProtocol, Option, Step, StepTerm
from casework.domain.protocol.strict_table import StrictTable, listed
from casework.domain.terms.report_clocks import ACKNOWLEDGEMENT, FEEDBACK
from casework.domain.terms.term import Length, TermKind, TermRule, TermUnit
from casework.domain.text import Text

FORMAT = 1
_CLOCKS = (ACKNOWLEDGEMENT, FEEDBACK)


def load_protocol(data: bytes, file: str) -> InvestigationProtocol:
    """Return the protocol that the bytes of a TOML file describe; `file` is its name for messages.

    Raises ProtocolFileError, with file, step and cure, for anything that is not exactly right.
    """
    try:
        parsed = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProtocolFileError(f"{file}: is not TOML in UTF-8 ({error})") from error
    top = StrictTable(parsed, file)
    if top.take("format", int) != FORMAT:
        top.fail(f"'format' must be {FORMAT}, the only one that this version reads")
    protocol = top.done(_protocol(top, sha256(data).hexdigest(), file))
    _check_references(protocol, file)
    return protocol


def _protocol(top: StrictTable, digest: str, file: str) -> InvestigationProtocol:
    return InvestigationProtocol(
        id=top.take("id", str),
        version=top.take("version", int),
        digest=digest,
        title=top.text("title"),
        first=top.take("first", str),
        reopens_at=top.take("reopens_at", str),
        actors=_actors(StrictTable(top.take("actors", dict), f"{file}, actors")),
        exits={way.id: way for way in top.tables("exit", _exit, "id")},
        steps={step.id: step for step in _not_empty(top, top.tables("step", lambda table: _step(table, file), "id"))},
    )


def _not_empty(table: StrictTable, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return steps or table.fail("there are no steps; add [[step]] tables")


def _actors(table: StrictTable) -> dict[str, Text]:
    names = list(table.rest().items())
    rows = {name: StrictTable({"actor": value}, f"{table.where}, '{name}'") for name, value in names}
    return {name: row.text("actor") for name, row in rows.items()}


def _exit(table: StrictTable) -> Exit:
    way = Exit(table.take("id", str), table.text("title"), table.take("leaves", bool))
    return table.done(way)


def _step(table: StrictTable, file: str) -> Step:
    step_id = table.take("id", str)
    table.where = f"{file}, step {step_id}"
    done_by = table.one_of("done_by", DoneBy, DoneBy.RECORD)
    term = StrictTable(table.take("term", dict), f"{table.where}, term") if table.has("term") else None
    clock = _clock(term) if term and term.has("clock") else None
    record = table.tables("record", _field, "name")
    if done_by is not DoneBy.RECORD and record:
        table.fail("has a record, but is done by itself; remove the record or done_by")
    step = Step(
        id=step_id,
        title=table.text("title"),
        help=table.text("help"),
        actors=table.texts("actors") or table.fail("'actors' is empty; say who does this step"),
        record=FEEDBACK_FIELDS if done_by is DoneBy.FEEDBACK else record,
        options=table.tables("option", _option, "value"),
        term=_term(term) if term and not clock else None,
        clock=clock,
        guards=table.texts("guards"),
        after=table.texts("after"),
        parallel_to=table.texts("parallel_to"),
        next=table.texts("next"),
        done_by=done_by,
        repeatable=table.take("repeatable", bool, default=False),
        optional=table.take("optional", bool, default=False),
        closes=table.take("closes", bool, default=False),
    )
    return table.done(step)


def _clock(table: StrictTable) -> str:
    clock = table.take("clock", str)
    if clock not in _CLOCKS:
        table.fail(f"'clock' is '{clock}'; use one of {', '.join(_CLOCKS)}")
    return table.done(clock)


def _term(table: StrictTable) -> StepTerm:
    units = [unit for unit in TermUnit if table.has(unit)]
    if len(units) != 1:
        table.fail(f"needs exactly one of {listed(TermUnit)}, or a clock")
    amount = table.take(units[0], int)
    if amount < 1:
        table.fail(f"'{units[0]}' must be 1 or more")
    rule = TermRule(Length(amount, units[0]), table.one_of("kind", TermKind), table.text("basis"))
    return table.done(StepTerm(rule, table.take("from", str)))


def _option(table: StrictTable) -> Option:
    return table.done(Option(table.take("value", str), table.text("label"), table.texts("next")))


def _field(table: StrictTable) -> RecordField:
    kind = table.one_of("type", FieldType)
    field = RecordField(
        name=table.take("name", str),
        type=kind,
        label=table.text("label"),
        help=table.text("help") if table.has("help") else None,
        required=table.take("required", bool, default=True),
        choices=table.tables("choices", _choice, "value"),
        options=table.texts("options"),
    )
    if bool(field.choices) != (kind in (FieldType.CHOICE, FieldType.CHOICES)):
        table.fail(f"type '{kind}' and choices do not go together; choices belong to choice and choices")
    return table.done(field)


def _choice(table: StrictTable) -> Choice:
    return table.done(Choice(table.take("value", str), table.text("label")))


def _check_references(protocol: InvestigationProtocol, file: str) -> None:
    steps, exits = protocol.steps, protocol.exits
    for step in steps.values():
        where = f"{file}, step {step.id}"
        followers = [target for option in step.options for target in option.next]
        _all_known(where, "next", (*step.next, *followers), {**steps, **exits})
        _all_known(where, "after", step.after, steps)
        _all_known(where, "parallel_to", step.parallel_to, steps)
        _all_known(where, "actors", step.actors, protocol.actors)
        _all_known(where, "guards", step.guards, GUARDS)
        if step.term:
            _all_known(f"{where}, term", "from", (step.term.start,), {**steps, **dict.fromkeys(START_POINTS)})
        for field in step.record:
            _all_known(f"{where}, record '{field.name}'", "options", field.options, [o.value for o in step.options])
    _check_whole(protocol, file)


def _check_whole(protocol: InvestigationProtocol, file: str) -> None:
    _all_known(file, "first", (protocol.first,), protocol.steps)
    _all_known(file, "reopens_at", (protocol.reopens_at,), protocol.steps)
    both = sorted(protocol.steps.keys() & protocol.exits.keys())
    if both:
        raise ProtocolFileError(f"{file}: {', '.join(both)} is both a step and an exit; rename one")
    closing = [step.id for step in protocol.steps.values() if step.closes]
    if len(closing) != 1:
        raise ProtocolFileError(f"{file}: exactly one step must have closes = true, not {len(closing)}")
    _check_reach(protocol, file)


def _check_reach(protocol: InvestigationProtocol, file: str) -> None:
    reached = {protocol.first, protocol.reopens_at}
    for step in protocol.steps.values():
        reached.update(step.next, *(option.next for option in step.options))
    for step in protocol.steps.values():
        if step.id not in reached and not step.parallel_to and step.done_by is DoneBy.RECORD:
            raise ProtocolFileError(f"{file}, step {step.id}: nothing leads to it; add it to a 'next', or remove it")


def _all_known(where: str, key: str, names: tuple[str, ...], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise ProtocolFileError(
                f"{where}: '{key}' names '{name}', which does not exist; use one of {listed(known)}"
            )
