# SPDX-License-Identifier: EUPL-1.2
"""Contact details, withdrawal and a verdict from the terminal, as the members' tool understands them."""

import pytest

from casework.service.desk import Desk
from casework.views.cases import CaseView
from casework.views.drafts import MessageDraft
from crypto.mailbox import MailboxKeys
from crypto.passphrase import new_words
from support.desk_world import Reporter, World
from support.reporter_terminal import Shown, Terminal
from support.served_intake import ServedIntake

WORDS = new_words("nl")


@pytest.fixture
def anna(world: World) -> Desk:
    """A member who fetched the report of somebody who keeps `WORDS`."""
    Reporter(world, MailboxKeys.from_words(WORDS, world.desk)).send_report("Er verdwijnt geld.")
    tool = world.open_tools[0]
    tool.sync()
    return tool


def run(terminal: Terminal, intake: ServedIntake, command: str, *options: str, lines: list[str]) -> Shown:
    return terminal.run(command, intake.url, *options, lines=[" ".join(WORDS), *lines])


def case(anna: Desk) -> CaseView:
    anna.sync()
    return anna.case(anna.cases()[0].id)


def test_contact_details_are_given_and_taken_back(terminal: Terminal, intake: ServedIntake, anna: Desk) -> None:
    given = run(terminal, intake, "contact", lines=["M. Elder", "06 12345678", "yes"])
    assert given.code == 0, given.text
    (contact,) = case(anna).contacts
    assert contact.details
    assert (contact.details.name, contact.details.reach) == ("M. Elder", "06 12345678")

    taken_back = run(terminal, intake, "contact", lines=["", "", "yes"])
    assert taken_back.code == 0, taken_back.text
    assert case(anna).contacts[0].details is None
    assert "You: Contact details taken back" in run(terminal, intake, "mailbox", lines=[]).text


@pytest.mark.parametrize("reason", ["Het is opgelost.", ""])
def test_a_report_is_withdrawn_with_or_without_a_reason(
    terminal: Terminal, intake: ServedIntake, anna: Desk, reason: str
) -> None:
    shown = run(terminal, intake, "withdraw", lines=[reason, ".", "yes"])

    assert shown.code == 0, shown.text
    assert "It is not deleted" in shown.text
    assert len(case(anna).withdrawals) == 1
    assert "You: Report withdrawn" in run(terminal, intake, "mailbox", lines=[]).text


def test_a_mailbox_is_deleted_and_the_words_open_nothing_more(
    terminal: Terminal, intake: ServedIntake, anna: Desk
) -> None:
    anna.write_message(anna.cases()[0].id, MessageDraft("message", "Wij zoeken het uit."))

    kept = run(terminal, intake, "delete", lines=["no"])
    assert kept.code == 1, kept.text
    assert "Wij zoeken het uit." in run(terminal, intake, "mailbox", lines=[]).text

    gone = run(terminal, intake, "delete", lines=["yes"])
    assert gone.code == 0, gone.text
    assert "Your report stays with the committee" in gone.text
    assert "the mailbox was deleted" in run(terminal, intake, "mailbox", lines=[]).text
    assert len(case(anna).deletions) == 1


@pytest.mark.parametrize("number, state", [("1", "agreed"), ("2", "disagreed"), ("3", "corrected")])
def test_a_report_of_a_conversation_is_judged(
    terminal: Terminal, intake: ServedIntake, anna: Desk, number: str, state: str
) -> None:
    anna.write_message(anna.cases()[0].id, MessageDraft("transcript", "U zei: in mei.", consent="asked"))
    anna.sync()

    shown = run(terminal, intake, "judge", "--about", "3", lines=["9", number, "Ik zei: in juni.", ".", "yes"])

    assert shown.code == 0, shown.text
    (transcript,) = case(anna).transcripts
    assert (transcript.state, transcript.remark) == (state, "Ik zei: in juni.")


def test_only_a_report_of_a_conversation_can_be_judged(terminal: Terminal, intake: ServedIntake, anna: Desk) -> None:
    shown = run(terminal, intake, "judge", "--about", "1", lines=[])

    assert shown.code == 6
    assert intake.writes == 0
