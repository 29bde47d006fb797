# SPDX-License-Identifier: EUPL-1.2
"""The acts of a case on its pages: holds, danger to life, deviations, joining, and what each page offers."""

from html import unescape

import pytest

from casework.acts import ACTS, Scene
from casework.domain.case.commands import ReviewDisclosure
from casework.domain.case.events import Record
from support.casebook import PROTOCOL, filled_in
from support.desk_pages import Pages

TOLD = {"to": "112", "told": "Fire.", "ground": "Tonight.", "identity_told": "no"}


@pytest.fixture
def case(inside: Pages) -> str:
    return inside.received("A strange bill.")


def page(pages: Pages, case: str) -> str:
    return unescape(pages.get(f"/cases/{case}").text)


def page_of(pages: Pages, case: str, name: str) -> str:
    return unescape(pages.get(f"/cases/{case}/{name}").text)


def offered(pages: Pages, case: str) -> set[str]:
    shown = page(pages, case)
    return {name for name in ACTS if f'/cases/{case}/{name}">' in shown.partition('id="acts"')[2]}


def disclosed(pages: Pages, case: str, **more: str) -> str:
    pages.post(f"/cases/{case}/disclose", TOLD | {"made": pages.world.today.isoformat()} | more)
    (found,) = pages.desk.case(case).case.disclosures
    return found


def test_every_act_has_a_form_that_refuses_to_be_sent_empty(inside: Pages, case: str) -> None:
    before = len(inside.desk.case(case).case.entries)
    for name, act in ACTS.items():
        assert act.heading.en in page_of(inside, case, name)
        assert inside.post(f"/cases/{case}/{name}", {}).status_code == 422
    assert len(inside.desk.case(case).case.entries) == before


def test_a_case_offers_what_makes_sense_in_it(inside: Pages, case: str) -> None:
    assert {"note", "hold", "disclose", "exclude", "decision"} <= offered(inside, case)
    assert not {"lift-hold", "review-disclosure", "reopen", "unjoin", "withdrawal"} & offered(inside, case)
    assert "There is no other open case." in page_of(inside, case, "join")


def test_a_hold_is_shown_until_it_is_lifted(inside: Pages, case: str) -> None:
    inside.post(f"/cases/{case}/hold", {"ground": "Proceedings at the <b>court</b>."})
    shown = inside.get(f"/cases/{case}").text
    assert "There is a legal hold on this case" in shown
    assert "&lt;b&gt;court&lt;/b&gt;" in shown
    (hold,) = inside.desk.case(case).case.holds
    inside.post(f"/cases/{case}/lift-hold", {"hold": hold, "reason": "The judgment is final."})
    assert "There is a legal hold on this case" not in page(inside, case)
    assert "The legal hold ended" in page(inside, case)


def test_danger_that_was_told_outside_is_shown_with_the_term_of_its_review(inside: Pages, case: str) -> None:
    disclosed(inside, case, identity_told="yes")
    shown = page(inside, case)
    assert "Told outside because of danger to life" in shown
    assert "It was told who the reporter is." in shown
    assert "The reporter was not told of this yet." in shown
    assert "Review: told outside because of danger to life" in shown
    assert "review-disclosure" not in offered(inside, case)
    assert "There is nothing for you to judge" in page_of(inside, case, "review-disclosure")


def test_a_disclosure_of_tomorrow_is_refused_and_keeps_what_was_typed(inside: Pages, case: str) -> None:
    answer = inside.post(f"/cases/{case}/disclose", TOLD | {"made": "2027-01-01"})
    assert answer.status_code == 422
    assert "Tonight." in answer.text


def test_the_judgement_of_another_member_is_shown_with_its_remarks(inside: Pages, case: str) -> None:
    found = disclosed(inside, case)
    (bram,) = inside.world.synced("bram")
    bram.do(case, ReviewDisclosure("bram", found, "not_justified", "It could have waited."))
    inside.desk.sync()
    assert "Not justified" in page(inside, case)
    assert "It could have waited." in page(inside, case)


def test_what_a_colleague_told_is_there_to_judge(inside: Pages, case: str) -> None:
    (bram,) = inside.world.synced("bram")
    record: Record = {**TOLD, "made": inside.world.today.isoformat(), "identity_told": False}
    ACTS["disclose"].do(Scene(bram, bram.case(case)), record)
    inside.desk.sync()
    (found,) = inside.desk.case(case).case.disclosures
    assert "review-disclosure" in offered(inside, case)
    assert f"/cases/{case}/review-disclosure?disclosure={found}" in page(inside, case)
    inside.post(f"/cases/{case}/review-disclosure", {"disclosure": found, "judgement": "justified"})
    assert f"/cases/{case}/review-disclosure?disclosure={found}" not in page(inside, case)


