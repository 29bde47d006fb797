# SPDX-License-Identifier: EUPL-1.2
"""What a member sees and does: cases by urgency, a case, its forms; nothing typed is lost, nothing hostile runs."""

import re

import httpx
import pytest

from casework.domain.case.commands import AddNote
from casework.web.timeline import FOLDED_TO
from support.desk_pages import PREFIX, Pages

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} https://evil.example/ \"' \u202egpj.exe \u0007"
A01 = {"melder_groep": "medewerker", "anoniem": "yes", "wbk_melder": "ja"}


@pytest.fixture
def case(inside: Pages) -> str:
    return inside.received("I saw a strange bill.")


def acknowledge(pages: Pages, case: str) -> None:
    pages.post(f"/cases/{case}/write/acknowledgement", {"text": "We have your report.", "go": "send"})


def test_the_list_shows_what_is_due_and_when(inside: Pages, case: str) -> None:
    page = inside.get("/").text
    assert "7 days left" in page
    assert "30 Nov 2026" in page


def test_too_late_is_said_in_words(inside: Pages, case: str) -> None:
    inside.world.pass_days(9)
    assert "2 days too late" in inside.get("/").text
    assert "Too late" in inside.get("/today").text


def test_a_case_shows_the_report_its_terms_and_their_grounds(inside: Pages, case: str) -> None:
    page = inside.get(f"/cases/{case}").text
    assert "I saw a strange bill." in page
    assert "Monday 30 November 2026" in page
    assert "article 2(2)(h)" in page


def test_a_term_that_ends_on_a_sunday_shows_the_monday_and_to_which_day_to_keep(inside: Pages, case: str) -> None:
    page = inside.get(f"/cases/{case}").text
    assert "Sunday 28 February 2027" in page
    assert "Monday 1 March 2027. The latest reading of the Dutch General Extension of Time Limits Act" in page
    assert "keep to the earlier day" in page


def test_the_title_is_given_without_losing_the_number(inside: Pages, case: str) -> None:
    number = inside.desk.case(case).line.number
    inside.post(f"/cases/{case}/register", {"title": "Strange bill"})
    assert (inside.desk.case(case).line.title, inside.desk.case(case).line.number) == ("Strange bill", number)


def test_an_acknowledgement_is_shown_once_more_before_it_goes(inside: Pages, case: str) -> None:
    form = {"text": "We have your report.", "go": "review"}
    page = inside.post(f"/cases/{case}/write/acknowledgement", form).text
    assert "You cannot take it back" in page
    assert not inside.desk.case(case).case.messages


