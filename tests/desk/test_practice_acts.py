# SPDX-License-Identifier: EUPL-1.2
"""The acts of a case in an exercise, where they do what they do at a real desk."""

import pytest

from casework.acts import ACTS, Scene
from casework.domain.errors import Refused
from casework.views.drafts import PartDraft
from support.practising import fresh_desk

CASE = "15-overuren"


def test_a_part_is_split_off_into_a_case_of_its_own() -> None:
    desk = fresh_desk()
    known = len(desk.cases())
    part = desk.split(
        CASE, PartDraft("Wat er over de wethouder staat.", "Wethouder", "B_politieke_ambtsdragers", "Twee")
    )
    assert len(desk.cases()) == known + 1
    assert (part.part_of, part.protocol and part.protocol.id) == (CASE, "B_politieke_ambtsdragers")
    assert desk.case(CASE).case.parts == [part.line.id]


def test_a_split_without_a_reason_opens_nothing() -> None:
    desk = fresh_desk()
    known = len(desk.cases())
    with pytest.raises(Refused, match="missing_text"):
        desk.split(CASE, PartDraft("Een deel.", "Titel", "A_ambtenaren", ""))
    assert len(desk.cases()) == known


def test_every_field_of_every_act_asks_in_both_languages_in_every_case() -> None:
    desk = fresh_desk()
    scenes = [Scene(desk, desk.case(line.id)) for line in desk.cases()]
    fields = [field for scene in scenes for act in ACTS.values() for field in act.fields(scene)]
    assert all(all(field.label) for field in fields)
    assert all(all(choice.label) for field in fields for choice in field.choices)


def test_each_act_is_offered_in_some_case_of_the_year() -> None:
    desk = fresh_desk()
    scenes = [Scene(desk, desk.case(line.id)) for line in desk.cases()]
    offered = {name for name, act in ACTS.items() for scene in scenes if act.offered(scene)}
    assert {"note", "deviation", "reopen-step", "reopen", "join", "split", "disclose", "hold"} <= offered
