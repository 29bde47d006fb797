# SPDX-License-Identifier: EUPL-1.2
"""The JSON Schema of protocol files: what it takes the reader takes, and what it refuses the reader refuses too.

An editor that knows the schema helps to write a file; only the reader can say that names exist and steps are reached.
"""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from casework.domain.case.records import FieldType, When
from casework.domain.case.vocabulary import FLAGS
from casework.domain.errors import ProtocolFileError
from casework.domain.judge.guards import GUARDS
from casework.domain.protocol.figures import CODES
from casework.domain.protocol.model import DoneBy, Phase
from casework.domain.protocol_file.reader import load_protocol
from casework.domain.protocol_file.strict_table import StrictTable
from casework.domain.terms.law import EXTENSIONS, LAW
from casework.domain.terms.term import TermUnit
from support.protocol_samples import OWN, SAMPLE

SCHEMA: dict[str, Any] = json.loads(files("casework.protocols").joinpath("protocol.schema.json").read_text())
PARTS = SCHEMA["$defs"]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SHIPPED = [path for path in files("casework.protocols").iterdir() if path.name.endswith(".toml")]

FIELD = '{ name = "x", type = "text", label = { nl = "X", en = "X" } }'

BROKEN = [
    ("format = 1", "format = 2"),
    ('first = "S0"\n', ""),
    ('first = "S0"', 'first = ""'),
    ('first = "S0"', 'first = "S0"\ncolour = "red"'),
    ('first = "S0"', 'first = "S0"\nremove = ["S1"]'),
    ('deviation_authority = "desk"\n', ""),
    ("version = 1", 'version = "1"'),
    ("version = 1", "version = true"),
    ("version = 1", "version = 0"),
    ('{ nl = "Klein", en = "Small" }', '{ nl = "Klein" }'),
    ('{ nl = "Klein", en = "Small" }', '{ nl = "", en = "Small" }'),
    ('{ nl = "Klein", en = "Small" }', '{ nl = "Klein", en = "Small", fr = "Petit" }'),
    ('{ nl = "Klein", en = "Small" }', '"Small"'),
    ('desk = { nl = "Meldpunt", en = "Desk" }', "desk = 3"),
    ('desk = { nl = "Meldpunt", en = "Desk" }', ""),
    ("leaves = true\n", ""),
    ("leaves = true", "leaves = false"),
    ('to = "T"', 'to = "another one"'),
    ('id = "S2"', f'id = "{"S" * 81}"'),
    ('name = "soon_why"', 'name = "option"'),
    ("leaves = true", 'leaves = true\ncolour = "red"'),
    ('law = { nl = "Wet, artikel 1", en = "Act, article 1" }', 'law = "Act, article 1"'),
    ('law = { nl = "Wet, artikel 1", en = "Act, article 1" }', 'law = { nl = "Wet, artikel 1", en = "" }'),
    ('phase = "assess"\n', ""),
    ('phase = "assess"', 'phase = "later"'),
    ('actors = ["desk"]\nclos', "actors = []\nclos"),
    ('actors = ["desk"]\nclos', "clos"),
    ('help = { nl = "Sluit.", en = "Close." }\n', ""),
    ("closes = true", 'closes = "yes"'),
    ("closes = true", "closes = true\ncolour = 1"),
    ("repeatable = true\n", ""),
    ('guards = ["author_declared"]', 'guards = ["nice"]'),
    ('after = ["S0"]', 'after = ["S0", "S0"]'),
    ('after = ["S0"]', "after = [0]"),
    ('after = ["S0"]', 'after = "S0"'),
    ("figure = 7", "figure = 99"),
    ("figure = 7", "figure = 14"),
    ("figure = 7\n", ""),
    ('done_by = "report"', 'done_by = "magic"'),
    (
        'done_by = "report"',
        'done_by = "report"\nrecord = [{ name = "x", type = "text", label = { nl = "X", en = "X" } }]',
    ),
    ('clock = "feedback"', 'clock = "lunch"'),
    ('clock = "feedback"', 'clock = "feedback", from = "S0"'),
    ("days = 3", "days = 0"),
    ("days = 3", "days = -3"),
    ("days = 3", 'days = "3"'),
    ("days = 3", "days = 3, weeks = 1"),
    ("days = 3, ", ""),
    ("months = [3, 6]", "months = [3, 3]"),
    ("months = [3, 6]", "months = []"),
    ('kind = "norm"', 'kind = "law"'),
    (', basis = { nl = "Norm", en = "Norm" }', ""),
    ('from = "S0", ', ""),
    ('law = "awb_9_11_1"', 'law = "awb_9_11_7"'),
    ('law = "awb_9_11_1"', 'law = "awb_9_11_1", days = 1'),
    ('law = "awb_9_11_1", from', 'law = "awb_9_11_1", kind = "norm", from'),
    ('when = "S1.crime"', 'when = "crime"'),
    ('law = "awb_9_11_2"', 'law = "awb_9_11_1"'),
    ('extends = { step = "S1", law = "awb_9_11_2" }', 'extends = { step = "S1" }'),
    ('is = ["yes"]\nnext = ["S2"]', 'is = ["yes"]'),
    ('is = ["yes"]\nnext', "is = []\nnext"),
    ('name = "crime"\n', ""),
    ('type = "yes_no"', 'type = "colour"'),
    ('type = "yes_no"', 'type = "text"'),
    ('flag = "criminal_offence"', 'flag = "red"'),
    ('only_if = { field = "crime", is = ["yes"] }', 'only_if = { field = "crime" }'),
    ('when = "past"', 'when = "soon"'),
    ('type = "day"\nlabel = { nl = "Bekend', 'type = "text"\nlabel = { nl = "Bekend'),
    ("required = false", "required = 0"),
    ("required = false", "size = 3"),
    ("workdays = 5", "workdays = 0"),
    ("workdays = 5", "workdays = 5, days = 1"),
    ('after = "known_on", ', ""),
    ('type = "choice"', 'type = "text"'),
    ('counts_as = "financieel"', 'counts_as = "geld"'),
    ('value = "overig"', 'value = "anders"'),
    ("figure = 3\n", ""),
    ('type = "rows"', 'type = "text"'),
    ('type = "text"\nlabel = { nl = "Wat"', 'type = "members"\nlabel = { nl = "Wat"'),
    ('type = "text"\nlabel = { nl = "Wat"', 'type = "rows"\nlabel = { nl = "Wat"'),
    ('type = "text"\nlabel = { nl = "Wat"', 'type = "choice"\nlabel = { nl = "Wat"'),
    ('counts_as = "nog_niet"', 'counts_as = "later"'),
    ('value = "onderzoek"', 'value = "anders"'),
    ('value = "onderzoek"\n', ""),
    ('value = "onderzoek"', 'value = "onderzoek"\nif = "x"'),
]

