# SPDX-License-Identifier: EUPL-1.2
"""Read the fields of a step's record from a protocol file."""

from casework.domain.case.records import OF_FORMS, Choice, Condition, Earliest, FieldType, RecordField, When
from casework.domain.case.vocabulary import FLAGS
from casework.domain.protocol.figures import CODES, unknown_codes
from casework.domain.protocol_file.strict_table import StrictTable, listed
from casework.domain.terms.term import Length, TermUnit

MAX_AMOUNT = 9999
"""Of days, weeks, months or working days: a judgement counts working days one by one."""

_WITH_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
_NOT_IN_ROWS = (FieldType.ROWS, FieldType.MEMBERS, FieldType.CHOICES)


def read_field(table: StrictTable) -> RecordField:
    """Return the field that a [[step.record]] table describes."""
    return _field(table, in_row=False)


def read_condition(table: StrictTable) -> Condition:
    """Return the condition of a table with `field` and `is`."""
    return table.done(_condition(table))


def _condition(table: StrictTable) -> Condition:
    values = table.texts("is") or table.fail("'is' is empty; say with which values")
    return Condition(table.take("field", str), values)


def _field(table: StrictTable, *, in_row: bool) -> RecordField:
    kind = table.one_of("type", FieldType)
    if in_row and kind in _NOT_IN_ROWS:
        table.fail(f"a column cannot have the type '{kind}'; use another")
    field = RecordField(
        name=table.name("name"),
        type=kind,
        label=table.text("label"),
        help=table.text("help") if table.has("help") else None,
        required=table.take("required", bool, default=True),
        choices=table.tables("choices", read_choice, "value"),
        options=table.texts("options"),
        columns=table.tables("columns", lambda column: _field(column, in_row=True), "name"),
        only_if=read_condition(table.table("only_if")) if table.has("only_if") else None,
        unless=table.take("unless", str) if table.has("unless") else None,
        when=table.one_of("when", When) if table.has("when") else None,
        earliest=_earliest(table.table("earliest")) if table.has("earliest") else None,
        latest=_latest(table.table("latest")) if table.has("latest") else None,
        flag=table.name_of("flag", FLAGS),
        figure=figure(table),
    )
    _check(table, field, in_row=in_row)
    return table.done(field)


def read_choice(table: StrictTable) -> Choice:
    """Return a value that can be chosen."""
    return table.done(Choice(table.name("value"), table.text("label"), counts_as(table)))


def counts_as(table: StrictTable) -> str | None:
    """Return the code in the annual report that a choice or option names."""
    return table.take("counts_as", str) if table.has("counts_as") else None


def figure(table: StrictTable) -> int | None:
    """Return the figure of the annual report that a field or step feeds."""
    if not table.has("figure"):
        return None
    number = table.take("figure", int)
    if number not in CODES:
        table.fail(f"'figure' is {number}; use one of {listed(str(known) for known in CODES)}")
    return number


def check_codes(table: StrictTable, number: int | None, choices: tuple[tuple[str, str | None], ...]) -> None:
    """Refuse choices or options (value, counts_as) whose code the figure does not have."""
    if number is None:
        for value, code in choices:
            if code:
                table.fail(f"'{value}' has counts_as, but nothing here feeds a figure; add 'figure', or leave it out")
        return
    unknown = unknown_codes(number, (code or value for value, code in choices))
    if unknown:
        table.fail(
            f"figure {number} does not know {listed(unknown)}; give each a counts_as, one of "
            f"{listed(sorted(CODES[number]))}"
        )


def _earliest(table: StrictTable) -> Earliest:
    length = read_length(table)
    unless = table.take("unless", str) if table.has("unless") else None
    return table.done(Earliest(length, table.take("after", str), unless))


def _latest(table: StrictTable) -> Length:
    return table.done(read_length(table))


def read_length(table: StrictTable) -> Length:
    """Return the length that a table gives under the name of its unit."""
    unit = unit_of(table)
    amount = table.take(unit, int)
    if not 0 < amount <= MAX_AMOUNT:
        table.fail(f"'{unit}' must be 1 or more, and at most {MAX_AMOUNT}")
    return Length(amount, unit)


def unit_of(table: StrictTable) -> TermUnit:
    """Return the one unit that a table names."""
    units = [unit for unit in TermUnit if table.has(unit)]
    if len(units) != 1:
        table.fail(f"needs exactly one of {listed(TermUnit)}")
    return units[0]


def _check(table: StrictTable, field: RecordField, *, in_row: bool) -> None:
    """Refuse keys that do not go with the type of the field."""
    kind = field.type
    if field.name in OF_FORMS and not in_row:
        table.fail(f"a field cannot be called '{field.name}', which forms use themselves; give it another name")
    if bool(field.choices) != (kind in _WITH_CHOICES):
        table.fail(f"type '{kind}' and choices do not go together; choices belong to choice and choices")
    if bool(field.columns) != (kind is FieldType.ROWS):
        table.fail(f"type '{kind}' and columns do not go together; columns belong to rows")
    if (field.when or field.earliest or field.latest) and kind is not FieldType.DAY:
        table.fail("'when', 'earliest' and 'latest' belong to the type day; leave them out")
    if in_row and (field.options or field.flag):
        table.fail("a column has no 'options' and no 'flag'; leave them out")
    if field.flag and kind is not FieldType.YES_NO:
        table.fail("'flag' belongs to the type yes_no; leave it out")
    check_codes(table, field.figure if field.choices else None, tuple((c.value, c.counts_as) for c in field.choices))
