# SPDX-License-Identifier: EUPL-1.2
"""What a record may hold: conditions between fields, days, hashes and rows; and what a hostile one gets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.case.events import Record
from casework.domain.case.record_check import RecordCheck, record_problems
from casework.domain.case.records import (
    Choice,
    Condition,
    Earliest,
    FieldType,
    RecordField,
    When,
    cell_name,
    missing_fields,
    record_from_form,
)
from casework.domain.terms.term import Length, TermUnit
from casework.domain.text import Text

D = date.fromisoformat
TODAY = D("2026-12-22")


def field(name: str, kind: FieldType, **more: object) -> RecordField:
    return RecordField(name, kind, Text(name, name), **more)  # type: ignore[arg-type]


SIGNED = field("signed", FieldType.CHOICE, choices=(Choice("yes", Text("Ja", "Yes")), Choice("no", Text("Nee", "No"))))
REASON = field("reason", FieldType.TEXT, only_if=Condition("signed", ("no",)))
NUMBER = field("number", FieldType.TEXT, required=False)
WITHOUT = field("without", FieldType.TEXT, unless="number")
INVITED = field("invited", FieldType.DAY, when=When.PAST)
HEARD = field("heard", FieldType.DAY, earliest=Earliest(Length(5, TermUnit.WORKDAYS), "invited", "haste"))
HASTE = field("haste", FieldType.TEXT, required=False)
REVIEW = field("review", FieldType.DAY, when=When.COMING)
ITEM = field("item", FieldType.TEXT)
SUM = field("sum", FieldType.HASH, required=False)
PROOF = field("proof", FieldType.ROWS, columns=(ITEM, SUM))


def code(fields: tuple[RecordField, ...], record: Record) -> str:
    problem = RecordCheck(fields, None).problem(record, TODAY)
    return problem.code if problem else "right"


@pytest.mark.parametrize(
    "record,expected",
    [
        ({"signed": "yes"}, "right"),
        ({"signed": "no"}, "missing_field"),
        ({"signed": "no", "reason": "Refused"}, "right"),
        ({"signed": "yes", "reason": "Refused"}, "unknown_field"),
        ({"reason": "Refused"}, "unknown_field"),
    ],
)
def test_a_field_with_a_condition_belongs_only_where_it_holds(record: Record, expected: str) -> None:
    assert code((SIGNED, REASON), record) == expected


def test_a_yes_or_no_is_a_condition_too() -> None:
    crime = field("crime", FieldType.YES_NO)
    since = field("since", FieldType.TEXT, only_if=Condition("crime", ("yes",)))
    assert code((crime, since), {"crime": True}) == "missing_field"
    assert code((crime, since), {"crime": False}) == "right"


@pytest.mark.parametrize(
    "record,expected",
    [
        ({}, "missing_field"),
        ({"number": "12"}, "right"),
        ({"without": "Applied for"}, "right"),
        ({"number": " "}, "missing_field"),
    ],
)
def test_of_two_fields_one_must_say_something(record: Record, expected: str) -> None:
    assert code((NUMBER, WITHOUT), record) == expected


@pytest.mark.parametrize(
    "heard,more,expected",
    [
        ("2026-12-22", {}, "right"),
        ("2026-12-21", {}, "too_early"),
        ("2026-12-21", {"haste": "At their own wish"}, "right"),
        ("2026-12-15", {}, "too_early"),
    ],
)
def test_a_hearing_comes_five_working_days_after_the_invitation_or_has_a_reason(
    heard: str, more: Record, expected: str
) -> None:
    assert code((INVITED, HEARD, HASTE), {"invited": "2026-12-15", "heard": heard, **more}) == expected


@pytest.mark.parametrize(
    "name,day,expected",
    [
        ("invited", "2026-12-22", "right"),
        ("invited", "2026-12-23", "day_to_come"),
        ("review", "2026-12-22", "right"),
        ("review", "2026-12-21", "day_gone"),
        ("review", "tomorrow", "wrong_day"),
    ],
)
def test_a_day_lies_on_its_side_of_the_day_of_recording(name: str, day: str, expected: str) -> None:
    fields = {"invited": INVITED, "review": REVIEW}
    assert code((fields[name],), {name: day}) == expected


@pytest.mark.parametrize(
    "value,expected",
    [("a" * 64, "right"), ("A" * 64, "wrong_hash"), ("a" * 63, "wrong_hash"), ("g" * 64, "wrong_hash")],
)
def test_a_hash_is_sixty_four_hex_digits(value: str, expected: str) -> None:
    assert code((SUM,), {"sum": value}) == expected


@pytest.mark.parametrize(
    "rows,expected",
    [
        (({"item": "Invoice"},), "right"),
        (({"item": "Invoice", "sum": "a" * 64}, {"item": "Letter"}), "right"),
        ((), "missing_field"),
        (({"sum": "a" * 64},), "missing_field"),
        (({"item": "Invoice", "colour": "red"},), "unknown_field"),
        (({"item": "Invoice", "sum": "short"},), "wrong_hash"),
        (({"item": True},), "wrong_value"),
        (("Invoice",), "wrong_value"),
        ("Invoice", "wrong_value"),
        (True, "wrong_value"),
    ],
)
def test_every_row_is_a_record_of_its_own(rows: object, expected: str) -> None:
    assert code((PROOF,), {"proof": rows}) == expected  # type: ignore[dict-item]


def test_a_mistake_in_a_row_is_told_with_its_number() -> None:
    problem = RecordCheck((PROOF,), None).problem({"proof": ({"item": "Invoice"}, {"sum": "a" * 64})})
    assert problem is not None
    assert problem.text == ("‘proof’, regel 2: ‘item’ is niet ingevuld.", "‘proof’, row 2: ‘item’ is not filled in.")


@pytest.mark.parametrize("hostile", [({"a": "b"},), (("x",),), ({"item": "x"}, "y")])
def test_rows_where_none_belong_are_refused_and_break_nothing(hostile: object) -> None:
    choices = field("many", FieldType.CHOICES, choices=(Choice("a", Text("A", "A")),))
    assert code((choices,), {"many": hostile}) == "wrong_value"  # type: ignore[dict-item]


def test_everything_that_is_wrong_is_told_field_by_field() -> None:
    fields = (SIGNED, INVITED, PROOF)
    found = dict(record_problems(fields, {"signed": "perhaps", "invited": "never"}, None))
    assert {name: problem.code for name, problem in found.items()} == {
        "signed": "unknown_choice",
        "invited": "wrong_day",
        "proof": "missing_field",
    }


def test_what_is_missing_depends_on_the_other_answers() -> None:
    fields = (SIGNED, REASON, NUMBER, WITHOUT)
    assert [one.name for one in missing_fields(fields, {"signed": "no"}, None)] == ["reason", "without"]
    assert [one.name for one in missing_fields(fields, {"signed": "yes", "number": "1"}, None)] == []


def test_a_form_gives_its_rows_in_order_without_the_empty_ones() -> None:
    form = {
        cell_name("proof", 10, "item"): ["Second"],
        cell_name("proof", 2, "item"): [" First "],
        cell_name("proof", 3, "item"): ["", " "],
        "proof.x.item": ["Nonsense"],
        "proofs.1.item": ["Other"],
    }
    assert record_from_form((PROOF,), form) == {"proof": ({"item": "First"}, {"item": "Second"})}
    assert record_from_form((PROOF,), {cell_name("proof", 0, "item"): [""]}) == {}


VALUES = st.one_of(
    st.sampled_from(["", " ", "yes", "no", "It", "2026-12-20", "2026-12-24", "a" * 64]),
    st.booleans(),
    st.sampled_from([(), ("yes",), ({"item": "Invoice"},), ({"item": ""},), ({"sum": "b" * 64},)]),
)
WHOLE = (SIGNED, REASON, NUMBER, WITHOUT, INVITED, HEARD, HASTE, REVIEW, PROOF)


@given(st.dictionaries(st.sampled_from(["strange", *(known.name for known in WHOLE)]), VALUES))
def test_a_record_is_right_where_nothing_is_wrong_with_it_and_nowhere_else(record: Record) -> None:
    first = next((problem for _, problem in record_problems(WHOLE, record, None, TODAY)), None)
    assert RecordCheck(WHOLE, None).problem(record, TODAY) == first
