# SPDX-License-Identifier: EUPL-1.2
"""Contact details, withdrawals and accounts on the pages of a case."""

from html import unescape

import pytest

from casework.domain.text import Language
from casework.views.drafts import MessageDraft
from casework.web.wording import Wording
from support.desk_pages import Pages
from support.desk_world import Reporter

ACCOUNT = "We spoke on Monday."


@pytest.fixture
def told(inside: Pages) -> tuple[str, Reporter]:
    """A case, and its reporter."""
    reporter = inside.world.report("A strange bill.")
    return synced(inside), reporter


def synced(pages: Pages) -> str:
    pages.desk.sync()
    (line,) = pages.desk.cases()
    return line.id


def test_contact_details_are_shown_once_and_not_in_the_history(inside: Pages, told: tuple[str, Reporter]) -> None:
    case, reporter = told
    reporter.send({"name": "<b>Pim</b>", "reach": "06 after six"}, kind="contact")
    synced(inside)
    page = inside.get(f"/cases/{case}").text
    assert page.count("06 after six") == 1
    assert page.count("&lt;b&gt;Pim&lt;/b&gt;") == 1
    assert "The reporter gave contact details" in page


def test_contact_details_that_were_taken_back_are_gone_from_the_page(inside: Pages, told: tuple[str, Reporter]) -> None:
    case, reporter = told
    reporter.send({"name": "Pim", "reach": "06 after six"}, kind="contact")
    reporter.send({"name": "", "reach": ""}, kind="contact")
    synced(inside)
    page = inside.get(f"/cases/{case}").text
    assert "06 after six" not in page
    assert "The reporter took the contact details back on" in page


def test_a_withdrawn_report_stays_and_asks_for_a_decision_with_a_reason(
    inside: Pages, told: tuple[str, Reporter]
) -> None:
    case, reporter = told
    reporter.send({"reason": "I am afraid."}, kind="withdrawal")
    synced(inside)
    page = inside.get(f"/cases/{case}").text
    assert "A strange bill." in page
    assert "I am afraid." in page
    assert f"/cases/{case}/withdrawal" in page
    assert "Withdrawn by the reporter" in inside.get("/").text
    form = {"outcome": "end", "authority": "secretary"}
    assert inside.post(f"/cases/{case}/withdrawal", form).status_code == 422
    inside.post(f"/cases/{case}/withdrawal", form | {"grounds": "There is nothing to go on."})
    page = inside.get(f"/cases/{case}").text
    assert "The case is ended as withdrawn by the reporter" in page
    assert "There is nothing to go on." in page
    assert f"/cases/{case}/withdrawal" not in page


def test_a_case_whose_mailbox_was_deleted_says_so_and_offers_no_message(
    inside: Pages, told: tuple[str, Reporter]
) -> None:
    case, reporter = told
    inside.desk.write_message(case, MessageDraft("message", "We called the supplier."))
    assert f"/cases/{case}/write/message" in inside.get(f"/cases/{case}").text
    reporter.delete()
    synced(inside)

    page = inside.get(f"/cases/{case}").text
    assert "The reporter deleted the mailbox on" in page
    assert "We called the supplier." in page
    assert f"/cases/{case}/write/message" not in page
    assert "Mailbox deleted by the reporter" in inside.get("/").text
    refused = inside.post(f"/cases/{case}/write/message", {"text": "Are you there?", "go": "send"})
    assert "Nothing can go there any more" in refused.text


@pytest.mark.parametrize(
    "language, before, after",
    [
        ("en", "In the reporter's mailbox since {0}", "In the reporter's mailbox from {0} until its deletion on {0}"),
        (
            "nl",
            "In de postbus van de melder sinds {0}",
            "Stond in de postbus van de melder van {0} tot die is verwijderd, op {0}",
        ),
    ],
)
def test_what_stood_in_a_mailbox_is_said_to_have_stood_there_until_its_deletion(
    inside: Pages, told: tuple[str, Reporter], language: Language, before: str, after: str
) -> None:
    case, reporter = told
    inside.post("/language", {"language": language, "next": "/"})
    inside.desk.write_message(case, MessageDraft("message", "We called the supplier."))
    there = unescape(inside.get(f"/cases/{case}").text)
    reporter.delete()
    synced(inside)
    gone = unescape(inside.get(f"/cases/{case}").text)

    day = Wording(language).day(inside.world.today)
    assert before.format(day) in there
    assert before.format(day) not in gone
    assert after.format(day) in gone


def test_a_report_that_was_not_withdrawn_cannot_be_decided_as_such(inside: Pages, told: tuple[str, Reporter]) -> None:
    case, _ = told
    form = {"outcome": "end", "authority": "secretary", "grounds": "No."}
    answer = inside.post(f"/cases/{case}/withdrawal", form)
    assert answer.status_code == 422
    assert "did not withdraw" in answer.text


def test_feedback_that_is_impossible_is_recorded_with_its_reason(inside: Pages, told: tuple[str, Reporter]) -> None:
    case, _ = told
    assert f"/cases/{case}/feedback-impossible" in inside.get(f"/cases/{case}/write/feedback").text
    inside.post(f"/cases/{case}/feedback-impossible", {"grounds": "No answer.", "authority": "secretary"})
    assert inside.desk.case(case).assessment.reports[0].final_feedback.value == "impossible"


def test_a_decision_about_anything_else_has_no_page(inside: Pages, told: tuple[str, Reporter]) -> None:
    assert inside.get(f"/cases/{told[0]}/lunch").status_code == 404


def test_a_conversation_is_proposed_where_the_reporter_asked_for_one(inside: Pages) -> None:
    Reporter(inside.world).send_report("A strange bill.", more={"talk": "yes"})
    case = synced(inside)
    assert "Proposal for a conversation" in inside.get(f"/cases/{case}").text
    address = f"/cases/{case}/write/message"
    assert "Do you propose a conversation here?" in inside.get(address).text
    inside.post(address, {"text": "Monday at two?", "proposes_meeting": "yes", "go": "send"})
    assert "Do you propose a conversation here?" not in inside.get(address).text


def test_an_account_is_offered_and_shown_with_its_correction(inside: Pages, told: tuple[str, Reporter]) -> None:
    case, reporter = told
    inside.post(f"/cases/{case}/write/transcript", {"text": ACCOUNT, "go": "send"})
    assert "Account: offered" in inside.get(f"/cases/{case}").text
    head, _ = reporter.state()
    reporter.send({"verdict": "correct", "text": "It was Tuesday."}, kind="transcript", about=head)
    synced(inside)
    page = inside.get(f"/cases/{case}").text
    assert "Account: corrected" in page
    assert ACCOUNT in page
    assert "It was Tuesday." in page
