# SPDX-License-Identifier: EUPL-1.2
"""What a case's page puts first, what it folds, and how a reporter without a mailbox is answered from it."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casework.domain.judge.views import FinalFeedback
from support.axe import COLOURS, violations
from support.practice_pages import Practice

LATE_INQUIRY = "/cases/13-raadslid"
FEEDBACK = {
    "kind": "feedback",
    "way": "phone",
    "told": "2027-01-15",
    "text": "Gebeld: wij doen vooronderzoek.",
    "assessment": "Het lijkt te kloppen.",
    "follow_up": "some",
    "follow_up_text": "Een vooronderzoek.",
    "grounds": "Het stuk was geheim.",
    "final": "no",
}


def section(page: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_now_is_what_is_most_overdue_and_names_what_else_is_late(exercise: Practice) -> None:
    late = exercise.desk.case("13-raadslid").assessment.overdue
    assert len(late) >= 2

    now = section(exercise.get(LATE_INQUIRY).text, "next")

    assert re.search(rf'<h2 id="next">{late[0].term.name} ', now)
    assert now.count('class="due due-late"') == len(late)
    assert re.search(r'/tell\?kind=feedback">B15 ', now)


def test_what_waits_for_another_step_is_never_put_first(exercise: Practice) -> None:
    exercise.post("/cases/15-overuren/write/acknowledgement", text="Ontvangen.", go="send")
    assert re.search(r'<h2 id="next">A01 ', section(exercise.get("/cases/15-overuren").text, "next"))


def test_what_is_owed_stands_open_and_what_is_finished_is_folded_with_a_count(exercise: Practice) -> None:
    terms = section(exercise.get(LATE_INQUIRY).text, "terms")
    owed, finished = terms.split("<summary>Afgerond" if "Afgerond" in terms else "<summary>Finished")
    judged = exercise.desk.case("13-raadslid").assessment
    assert owed.count('<li class="term ') == len(judged.owed)
    count = len(judged.clocks) - len(judged.owed)
    assert finished.startswith((f" ({count}, waarvan 1 te laat)", f" ({count}, of which 1 too late)"))


def test_a_met_term_says_on_which_day(exercise: Practice) -> None:
    terms = section(exercise.get(LATE_INQUIRY).text, "terms")
    assert re.search("Op tijd gedaan, op 14 okt 2026|Done on time, on 14 Oct 2026", terms)


def test_a_reporter_without_a_mailbox_is_answered_by_telephone_and_the_term_counts_that_day(exercise: Practice) -> None:
    page = exercise.get(LATE_INQUIRY).text
    assert re.search("Deze melder heeft geen postbus|This reporter has no mailbox", page)
    assert f"{LATE_INQUIRY}/write/" not in page

    exercise.post(f"{LATE_INQUIRY}/tell", **FEEDBACK)

    (report,) = exercise.desk.case("13-raadslid").assessment.reports
    assert (report.feedback.stopped, report.final_feedback) == (date(2027, 1, 15), FinalFeedback.OPEN)
    assert re.search("15 januari 2027, per telefoon|15 January 2027, by telephone", exercise.get(LATE_INQUIRY).text)


def test_what_was_told_asks_for_its_day_and_loses_nothing(exercise: Practice) -> None:
    answer = exercise.post(f"{LATE_INQUIRY}/tell", **FEEDBACK | {"told": ""})
    assert answer.status_code == 422
    assert 'href="#f-told"' in answer.text
    assert "Het stuk was geheim." in answer.text


def test_a_step_whose_turn_comes_later_can_be_read(exercise: Practice) -> None:
    assert f'{LATE_INQUIRY}/steps/B09"' in exercise.get(LATE_INQUIRY).text
    later = exercise.get(f"{LATE_INQUIRY}/steps/B09").text
    assert re.search("Wederhoor betekent|Right of reply means", later)
    assert '<form method="post" novalidate' not in later


def test_a_chosen_day_is_said_in_the_words_of_the_page(exercise_page: Page) -> None:
    exercise_page.goto(exercise_page.url + LATE_INQUIRY[1:] + "/tell")
    exercise_page.fill("#f-told", "2027-01-04")
    expect(exercise_page.locator("#f-told + output")).to_have_text("maandag 4 januari 2027")
    exercise_page.get_by_label("Terugkoppeling").check()
    expect(exercise_page.locator("#f-grounds")).to_be_visible()
    expect(exercise_page.locator("#o-grounds")).to_be_hidden()
    assert violations(exercise_page) == []


def test_the_unfolded_page_of_a_case_has_no_barrier_and_fits_a_phone(exercise_page: Page) -> None:
    exercise_page.goto(exercise_page.url + LATE_INQUIRY[1:])
    exercise_page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert violations(exercise_page) == []
    exercise_page.emulate_media(color_scheme="dark")
    assert violations(exercise_page, COLOURS) == []
    exercise_page.set_viewport_size({"width": 320, "height": 640})
    assert exercise_page.evaluate("document.documentElement.scrollWidth") <= 320


WALK = (
    "", "today", "status", "cases/01-facturen", "cases/05-zwembad", "cases/13-raadslid", "cases/17-stage",
    "cases/13-raadslid/protocol", "cases/13-raadslid/protocol/A_ambtenaren", "cases/13-raadslid/steps/B05",
    "cases/06-stilte/steps/A03", "cases/11-haven/steps/D09", "cases/15-overuren/steps/A01", "cases/19-winkelpand",
    "cases/15-overuren/write/feedback", "cases/13-raadslid/tell", "cases/13-raadslid/split",
)  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_page_fits_a_phone_in_each_language(exercise_page: Page, language: str) -> None:
    page, start = exercise_page, exercise_page.url
    page.click(f"button[name=language][value={language}]")
    wide = []
    for path in WALK:
        page.goto(start + path)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 700})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert wide == []


def test_no_page_of_the_walk_has_a_barrier_on_a_phone_in_english(exercise_page: Page) -> None:
    page, start = exercise_page, exercise_page.url
    page.click("button[name=language][value=en]")
    page.set_viewport_size({"width": 320, "height": 700})
    found = {}
    for path in WALK:
        page.goto(start + path)
        found[path] = violations(page)
    assert {path: barriers for path, barriers in found.items() if barriers} == {}
