# SPDX-License-Identifier: EUPL-1.2
"""Every figure of the annual report is recorded on the way through every protocol."""

from dataclasses import replace

import pytest

from casework.domain.case.events import RecordValue
from casework.domain.case.record_check import RecordCheck
from casework.domain.case.records import RecordField
from casework.domain.protocol.figures import CODES, OF_THE_CASE, OF_THE_DESK, not_recorded, sources, unknown_codes
from casework.domain.protocol.model import Step
from casework.protocols import shipped_protocols
from support.casebook import filled_in
from support.scenario import ON, walked
from support.scenario_roads import ROADS

PROTOCOLS = shipped_protocols()
PLACES = [
    (name, figure, source)
    for name, protocol in PROTOCOLS.items()
    for figure, found in sources(protocol).items()
    for source in found
]
each_protocol = pytest.mark.parametrize("protocol", PROTOCOLS)


def holder(step: Step, name: str) -> RecordField:
    """The field of that name, or the field of rows that has such a column."""
    return next(field for field in step.record if name in (field.name, *(column.name for column in field.columns)))


def making(field: RecordField) -> dict[str, RecordValue]:
    """What a record must say for a field to belong to it."""
    if field.only_if is None:
        return {}
    value = field.only_if.values[0]
    return {field.only_if.field: {"yes": True, "no": False}.get(value, value)}


def told(record: dict[str, RecordValue], name: str) -> RecordValue:
    """The value of a field, or of a column in the first row that has it."""
    rows = [row for value in record.values() if isinstance(value, tuple) for row in value if not isinstance(row, str)]
    return record[name] if name in record else next(row[name] for row in rows if name in row)


@each_protocol
@pytest.mark.parametrize("figure", range(1, 18))
def test_each_of_the_figures_1_to_17_has_its_place(protocol: str, figure: int) -> None:
    if figure in CODES:
        assert sources(PROTOCOLS[protocol])[figure]
    else:
        assert figure in OF_THE_CASE | OF_THE_DESK


@pytest.mark.parametrize("protocol,figure,source", PLACES)
def test_a_step_takes_the_figure_that_it_is_to_record(protocol: str, figure: int, source: str) -> None:
    step_id, _, name = source.partition(".")
    step = PROTOCOLS[protocol].steps[step_id]
    if not name:
        assert not unknown_codes(figure, (option.counts_as or option.value for option in step.options))
        return
    field = holder(step, name)
    fields = tuple(replace(one, required=True) if one is field else one for one in step.record)
    option = next(iter(field.options or [option.value for option in step.options]), None)
    record = filled_in(fields, option, facts=making(field))
    assert RecordCheck(step.record, option).problem(record) is None
    assert told(record, name) not in (None, "", ())


@each_protocol
def test_no_figure_is_missing_from_a_case(protocol: str) -> None:
    assert not_recorded(PROTOCOLS[protocol]) == ()


@each_protocol
def test_channel_and_timeliness_come_from_the_case_itself(protocol: str) -> None:
    for road in ROADS[protocol].values():
        book = walked(PROTOCOLS[protocol], road)
        assert [report.received.channel for report in book.case.reports.values()] == ["web"]
        assert {"acknowledgement", "feedback"} <= {clock.term.name for clock in book.judged(ON).clocks}
