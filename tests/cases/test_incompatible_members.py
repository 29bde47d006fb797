# SPDX-License-Identifier: EUPL-1.2
"""Fact V09: who cannot be a member of a committee, by who instituted it (Gemeentewet, articles 83(2) and 84)."""

from importlib.resources import files

import pytest

from casework.domain.case.events import Record
from casework.domain.errors import ProtocolFileError
from casework.domain.judge.guards import GUARDS, Situation
from casework.domain.judge.walk import walk
from casework.domain.protocol.committee import incompatible
from casework.domain.protocol_file.reader import load_protocol
from casework.protocols import shipped_protocols
from support.casebook import Casebook

EVERYBODY = ("geen", "raadslid", "wethouder", "burgemeester", "ander")


@pytest.mark.parametrize(
    "instituted_by,barred",
    [("raad", ("wethouder", "burgemeester")), ("college", ("raadslid",)), ("burgemeester", ("raadslid",))],
)
def test_v09_each_body_bars_its_own_offices(instituted_by: str, barred: tuple[str, ...]) -> None:
    assert incompatible(instituted_by, EVERYBODY, advisory_only=False) == barred


@pytest.mark.parametrize("instituted_by", ["raad", "college", "burgemeester"])
def test_v09_a_committee_that_only_advises_on_complaints_or_objections_bars_nobody(instituted_by: str) -> None:
    assert incompatible(instituted_by, EVERYBODY, advisory_only=True) == ()


@pytest.mark.parametrize("instituted_by", ["raad", "college", "burgemeester"])
def test_v09_outsiders_may_always_be_members(instituted_by: str) -> None:
    assert incompatible(instituted_by, ("geen", "geen", "ander"), advisory_only=False) == ()


def test_v09_an_office_is_named_once_however_many_members_hold_it() -> None:
    assert incompatible("college", ("raadslid", "geen", "raadslid"), advisory_only=False) == ("raadslid",)


@pytest.mark.parametrize("record", [{"ingesteld_door": "raad"}, {"leden": ({"ambt": "wethouder"},)}])
def test_v09_a_record_that_describes_no_committee_bars_nobody(record: Record) -> None:
    protocol = shipped_protocols()["D_tijdelijke_commissie"]
    flow = walk(protocol, Casebook(protocol=protocol).case)
    assert GUARDS["committee_compatible"](Situation(flow, protocol.steps["D02"], None, record)) is None


def test_an_unknown_body_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        incompatible("provincie", ("geen",), advisory_only=False)


def test_the_shipped_protocol_asks_for_these_bodies_and_offices() -> None:
    institution = shipped_protocols()["D_tijdelijke_commissie"].steps["D02"]
    asked = {field.name: field for field in institution.record}
    office = next(column for column in asked["leden"].columns if column.name == "ambt")
    assert [body.value for body in asked["ingesteld_door"].choices] == ["raad", "college", "burgemeester"]
    assert tuple(choice.value for choice in office.choices) == EVERYBODY


@pytest.mark.parametrize(
    "old,new,message",
    [
        ('value = "raad"', 'value = "gemeenteraad"', "'choices' names 'gemeenteraad'"),
        ('value = "college"', 'value = "waterschap"', "'choices' names 'waterschap'"),
    ],
)
def test_v09_a_protocol_cannot_name_a_body_that_the_guard_does_not_know(old: str, new: str, message: str) -> None:
    shipped = files("casework.protocols").joinpath("d_tijdelijke_commissie.toml").read_text("utf-8")
    before, field, after = shipped.partition('name = "ingesteld_door"')
    with pytest.raises(ProtocolFileError, match=r"step D02, record 'ingesteld_door'") as refused:
        load_protocol((before + field + after.replace(old, new, 1)).encode(), "ours.toml")
    assert message in str(refused.value)