def test_who_judged_while_no_second_member_can_says_why_afterwards(inside: Pages, case: str) -> None:
    (bram,) = inside.world.synced("bram")
    record: Record = {**TOLD, "made": inside.world.today.isoformat(), "identity_told": False}
    ACTS["disclose"].do(Scene(bram, bram.case(case)), record)
    inside.desk.sync()
    (found,) = inside.desk.case(case).case.disclosures
    form = {"disclosure": found, "judgement": "justified"}
    inside.post(f"/cases/{case}/review-disclosure", form)
    assert "review-disclosure" in offered(inside, case)

    inside.post(f"/cases/{case}/review-disclosure", form | {"alone": "The third member is ill."})

    shown, _history = page(inside, case).split('id="history"')
    assert "Why one member judged it alone" in shown
    assert "The third member is ill." in shown
    assert "review-disclosure" not in offered(inside, case)


def test_p04_a_step_is_left_out_with_grounds_and_the_consent_of_the_authority(inside: Pages, case: str) -> None:
    inside.desk.acknowledge(case)
    record = filled_in(PROTOCOL.steps["A01"].record, None, inside.world.today.isoformat())
    inside.desk.complete_step(case, "A01", record)
    inside.desk.declare(case, conflict=False)
    handlers: dict[str, str | tuple[str, ...]] = {"behandelaars": (inside.desk.member,), "uitsluitingen": "Nobody."}
    inside.desk.complete_step(case, "A02", handlers)
    authority = PROTOCOL.actors[PROTOCOL.deviation_authority].en
    assert f"Is there consent of: {authority}?" in page_of(inside, case, "deviation")

    form = {"step": "A03", "grounds": "Nobody else is left."}
    refused = inside.post(f"/cases/{case}/deviation", form | {"consent": "no"})
    assert refused.status_code == 422
    inside.post(f"/cases/{case}/deviation", form | {"consent": "yes"})
    shown = page(inside, case)
    assert "Left out, with consent" in shown
    assert "Nobody else is left." in shown
    assert f"Consent of: {authority}" in shown


def test_p10_two_cases_are_joined_in_both_and_taken_apart_again(inside: Pages, case: str) -> None:
    other = inside.received("The same strange bill.")
    form = {"other": other, "leads": "yes", "reason": "The same supplier."}
    assert inside.post(f"/cases/{case}/join", form).status_code == 303
    assert "The inquiry is done here." in page(inside, case)
    assert "The inquiry is done there." in page(inside, other)
    assert "A strange bill." not in page(inside, other)
    assert "There is no other open case." in page_of(inside, case, "join")

    inside.post(f"/cases/{other}/unjoin", {"other": case, "reason": "Another one after all."})
    assert inside.desk.case(case).case.joined == {}
    assert inside.desk.case(other).case.joined == {}


def test_a_case_is_joined_nowhere_if_one_of_the_two_refuses(inside: Pages, case: str) -> None:
    other = inside.received("The same strange bill.")
    inside.desk.declare(other, conflict=True, explanation="My neighbour.")
    answer = inside.post(f"/cases/{case}/join", {"other": other, "leads": "yes", "reason": "The same supplier."})
    assert answer.status_code == 422
    assert inside.desk.case(case).case.joined == {}


def test_the_page_of_a_step_leads_to_doing_it_again_with_the_step_chosen(inside: Pages, case: str) -> None:
    inside.desk.acknowledge(case)
    record = filled_in(PROTOCOL.steps["A01"].record, None, inside.world.today.isoformat())
    inside.desk.complete_step(case, "A01", record)
    assert f"/cases/{case}/reopen-step?step=A01" in page_of(inside, case, "steps/A01")
    form = inside.get(f"/cases/{case}/reopen-step?step=A01").text
    assert 'value="A01" checked' in form or 'value="A01" selected' in form


def test_the_forms_speak_dutch_too(inside: Pages, case: str) -> None:
    inside.post("/language", {"language": "nl", "next": "/"})
    for act in ACTS.values():
        assert act.heading.nl in page_of(inside, case, act.name)
    assert "Wat u verder kunt doen" in page(inside, case)


def test_p09_a_part_that_was_split_off_opens_as_a_case_of_its_own_and_both_name_each_other(
    inside: Pages, case: str
) -> None:
    form = {"account": "The alderman knew.", "title": "Alderman", "reason": "Two persons."}
    sent = inside.post(f"/cases/{case}/split", form | {"protocol": "B_politieke_ambtsdragers"})
    (part,) = inside.desk.case(case).case.parts
    assert sent.location.endswith(f"/cases/{part}")
    assert "The alderman knew." in page(inside, part)
    assert "A part of:" in page(inside, part)
    assert f"/cases/{part}/write/" not in page(inside, part)
    assert "Split off from this case:" in page(inside, case)
    assert "There is no other open case." in page_of(inside, part, "join")
    assert "feedback-impossible" not in offered(inside, part)


def test_what_a_colleague_wrote_is_inert_among_the_choices_of_a_form(inside: Pages, case: str) -> None:
    inside.post(f"/cases/{case}/hold", {"ground": "<b>court</b>\u202e"})
    form = inside.get(f"/cases/{case}/lift-hold").text
    assert "&lt;b&gt;court&lt;/b&gt;" in form
    assert "\u202e" not in form