BROKEN_OWN = [
    ('extends = "S"', "extends = 3"),
    ('id = "S_own"\n', ""),
    ("version = 4\n", ""),
    ('remove = ["S2"]', 'remove = "S2"'),
    ('remove = ["S2"]', "colour = 1"),
    ("weeks = 2", "weeks = 0"),
    ("again_on", "colour"),
    ('type = "long_text"', 'type = "colour"'),
    ('id = "S5"\n', ""),
]


def schema_takes(text: str) -> bool:
    return bool(VALIDATOR.is_valid(tomllib.loads(text)))


def reader_takes(text: str, bases: Mapping[str, bytes] | None = None) -> bool:
    try:
        load_protocol(text.encode(), "sample.toml", bases)
    except ProtocolFileError:
        return False
    return True


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def dicts(part: object) -> Iterator[dict[str, Any]]:
    """Yield every table in something read, at any depth."""
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from dicts(one)


def tables(part: object) -> Iterator[dict[str, Any]]:
    """Yield every schema of a table."""
    return (one for one in dicts(part) if one.get("type") == "object")


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_file_fits_the_schema_and_names_it(path: Any) -> None:
    text = path.read_text()
    assert not [error.message for error in VALIDATOR.iter_errors(tomllib.loads(text))]
    assert "#:schema protocol.schema.json" in text.splitlines()[:2]


def test_both_take_the_samples() -> None:
    assert schema_takes(SAMPLE)
    assert reader_takes(SAMPLE)
    assert schema_takes(OWN)
    assert reader_takes(OWN, {"S": SAMPLE.encode()})


