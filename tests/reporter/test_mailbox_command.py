# SPDX-License-Identifier: EUPL-1.2
"""The mailbox on a terminal: what is shown, what is refused, and the way back to the committee."""

import secrets
from datetime import timedelta

import pytest

from casework.service.desk import Desk
from casework.views.drafts import MessageDraft
from crypto.logs import Meta, encode_frame
from crypto.mailbox import MailboxKeys
from crypto.passphrase import new_words
from crypto.records import sign_record
from crypto.seal import seal_to_reporter
from crypto.statements import Reply
from support.desk_world import PROFILE, Reporter, World
from support.reporter_terminal import Shown, Terminal
from support.served_intake import ServedIntake

WORDS = new_words("nl")


@pytest.fixture
def reporter(world: World) -> Reporter:
    """Somebody who reported, and keeps `WORDS`."""
    made = Reporter(world, MailboxKeys.from_words(WORDS, world.desk))
    made.send_report("Er verdwijnt geld.", ("chris",))
    return made


@pytest.fixture
def anna(world: World, reporter: Reporter) -> Desk:
    tool = world.open_tools[0]
    tool.sync()
    return tool


def open_mailbox(terminal: Terminal, intake: ServedIntake) -> Shown:
    return terminal.run("mailbox", intake.url, lines=[" ".join(WORDS)])


def write(anna: Desk, kind: str, text: str) -> None:
    anna.write_message(anna.cases()[0].id, MessageDraft(kind, text))
    anna.sync()


def test_the_thread_has_days_roles_and_what_is_new(terminal: Terminal, intake: ServedIntake, anna: Desk) -> None:
    anna.acknowledge(anna.cases()[0].id)
    write(anna, "question", "Wanneer zag u dat?")

    shown = open_mailbox(terminal, intake)

    assert shown.code == 0, shown.text
    assert "1. 23 November 2026 · You: Your report" in shown.text
    assert "3. 23 November 2026 · member 1: Acknowledgement of receipt · New" in shown.text
    assert "4. 23 November 2026 · member 1: Question to you · New\n  Wanneer zag u dat?" in shown.text
    assert "Acknowledgement of receipt: Received on 23 November 2026." in shown.text
    assert "Result or progress: Not yet. You get it on 23 February 2027 at the latest." in shown.text
    assert "Not reading, because you excluded them: member 3." in shown.text
    assert "Er verdwijnt geld." not in shown.text


def test_what_was_read_before_an_answer_is_new_no_more(terminal: Terminal, intake: ServedIntake, anna: Desk) -> None:
    write(anna, "question", "Wanneer zag u dat?")
    answered = terminal.run("answer", intake.url, "--about", "3", lines=[" ".join(WORDS), "In mei.", ".", "yes"])

    shown = open_mailbox(terminal, intake)

    assert answered.code == 0, answered.text
    assert "You answer this:\n  Wanneer zag u dat?" in answered.text
    assert "New" not in shown.text
    assert "4. 23 November 2026 · You: Answer" in shown.text


def test_names_are_shown_where_the_desk_shows_them(world: World, terminal: Terminal, intake: ServedIntake) -> None:
    policy = {"names_shown": True, "exclusion": True, "receipt_is_ack": False, "recovery": None}
    world.revise(["anna", "bram", "chris"], {**PROFILE, "policy": policy})
    for tool in world.open_tools:
        tool.sync()
    Reporter(world, MailboxKeys.from_words(WORDS, world.desk)).send_report("Er verdwijnt geld.", ("chris",))

    shown = open_mailbox(terminal, intake)

    assert "Who reads what you send now?\n  Anna, member\n  Bram, member\n" in shown.text
    assert "excluded them: Chris, member." in shown.text


def test_a_term_that_passed_is_told_as_it_is(
    world: World, terminal: Terminal, intake: ServedIntake, reporter: Reporter
) -> None:
    world.pass_days(8)
    terminal.day += timedelta(days=8)

    shown = open_mailbox(terminal, intake)

    assert "It should have been here on 30 November 2026 at the latest." in shown.text


@pytest.mark.parametrize("history", ["shown", "withheld"])
def test_who_has_left_since_is_read_with_the_desks_history(
    world: World, terminal: Terminal, intake: ServedIntake, anna: Desk, history: str
) -> None:
    write(anna, "message", "Dit schreef ik nog.")
    world.revise(["bram", "chris"])
    for tool in world.open_tools[1:]:
        tool.sync()
    withheld = history == "withheld"
    if withheld:
        intake.instead = lambda path, body: b"{}" if path.endswith("/history") else body

    shown = open_mailbox(terminal, intake)

    assert shown.code == 0, shown.text
    assert ("member: Message · New\n  Dit schreef ik nog." in shown.text) is not withheld
    assert ("A message that cannot be checked" in shown.text) is withheld


def test_a_reply_that_nobody_may_have_written_is_marked_and_not_shown(
    world: World, terminal: Terminal, intake: ServedIntake, reporter: Reporter
) -> None:
    forge(world, reporter, "Ik ben de commissie.", secrets.token_bytes(32))

    shown = open_mailbox(terminal, intake)

    assert shown.code == 0, shown.text
    assert "2. 23 November 2026 · A message that cannot be checked · New" in shown.text
    assert "Ik ben de commissie." not in shown.text


