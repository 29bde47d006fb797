# SPDX-License-Identifier: EUPL-1.2
"""Forms become records, and a record that is not as its fields ask has a problem."""

import pytest

from casework.domain.case.events import RecordValue
from casework.domain.case.record_check import RecordCheck
from casework.domain.case.records import (
    Choice,
    FieldType,
    RecordField,
    missing_fields,
    record_from_form,
)
from casework.domain.text import Text

LABEL = Text("Veld", "Field")
CHOICES = (Choice("a", LABEL), Choice("b", LABEL))
FIELDS = (
    RecordField("what", FieldType.LONG_TEXT, LABEL),
    RecordField("on", FieldType.DAY, LABEL, required=False),
    RecordField("kind", FieldType.CHOICE, LABEL, required=False, choices=CHOICES),
    RecordField("kinds", FieldType.CHOICES, LABEL, required=False, choices=CHOICES),
    RecordField("crime", FieldType.YES_NO, LABEL, required=False),
    RecordField("who", FieldType.MEMBERS, LABEL, required=False),
    RecordField("end", FieldType.TEXT, LABEL, options=("stop",)),
)


@pytest.mark.parametrize(
    "extra,code",
    [
        ({}, None),
        ({"what": "  "}, "missing_field"),
        ({"what": True}, "wrong_value"),
        ({"on": "2026-02-29"}, "wrong_day"),
        ({"on": "2028-02-29"}, None),
        ({"on": ""}, "missing_field"),
        ({"kind": "c"}, "unknown_choice"),
        ({"kind": ("a",)}, "wrong_value"),
        ({"kinds": ("a", "b")}, None),
        ({"kinds": ("a", "c")}, "unknown_choice"),
        ({"crime": False}, None),
        ({"crime": "no"}, "wrong_value"),
        ({"who": ("m1", "m2")}, None),
        ({"who": "m1"}, "wrong_value"),
        ({"end": "now"}, "unknown_field"),
        ({"colour": "red"}, "unknown_field"),
    ],
)
def test_a_record_is_judged_field_by_field(extra: dict[str, RecordValue], code: str | None) -> None:
    problem = RecordCheck(FIELDS, None).problem({"what": "It", **extra})
    assert (problem.code if problem else None) == code


def test_a_field_of_an_option_is_asked_for_with_that_option_only() -> None:
    assert [field.name for field in missing_fields(FIELDS, {}, None)] == ["what"]
    assert [field.name for field in missing_fields(FIELDS, {"what": "It"}, "stop")] == ["end"]
    assert RecordCheck(FIELDS, "stop").problem({"what": "It", "end": "now"}) is None


def test_a_form_becomes_a_record_without_what_was_left_empty() -> None:
    form = {
        "what": [" It "],
        "on": [""],
        "kind": ["a"],
        "kinds": ["a", "b"],
        "crime": ["no"],
        "who": ["m1"],
        "csrf": ["x"],
    }
    expected = {"what": "It", "kind": "a", "kinds": ("a", "b"), "crime": False, "who": ("m1",)}
    assert record_from_form(FIELDS, form) == expected


def test_an_answer_that_is_neither_yes_nor_no_is_left_for_the_judge() -> None:
    record = record_from_form(FIELDS, {"what": ["It"], "crime": ["perhaps"]})
    problem = RecordCheck(FIELDS, None).problem(record)
    assert problem is not None
    assert problem.code == "wrong_value"