def test_an_acknowledgement_that_is_sent_stops_its_clock(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    assert inside.desk.case(case).assessment.reports[0].acknowledgement.stopped
    assert "Message sent." in inside.get(f"/cases/{case}").text


def test_the_standard_words_are_ready_to_change(inside: Pages, case: str) -> None:
    assert inside.desk.acknowledgement_text(case) in inside.get(f"/cases/{case}/write/acknowledgement").text


def test_a_blocked_step_says_why_and_where_to_go(inside: Pages, case: str) -> None:
    page = inside.get(f"/cases/{case}/steps/A01").text
    assert "This step cannot be done yet" in page
    assert f"/cases/{case}/write/acknowledgement" in page


def test_a_step_is_completed_and_stands_in_the_history(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    assert inside.post(f"/cases/{case}/steps/A01", A01).location == f"{PREFIX}/cases/{case}"
    page = inside.get(f"/cases/{case}").text
    assert "Step A01 is recorded." in page
    assert "Step done: A01 Registration and acknowledgement" in page


def test_a_done_step_is_reopened_with_a_reason(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    inside.post(f"/cases/{case}/steps/A01", A01)
    inside.post(f"/cases/{case}/reopen-step", {"step": "A01", "reason": "Wrong group."})
    assert inside.desk.case(case).assessment.step("A01").state.value == "open"


def test_a_mistake_is_named_on_top_and_at_its_field_and_the_rest_stays_typed(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    answer = inside.post(f"/cases/{case}/steps/A01", {"anoniem": "no", "opmerking": "A long remark"})
    assert answer.status_code == 422
    assert 'href="#f-melder_groep"' in answer.text
    assert 'id="e-melder_groep"' in answer.text
    assert "A long remark" in answer.text
    assert re.search(r'name="anoniem" value="no" checked', answer.text)


def test_text_that_goes_with_another_outcome_is_not_dropped_silently(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    answer = inside.post(f"/cases/{case}/steps/A04", {"option": "geen_reactie", "antwoord": "But there was an answer"})
    assert answer.status_code == 422
    assert "does not go with your other answers" in answer.text
    assert "But there was an answer" in answer.text


def test_nothing_typed_is_lost_when_the_intake_does_not_answer(inside: Pages, case: str) -> None:
    def fail(_method: str, _path: str) -> None:
        raise httpx.ConnectError("no network")

    inside.world.intake.before = fail
    answer = inside.post(f"/cases/{case}/note", {"text": "A careful thought"})
    assert answer.status_code == 422
    assert "A careful thought" in answer.text
    assert not inside.desk.case(case).case.notes


def test_nothing_typed_is_lost_when_the_form_is_from_before_a_restart(inside: Pages, case: str) -> None:
    answer = inside.post(f"/cases/{case}/note", {"text": "A careful thought", "csrf": "00"}, csrf=False)
    assert answer.status_code == 403
    assert "A careful thought" in answer.text


def test_an_interest_needs_an_explanation(inside: Pages, case: str) -> None:
    assert inside.post(f"/cases/{case}/declare", {"conflict": "yes"}).status_code == 422
    assert inside.post(f"/cases/{case}/declare", {"conflict": "no"}).status_code == 303
    assert not inside.desk.case(case).case.declarations["anna"].conflict


def test_a_step_that_asks_for_it_leads_to_the_members_own_declaration_first(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    inside.post(f"/cases/{case}/steps/A01", A01)
    assert f"/cases/{case}/declare" in inside.get(f"/cases/{case}/steps/A02").text


def test_feedback_asks_what_the_law_asks(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    answer = inside.post(f"/cases/{case}/write/feedback", {"text": "Dear reporter", "go": "send"})
    assert answer.status_code == 422
    assert 'href="#f-assessment"' in answer.text
    assert "Dear reporter" in answer.text


def test_a_new_message_shows_in_the_list_until_somebody_answers(inside: Pages) -> None:
    reporter = inside.world.report("A case to talk about.")
    inside.desk.sync()
    reporter.send_message("One more thing.")
    inside.desk.sync()
    assert "1 new message" in inside.get("/").text
    acknowledge(inside, inside.desk.cases()[0].id)
    assert "1 new message" not in inside.get("/").text


def test_syncing_shows_its_stages_and_what_it_found(inside: Pages) -> None:
    inside.world.report("New today.")
    assert inside.post("/sync").location == f"{PREFIX}/sync"
    page = inside.get("/sync").text
    assert "Open new reports" in page
    assert "1 new case" in page


def test_a_sync_without_network_says_so_and_offers_another_try(inside: Pages) -> None:
    def fail(_method: str, _path: str) -> None:
        raise httpx.ConnectError("no network")

    inside.world.intake.before = fail
    inside.post("/sync")
    page = inside.get("/sync").text
    assert "This did not work" in page
    assert "Try again" in page


def test_a_hostile_report_is_text_and_nothing_else(inside: Pages) -> None:
    case = inside.received(HOSTILE)
    inside.post(f"/cases/{case}/register", {"title": HOSTILE})
    for path in ("/", "/today", f"/cases/{case}", f"/cases/{case}/note"):
        page = inside.get(path).text
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        assert 'href="https://evil' not in page, path
        assert "\u202e" not in re.sub(r"<title>.*?</title>|<input[^>]*>", "", page), path
    assert "U+202E" in inside.get(f"/cases/{case}").text


def test_an_unknown_case_is_a_page_and_no_trace(inside: Pages) -> None:
    answer = inside.get("/cases/nonsense")
    assert answer.status_code == 404
    assert "There is no such case here" in answer.text


def test_the_keys_page_says_when_the_next_key_goes(inside: Pages) -> None:
    assert "Monday 18 January 2027" in inside.get("/status").text


def test_a_long_history_shows_its_newest_entries_and_leads_to_all(inside: Pages, case: str) -> None:
    for number in range(FOLDED_TO):
        inside.desk.do(case, AddNote("anna", f"Note {number}."))
    folded = inside.get(f"/cases/{case}").text
    assert f"Note {FOLDED_TO - 1}." in folded
    assert "Report received" not in folded
    (link,) = set(re.findall(r'href="([^"]+)#history"', folded))
    everything = inside.get(link.removeprefix(PREFIX)).text
    assert "Note 0." in everything
    assert "Report received" in everything


def test_many_messages_are_folded_too(inside: Pages) -> None:
    reporter = inside.world.report("A case to talk about.")
    for number in range(FOLDED_TO + 1):
        reporter.send_message(f"Thing {number}.")
    inside.desk.sync()
    case = inside.desk.cases()[0].id
    thread = re.compile(r'<section id="messages".*?</section>', re.DOTALL)
    folded, everything = (thread.search(inside.get(f"/cases/{case}{more}").text) for more in ("", "?all=1"))
    assert folded
    assert everything
    assert f"Thing {FOLDED_TO}." in folded[0]
    assert "Thing 0." not in folded[0]
    assert "Thing 0." in everything[0]


def test_a_member_with_an_interest_can_be_excluded_so_that_the_check_goes_on(inside: Pages, case: str) -> None:
    acknowledge(inside, case)
    inside.post(f"/cases/{case}/steps/A01", A01)
    inside.post(f"/cases/{case}/declare", {"conflict": "yes", "explanation": "My neighbour."})
    blocked = inside.get(f"/cases/{case}").text
    assert f"/cases/{case}/exclude" in blocked

    inside.post(f"/cases/{case}/exclude", {"member": [inside.desk.member], "ground": "Interest."})

    step = inside.desk.case(case).assessment.step("A02")
    assert inside.desk.case(case).case.excluded == {inside.desk.member: "Interest."}
    assert "conflict_not_excluded" not in {problem.code for problem in step.blocked_by}