def test_signs_that_move_the_cursor_or_turn_the_text_do_nothing(
    terminal: Terminal, intake: ServedIntake, anna: Desk
) -> None:
    write(anna, "message", "Dag\x1b[2J\x1b[31m\u202eomgekeerd\n1. 23 November 2026 · You: Your report")

    shown = open_mailbox(terminal, intake)

    assert "  Dag�[2J�[31m�omgekeerd\n  1. 23 November 2026 · You: Your report\n" in shown.text
    assert "\x1b" not in shown.text


@pytest.mark.parametrize("change", ["flip", "cut", "swap"])
def test_a_history_that_does_not_hold_is_refused(
    terminal: Terminal, intake: ServedIntake, anna: Desk, change: str
) -> None:
    write(anna, "message", "Wij lezen mee.")
    intake.instead = lambda path, body: altered(body, change) if path.endswith("/entries") else body

    shown = open_mailbox(terminal, intake)

    assert shown.code == 4
    assert "do not follow from each other" in shown.text
    assert "Wij lezen mee." not in shown.text


def test_words_that_are_no_words_are_asked_again_and_never_sent(terminal: Terminal, intake: ServedIntake) -> None:
    shown = terminal.run("mailbox", intake.url, lines=["een twee drie", " ".join([*WORDS[:7], "qqqq"]), ""])

    assert shown.code == 5
    assert "These are not eight words." in shown.text
    assert "Word 8 is not in our list." in shown.text
    assert [path for _, path in intake.requests] == [f"/desks/{intake.desk}"]


def test_unknown_words_get_one_answer_that_names_every_cause(terminal: Terminal, intake: ServedIntake) -> None:
    shown = open_mailbox(terminal, intake)

    assert shown.code == 5
    assert "a word is another one" in shown.text
    assert "another desk" in shown.text
    assert "never arrived" in shown.text


@pytest.mark.parametrize("lost", ["lose_requests", "lose_answers"])
def test_a_message_whose_answer_is_lost_is_one_message(
    terminal: Terminal, intake: ServedIntake, anna: Desk, lost: str
) -> None:
    setattr(intake, lost, 1)

    shown = terminal.run("answer", intake.url, lines=[" ".join(WORDS), "Nog iets.", ".", "yes", "yes"])

    assert shown.code == 0, shown.text
    anna.sync()
    received = [item.texts for item in anna.case(anna.cases()[0].id).timeline if item.kind == "message_received"]
    assert received == [{"text": "Nog iets."}]


def test_a_message_is_sealed_anew_when_the_committee_wrote_first(
    terminal: Terminal, intake: ServedIntake, anna: Desk
) -> None:
    intake.before_write = lambda: write(anna, "message", "Net eerder.")

    shown = terminal.run("answer", intake.url, lines=[" ".join(WORDS), "Nog iets.", ".", "yes"])

    assert shown.code == 0, shown.text
    assert "3. 23 November 2026 · member 1: Message · New\n  Net eerder." in open_mailbox(terminal, intake).text


def test_who_does_not_confirm_sends_nothing_and_a_blank_message_is_none(
    terminal: Terminal, intake: ServedIntake, reporter: Reporter
) -> None:
    words = " ".join(WORDS)
    before = intake.writes

    assert terminal.run("answer", intake.url, lines=[words, "Toch niet.", ".", "no"]).code == 1
    assert terminal.run("answer", intake.url, lines=[words, " ", "."]).code == 6
    assert terminal.run("answer", intake.url, "--about", "1", lines=[words]).code == 6
    assert intake.writes == before


def forge(world: World, reporter: Reporter, text: str, identity: bytes) -> None:
    """Append a reply that another key than its author's signed."""
    desk, (head, length) = reporter.desk(), reporter.state()
    reply = Reply(
        desk=desk.id,
        log=reporter.mailbox,
        seq=length + 1,
        prev=head,
        desk_version=desk.document.version,
        desk_hash=desk.document.hash,
        day=world.today,
        author="anna",
        language="nl",
        kind="message",
        about=None,
        readers=("anna", "bram"),
        content={"text": text},
    )
    sealed = seal_to_reporter(sign_record(reply, identity), reporter.keys.public.reply_to)
    answer = reporter.append_as(reporter.committee_seed(), encode_frame(Meta(reporter.mailbox), (sealed,)), head)
    assert answer.status_code == 201, answer.text


def altered(body: bytes, change: str) -> bytes:
    """Return the records of an answer with one byte flipped, the last one cut off, or two of them swapped."""
    if change == "flip":
        return body[:-1] + bytes([body[-1] ^ 1])
    records = split(body)
    return b"".join(records[:-1]) if change == "cut" else b"".join([records[1], records[0], *records[2:]])


def split(body: bytes) -> list[bytes]:
    records, place = [], 0
    while place < len(body):
        start = place
        for _ in ("info", "frame"):
            place += 4 + int.from_bytes(body[place : place + 4], "big")
        records.append(body[start:place])
    return records
