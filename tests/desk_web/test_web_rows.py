# SPDX-License-Identifier: EUPL-1.2
"""The form of a step that keeps a table, and questions that belong only to some answers."""

import pytest
from playwright.sync_api import expect

from support.casebook import filled_in
from support.desk_pages import Pages, Window
from support.desk_world import World

ROADS = (("A03", "feitenonderzoek"), ("A05", None), ("A06", "feitenonderzoek_intern"), ("A09", "intern"))


def stand_at_the_evidence(world: World, pages: Pages) -> str:
    """A case at A11, where evidence is registered."""
    case = pages.received("Bills were paid twice.")
    world.pass_days(1)
    pages.desk.acknowledge(case)
    pages.desk.declare(case, conflict=False)
    for step, option in (("A01", None), ("A02", None), *ROADS, ("A10", "geinformeerd")):
        found = pages.desk.case(case).assessment.step(step).step
        record = dict(filled_in(found.record, option))
        if step == "A02":
            record["behandelaars"] = (pages.desk.member,)
        pages.desk.complete_step(case, step, record, option)
    return case


@pytest.fixture
def evidence(inside: Pages) -> str:
    return f"/cases/{stand_at_the_evidence(inside.world, inside)}/steps/A11"


ITEM = {
    "bewijsregister.0.stuk": "Invoice 2026-17",
    "bewijsregister.0.herkomst": "The accounts",
    "bewijsregister.0.wie": "Anna",
    "bewijsregister.0.wanneer": "2026-11-24",
    "bewijsregister.0.grond": "Mandate, question 1",
}


def test_asking_for_a_row_records_nothing_and_loses_nothing(inside: Pages, evidence: str) -> None:
    page = inside.post(evidence, ITEM | {"more": "bewijsregister"}).text
    assert 'value="Invoice 2026-17"' in page
    assert "bewijsregister.1.stuk" in page
    assert "is recorded" not in page
    assert "This is not recorded yet" not in page


def test_each_press_gives_one_more_row(inside: Pages, evidence: str) -> None:
    empty = {f"bewijsregister.{row}.stuk": "" for row in range(4)}
    page = inside.post(evidence, empty | {"more": "bewijsregister"}).text
    assert "bewijsregister.4.stuk" in page
    assert "bewijsregister.5.stuk" not in page


def test_a_row_that_is_not_complete_is_told_with_its_number(inside: Pages, evidence: str) -> None:
    answer = inside.post(evidence, ITEM | {"bewijsregister.3.stuk": "Letter", "methode": "Read."})
    assert answer.status_code == 422
    assert "row 2" in answer.text
    assert 'value="Letter"' in answer.text


def test_the_rows_stand_in_the_record_with_their_labels(inside: Pages, evidence: str) -> None:
    fields = {field.name for field in inside.desk.case(evidence.split("/")[2]).assessment.step("A11").step.record}
    texts = dict.fromkeys(fields - {"bewijsregister"}, "Searched by name.")
    assert inside.post(evidence, ITEM | texts).status_code == 303
    assert "Invoice 2026-17" in inside.get(evidence).text


def test_a_question_shows_when_another_answer_calls_for_it(window: Window) -> None:
    window.world.report("Melding")
    window.desk.sync()
    (line,) = window.desk.cases()
    window.desk.acknowledge(line.id)
    window.desk.declare(line.id, conflict=False)
    for step in ("A01", "A02"):
        record = dict(filled_in(window.desk.case(line.id).assessment.step(step).step.record, None))
        window.desk.complete_step(
            line.id, step, record | ({"behandelaars": (window.desk.member,)} if step == "A02" else {})
        )
    page = window.open(f"/cases/{line.id}/steps/A03")
    asked = page.locator("[data-only-if^='strafbaar_feit ']").first
    expect(asked).to_be_hidden()
    page.locator("fieldset#f-strafbaar_feit").get_by_label("Ja").check()
    expect(asked).to_be_visible()
    page.locator("fieldset#f-strafbaar_feit").get_by_label("Nee").check()
    expect(asked).to_be_hidden()


def test_a_step_whose_turn_has_not_come_says_only_that(inside: Pages) -> None:
    case = inside.received("Bills were paid twice.")
    page = inside.get(f"/cases/{case}/steps/A06").text
    assert "turn has not come yet" in page
    assert "First declare" not in page


def test_what_triage_says_of_the_whole_case_stands_under_its_name(inside: Pages) -> None:
    case = inside.received("A pupil was there.")
    inside.world.pass_days(1)
    inside.desk.acknowledge(case)
    inside.desk.declare(case, conflict=False)
    for step, option, more in (
        ("A01", None, {}),
        ("A02", None, {"behandelaars": (inside.desk.member,)}),
        ("A03", "vooronderzoek", {"minderjarigen": True}),
    ):
        assert "Minors are involved" not in inside.get(f"/cases/{case}").text
        found = inside.desk.case(case).assessment.step(step).step
        inside.desk.complete_step(case, step, filled_in(found.record, option, facts=more), option)
    page = inside.get(f"/cases/{case}").text
    assert "Minors are involved" in page
    assert "Possibly a criminal offence" not in page
