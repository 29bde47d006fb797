# SPDX-License-Identifier: EUPL-1.2
"""The members' pages over an exercise: marked on every page, with a day that can be moved in the banner."""

from playwright.sync_api import Page, expect

from casework.practice import OPENING_DAY
from support.axe import COLOURS, violations
from support.desk_pages import PREFIX, Pages
from support.practice_pages import Practice

PATHS = (
    "/", "/today", "/status", "/nothing", "/sync", "/cases/01-facturen", "/cases/15-overuren",
    "/cases/15-overuren/steps/A01", "/cases/15-overuren/write/acknowledgement", "/cases/15-overuren/note",
    "/cases/15-overuren/declaration", "/cases/13-raadslid/protocol", "/cases/16-hired",
)  # fmt: skip
MARKED = "<title>OEFENING · "


def test_every_page_is_marked(exercise: Practice) -> None:
    pages = {path: exercise.get(path).text for path in PATHS}
    assert [path for path, text in pages.items() if MARKED not in text] == []
    assert [path for path, text in pages.items() if 'class="practice-mark" lang="nl">OEFENING<' not in text] == []


def test_the_page_before_the_code_is_marked_and_moves_nothing(outside: Practice) -> None:
    text = outside.get("/").text
    assert MARKED in text
    assert "practice-day" not in text
    outside.post("/practice/day", go="on")
    assert outside.desk.day == OPENING_DAY


def test_the_day_moves_by_a_step_or_to_a_date_and_the_page_stays(exercise: Practice) -> None:
    where = "/cases/15-overuren"
    assert exercise.post("/practice/day", go="on", next=where).request.path == PREFIX + where
    assert exercise.desk.day.isoformat() == "2027-01-19"
    exercise.post("/practice/day", go="back", next=where)
    exercise.post("/practice/day", go="back", next=where)
    assert exercise.desk.day.isoformat() == "2027-01-17"
    exercise.post("/practice/day", day="2027-02-01", next=where)
    assert exercise.desk.day.isoformat() == "2027-02-01"
    exercise.post("/practice/day", day="no day", next="https://elsewhere.example/")
    assert exercise.desk.day.isoformat() == "2027-02-01"


def test_clocks_change_with_the_day(exercise: Practice) -> None:
    before = exercise.get("/cases/15-overuren").text
    after = exercise.post("/practice/day", day="2027-01-23", next="/cases/15-overuren").text
    late = ("2 dagen te laat", "2 days too late")
    assert not any(words in before for words in late)
    assert any(words in after for words in late)


def test_a_case_that_is_not_there_yet_says_so(exercise: Practice) -> None:
    answer = exercise.post("/practice/day", day="2026-12-24", next="/cases/15-overuren")
    assert answer.status_code == 404
    assert any(words in answer.text for words in ("Op deze dag van de oefening", "on this day of the exercise"))
    assert "practice-day" in answer.text


def test_looking_back_on_what_one_wrote_offers_nothing_to_write(exercise: Practice) -> None:
    exercise.post("/cases/13-raadslid/note", text="Gebeld met de griffier.")
    text = exercise.post("/practice/day", day="2027-01-04", next="/cases/13-raadslid").text
    assert any(words in text for words in ("U kijkt terug", "You are looking back"))
    assert "/cases/13-raadslid/write/" not in text
    assert "/cases/13-raadslid/note" not in text


def test_a_locked_file_leads_to_the_decision_that_nobody_can_be_answered(exercise: Practice) -> None:
    case = "/cases/14-brief"
    assert f'href="{PREFIX}{case}/feedback-impossible"' in exercise.get(case).text
    exercise.post(f"{case}/feedback-impossible", grounds="Eén kant op.", authority="Voorzitter")
    judged = exercise.desk.case("14-brief").assessment
    assert judged.step("A01").state.value == "open"
    assert {clock.status.value for clock in judged.reports[0].clocks} == {"excused"}


def test_what_went_another_way_is_not_said_to_be_in_a_mailbox(exercise: Practice) -> None:
    by_post = exercise.get("/cases/03-wethouder").text
    assert any(words in by_post for words in ("februari 2026, per post", "February 2026, by post"))
    assert not any(
        words in by_post for words in ("In de postbus van de melder sinds", "In the reporter's mailbox since")
    )


def test_after_the_lock_the_exercise_goes_on(exercise: Practice) -> None:
    exercise.post("/cases/15-overuren/note", text="Een eigen notitie")
    exercise.post("/lock")
    assert exercise.desk.case("15-overuren").timeline[-1].kind == "note_added"


def test_real_pages_have_no_mark_and_no_day_to_move(inside: Pages) -> None:
    text = inside.get("/").text
    assert "OEFENING" not in text
    assert "practice" not in text
    assert inside.post("/practice/day", {"go": "on"}).status_code == 404


def test_the_banner_has_no_barrier_and_fits_a_small_screen(exercise_page: Page) -> None:
    assert violations(exercise_page) == []
    exercise_page.emulate_media(color_scheme="dark")
    assert violations(exercise_page, COLOURS) == []
    exercise_page.set_viewport_size({"width": 320, "height": 640})
    assert exercise_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_enter_in_the_date_goes_to_that_date(exercise_page: Page) -> None:
    exercise_page.fill("#practice-day", "2026-06-01")
    exercise_page.press("#practice-day", "Enter")
    expect(exercise_page.locator("label[for=practice-day]")).to_have_text("maandag 1 juni 2026")
    exercise_page.get_by_role("button", name="Eén dag verder").click()
    expect(exercise_page.locator("label[for=practice-day]")).to_have_text("dinsdag 2 juni 2026")


def test_a_printed_page_keeps_the_mark(exercise_page: Page) -> None:
    exercise_page.emulate_media(media="print")
    expect(exercise_page.locator(".practice-mark")).to_be_visible()
    expect(exercise_page.locator("#practice-day")).to_be_hidden()
