# SPDX-License-Identifier: EUPL-1.2
"""What reporters do beside telling: contact details, withdrawing, and verdicts on accounts; folded into the case."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import TakeDecision
from casework.domain.case.events import MessageReceived
from casework.domain.case.transcripts import TranscriptState
from casework.logs.evidence import check_evidence
from casework.logs.statements import Contact
from casework.service.desk import Desk
from casework.views.cases import CaseView
from casework.views.drafts import MessageDraft
from casework.views.reports import Transcript
from crypto.errors import BindingError
from support.desk_world import Reporter, World

ACCOUNT = "We spoke on Monday."


@pytest.fixture
def anna(world: World) -> Desk:
    tool, _ = world.synced("anna", "bram")
    return tool


def view_of(tool: Desk) -> CaseView:
    tool.sync()
    (line,) = tool.cases()
    return tool.case(line.id)


def written_by_reporter(view: CaseView) -> list[str]:
    return [text for item in view.timeline if item.from_reporter for text in item.texts.values()]


def offer(tool: Desk, reporter: Reporter) -> bytes:
    """Offer an account, and return the head of its mailbox entry."""
    tool.write_message(view_of(tool).line.id, MessageDraft("transcript", ACCOUNT))
    head, _ = reporter.state()
    return head


def account(tool: Desk) -> Transcript:
    (found,) = view_of(tool).transcripts
    return found


def test_contact_details_stand_apart_from_the_story_and_only_there(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    reporter.send({"name": "Pim Voorbeeld", "reach": "06 after six"}, kind="contact")
    view = view_of(anna)
    (contact,) = view.contacts
    assert contact.details == Contact("Pim Voorbeeld", "06 after six")
    assert written_by_reporter(view) == ["A strange bill."]


def test_contact_details_in_the_report_stand_apart_as_well(world: World, anna: Desk) -> None:
    reporter = Reporter(world)
    reporter.send_report("A strange bill.", more={"anonymity": "known", "name": "Pim", "reach": "06 after six"})
    view = view_of(anna)
    assert view.contacts[0].details == Contact("Pim", "06 after six")
    assert set(view.reports[0].answers) == {"what", "anonymity"}
    assert "Pim" not in written_by_reporter(view)
    reporter.send({"name": "", "reach": ""}, kind="contact")
    assert view_of(anna).contacts[0].details is None


def test_the_newest_contact_details_hold(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    for reach in ("by post", "by telephone"):
        reporter.send({"name": "", "reach": reach}, kind="contact")
    assert view_of(anna).contacts[0].details == Contact("", "by telephone")


def test_contact_details_that_were_taken_back_are_shown_as_taken_back(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    reporter.send({"name": "Pim Voorbeeld", "reach": "06"}, kind="contact")
    reporter.send({"name": "", "reach": " "}, kind="contact")
    (contact,) = view_of(anna).contacts
    assert contact.details is None
    assert contact.day == world.today


def test_r09_withdrawing_deletes_nothing_and_waits_for_a_decision_with_a_reason(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    reporter.send({"reason": "I am afraid."}, kind="withdrawal")
    view = view_of(anna)
    (taken,) = view.withdrawals
    assert (taken.reason, taken.decision, view.line.withdrawn) == ("I am afraid.", None, True)
    assert view.reports[0].answers["what"] == "A strange bill."
    assert "withdrawn" in [notice.code for notice in view.assessment.notices]
    decision = TakeDecision("anna", "withdrawal", "go_on", "It is serious.", "secretary", view.report_to_decide)
    decided = anna.do(view.line.id, decision)
    assert decided.withdrawals[0].decision
    assert "withdrawn" not in [notice.code for notice in decided.assessment.notices]
    assert decided.line.withdrawn


def test_o03_a_conversation_that_the_report_asks_for_is_owed_a_proposal(world: World, anna: Desk) -> None:
    Reporter(world).send_report("A strange bill.", more={"talk": "yes"})
    view = view_of(anna)
    assert view.meeting_wanted
    draft = MessageDraft("question", "Does Monday at two suit you?", proposes_meeting=True)
    assert not anna.write_message(view.line.id, draft).meeting_wanted


def test_o02_an_account_is_offered_until_the_reporter_answers(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    offer(anna, reporter)
    assert account(anna).state is TranscriptState.OFFERED
    world.pass_days(15)
    assert account(anna).state is TranscriptState.NO_ANSWER


@pytest.mark.parametrize(
    "answers,state",
    [
        ({"verdict": "agree"}, TranscriptState.AGREED),
        ({"verdict": "disagree", "text": "I never said that."}, TranscriptState.DISAGREED),
        ({"verdict": "correct", "text": "We spoke on Tuesday."}, TranscriptState.CORRECTED),
    ],
)
def test_o02_the_reporters_verdict_is_the_accounts_state(
    world: World, anna: Desk, answers: dict[str, str], state: TranscriptState
) -> None:
    reporter = world.report("A strange bill.")
    reporter.send(answers, kind="transcript", about=offer(anna, reporter))
    found = account(anna)
    assert (found.state, found.remark, found.answered) == (state, answers.get("text", ""), world.today)


def test_o02_the_offered_and_the_corrected_account_both_remain(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    about = offer(anna, reporter)
    for text in ("We spoke on Tuesday.", "We spoke on Wednesday."):
        reporter.send({"verdict": "correct", "text": text}, kind="transcript", about=about)
    found, view = account(anna), view_of(anna)
    assert (found.text, found.remark) == (ACCOUNT, "We spoke on Wednesday.")
    assert "We spoke on Tuesday." in written_by_reporter(view)


def test_a_verdict_about_another_entry_judges_no_account(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    offer(anna, reporter)
    reporter.send({"verdict": "agree"}, kind="transcript", about=bytes(32))
    assert account(anna).state is TranscriptState.OFFERED


@pytest.mark.parametrize(
    "kind,answers",
    [
        ("contact", {"text": "call me"}),
        ("withdrawal", {"text": "stop"}),
        ("transcript", {"verdict": "perhaps", "text": "hm"}),
        ("transcript", {"verdict": "correct", "text": " "}),
        ("message", {"verdict": "agree"}),
    ],
)
def test_answers_of_another_form_are_read_as_a_message(
    world: World, anna: Desk, kind: str, answers: dict[str, str]
) -> None:
    reporter = world.report("A strange bill.")
    about = offer(anna, reporter)
    reporter.send(answers, kind=kind, about=about)
    view = view_of(anna)
    assert set(answers.values()) <= set(written_by_reporter(view))
    assert not view.contacts
    assert not view.withdrawals
    assert account(anna).state is TranscriptState.OFFERED


@pytest.mark.parametrize("kind,about", [("withdrawal", None), ("message", "x")])
def test_a_member_cannot_tell_of_a_message_what_its_reporter_did_not_sign(
    world: World, anna: Desk, kind: str, about: str | None
) -> None:
    world.report("A strange bill.").send_message("One more thing.")
    case = view_of(anna).case
    entry = case.entries[-1]
    assert isinstance(entry.event, MessageReceived)
    check_evidence(case, world.desk, entry)
    with pytest.raises(BindingError):
        check_evidence(case, world.desk, replace(entry, event=replace(entry.event, kind=kind, about=about)))
