# SPDX-License-Identifier: EUPL-1.2
"""docs/protocols.md says everything that a protocol file can say, and its example is one."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from casework.cli.protocol import group
from casework.domain.case.commands import CompleteStep, DeclareConflict, OpenCase, PlaceMessage, WriteMessage
from casework.domain.case.events import Entry
from casework.domain.case.fold import fold
from casework.domain.case.records import FieldType
from casework.domain.case.vocabulary import FLAGS
from casework.domain.judge.assess import assess
from casework.domain.judge.decide import decide
from casework.domain.judge.guards import GUARDS
from casework.domain.protocol.figures import CODES, OF_THE_CASE, OF_THE_DESK
from casework.domain.protocol.model import DoneBy, InvestigationProtocol, Phase
from casework.domain.protocol.step_term import StartPoint
from casework.domain.terms.law import EXTENSIONS, LAW
from casework.practice.player import filled_in
from casework.protocols import read_own, shipped_protocols
from support.casebook import ANNA, REPORT, D, web_report

DOCUMENT = Path(__file__).parents[2] / "docs" / "protocols.md"


@cache
def example() -> InvestigationProtocol:
    (source,) = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return read_own(source.encode(), "voorbeeldstad.toml")


def keys_of(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        named = schema.get("properties", {})
        return set(named if isinstance(named, dict) else {}).union(*map(keys_of, schema.values()))
    return set().union(*map(keys_of, schema)) if isinstance(schema, list) else set()


def amounts(step: str) -> list[tuple[int, str]]:
    (term,) = example().steps[step].terms
    return [(rule.length.amount, rule.length.unit.value) for rule in term.rules]


def said() -> set[str]:
    """What stands between backticks, whole or as a word of it."""
    quoted = re.findall(r"`([^`\n]+)`", DOCUMENT.read_text(encoding="utf-8"))
    return set(quoted) | {word for text in quoted for word in re.findall(r"\w+", text)}


def test_the_document_names_every_key_of_the_format() -> None:
    schema = json.loads(files("casework.protocols").joinpath("protocol.schema.json").read_text(encoding="utf-8"))
    assert keys_of(schema) - said() - {"nl", "en"} == set()


@pytest.mark.parametrize(
    "names", [GUARDS, LAW, EXTENSIONS, FLAGS, Phase, DoneBy, StartPoint, FieldType, shipped_protocols()]
)
def test_the_document_names_every_value_of_a_closed_set(names: Any) -> None:
    assert {str(name) for name in names} - said() == set()


def test_the_document_names_no_guard_or_command_that_there_is_not() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    table = text.split("### Guards")[1].split("### ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert named == set(GUARDS)
    assert set(re.findall(r"meldkluis-casework protocol (\w+)", text)) == set(group.commands)


def test_the_document_names_every_figure_with_its_codes() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for figure, codes in CODES.items():
        (row,) = re.findall(rf"^\| {figure} \|.*$", text, re.MULTILINE)
        assert codes <= set(re.findall(r"`(\w+)`", row))
    assert all(f"({figure})" in text for figure in (*OF_THE_CASE, *OF_THE_DESK))


def test_the_example_has_the_terms_of_the_regulation() -> None:
    assert amounts("A03") == [(10, "workdays")]
    assert amounts("A04") == [(3, "weeks")]
    assert amounts("A05c") == [(2, "weeks")]
    assert amounts("A07") == [(6, "weeks")]
    assert amounts("A13") == [(15, "workdays")]
    assert amounts("A19") == [(2, "months"), (6, "months"), (12, "months")]


def test_the_example_asks_the_mayor_for_deviations_and_leaves_out_interim_measures() -> None:
    assert example().deviation_authority == "burgemeester"
    assert "A08" not in example().steps


def test_the_example_keeps_everything_else_of_the_shipped_protocol() -> None:
    shipped = shipped_protocols()["A_ambtenaren"].steps
    changed = {"A03", "A04", "A05", "A07", "A08", "A13", "A19"}
    assert {step for step in shipped if shipped[step] != example().steps.get(step)} == changed
    assert [step.option("anders") is not None for step in example().steps.values() if step.id not in shipped] == [True]


def test_a_case_of_the_example_goes_to_the_committee_before_the_decision() -> None:
    entries: list[Entry] = []
    day = D("2026-09-01")
    shipped = example().steps

    def do(command: Any) -> None:
        for event in decide(fold(entries), example(), command, day):
            entries.append(Entry(len(entries), day, ANNA, event))

    def complete(step: str, option: str | None = None) -> None:
        record = dict(filled_in(shipped[step].record, {}, option, day))
        members = {field.name: (ANNA,) for field in shipped[step].record if field.type is FieldType.MEMBERS}
        do(CompleteStep(ANNA, step, record | members, option))

    do(OpenCase(ANNA, web_report("2026-09-01"), "2026-020", "Voorbeeld"))
    do(WriteMessage(ANNA, "m", REPORT, "acknowledgement", "Dank u."))
    do(PlaceMessage(ANNA, "m", "mailbox", day, 2, "head"))
    complete("A01")
    do(DeclareConflict(ANNA, conflict=False))
    for step, option in (("A02", None), ("A03", "vooronderzoek"), ("A05", None)):
        complete(step, option)
    before = assess(example(), fold(entries), day)
    assert before.step("A05c").state.value == "open"
    assert before.step("A06").state.value == "later"
    assert {clock.due for clock in before.owed if clock.term.name == "A05c"} == {D("2026-09-15")}
    complete("A05c", "eens")
    assert assess(example(), fold(entries), day).step("A06").state.value == "open"