@pytest.mark.parametrize("old,new", BROKEN)
def test_both_refuse_a_broken_file(old: str, new: str) -> None:
    broken = changed(SAMPLE, old, new)
    assert (schema_takes(broken), reader_takes(broken)) == (False, False)


@pytest.mark.parametrize("old,new", BROKEN_OWN)
def test_both_refuse_a_broken_file_that_extends_another(old: str, new: str) -> None:
    broken = changed(OWN, old, new)
    assert (schema_takes(broken), reader_takes(broken, {"S": SAMPLE.encode()})) == (False, False)


def test_no_table_takes_unknown_keys() -> None:
    assert all(table["additionalProperties"] is False for table in tables(SCHEMA) if "properties" in table)


def test_every_key_is_described() -> None:
    for table in tables(SCHEMA):
        for part in table.get("properties", {}).values():
            assert "description" in part or "description" in part_at(part["$ref"])


def test_the_keys_of_the_schema_are_those_that_the_reader_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"extends", "remove", "actor"}
    for ask in ("take", "has", "peek"):
        plain = getattr(StrictTable, ask)

        def noted(table: StrictTable, key: str, *more: Any, plain: Any = plain, **named: Any) -> Any:
            asked.add(key)
            return plain(table, key, *more, **named)

        monkeypatch.setattr(StrictTable, ask, noted)
    load_protocol(SAMPLE.encode(), "sample.toml")

    known = {key for table in tables(SCHEMA) for key in table.get("properties", {})}
    actors = set(tomllib.loads(SAMPLE)["actors"])
    assert known == asked - actors - {"actor"}


@pytest.mark.parametrize(
    "place", [[], ["step"], ["step", "record"], ["step", "record", "columns"], ["step", "option"], ["exit"]]
)
def test_an_editor_that_reads_no_conditions_finds_the_keys_of_a_table(place: list[str]) -> None:
    """Some editors complete keys by following references and lists alone, and pass by a part that combines others."""
    part = SCHEMA
    for key in place:
        part = referred(referred(part)["properties"][key]["items"])
    assert "allOf" not in part
    assert len(part["properties"]) >= (2 if place else 12)


def referred(part: dict[str, Any]) -> dict[str, Any]:
    """Follow references to where there is none; what stands beside one is not looked at."""
    while "$ref" in part:
        part = part_at(part["$ref"])
    return part


def part_at(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = PARTS[reference.rpartition("/")[2]]
    return found


@pytest.mark.parametrize(
    "where,known",
    [
        (PARTS["step"]["properties"]["guards"]["items"], GUARDS),
        (PARTS["step"]["properties"]["phase"], Phase),
        (PARTS["step"]["properties"]["done_by"], DoneBy),
        (PARTS["step"]["properties"]["figure"], CODES),
        (PARTS["step"]["properties"]["extends"]["properties"]["law"], EXTENSIONS),
        (PARTS["law_term"]["properties"]["law"], LAW),
        (PARTS["field"]["properties"]["type"], FieldType),
        (PARTS["field"]["properties"]["when"], When),
        (PARTS["field"]["properties"]["flag"], FLAGS),
        (PARTS["field"]["properties"]["figure"], CODES),
    ],
)
def test_the_schema_lists_what_the_code_knows(where: dict[str, Any], known: Collection[object]) -> None:
    assert sorted(where["enum"], key=str) == sorted(known, key=str)


def test_the_schema_counts_in_the_units_of_terms() -> None:
    units = [way["required"] for way in PARTS["own_term"]["oneOf"]]
    assert units == [[unit] for unit in TermUnit]
    assert units == [way["required"] for way in PARTS["earliest"]["oneOf"]]


@pytest.mark.parametrize("figure", [figure for figure, codes in CODES.items() if codes])
def test_the_schema_knows_the_codes_of_every_figure(figure: int) -> None:
    part = PARTS[f"figure_{figure}"]
    assert set(part["then"]["properties"]["counts_as"]["enum"]) == CODES[figure]
    assert set(part["else"]["properties"]["value"]["enum"]) == CODES[figure]
