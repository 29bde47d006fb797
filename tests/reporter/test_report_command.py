# SPDX-License-Identifier: EUPL-1.2
"""A report from the terminal: who reads it, what is sent, and what happens when sending fails."""

import re
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from casework.service.ceremony import first_document, new_root
from crypto.desk import write_bundle
from crypto.passphrase import check_words
from intake.reporter.desks import poster_words
from intake.reporter.i18n import Translator
from intake.reporter.questions import questions
from support.desk_world import PROFILE, World
from support.reporter_terminal import NO_WORDS_BACK, Terminal
from support.repository import ROOT
from support.served_intake import ServedIntake

WHAT = ["De offertes waren al open.", "Ik zag het zelf.", "."]
EVENT = ["2", "Begin november", "", "."]
PEOPLE = ["De wethouder", ".", "."]
YOURSELF = ["1", ".", "2", "M. Elder", "06 12345678", "1", "1", "1"]
"""Answers to the questions in the order of the page; some are left open."""


@pytest.fixture
def told(tmp_path: Path) -> str:
    file = tmp_path / "told.txt"
    file.write_text("Het magazijn klopt niet.\nMelder 7.", encoding="utf-8")
    return str(file)


def answers_of(world: World) -> dict[str, str]:
    """Return what a member reads in the only report there is."""
    anna = world.open_tools[0]
    anna.sync()
    (line,) = anna.cases()
    (report,) = anna.case(line.id).reports
    return dict(report.answers)


def test_the_answers_reach_the_committee_as_they_were_typed(
    world: World, intake: ServedIntake, terminal: Terminal
) -> None:
    shown = terminal.run(
        "send", intake.url, lines=["yes", "", *WHAT, "yes", *EVENT, *PEOPLE, *YOURSELF, "yes", *NO_WORDS_BACK]
    )

    assert shown.code == 0, shown.text
    assert answers_of(world) == {
        "about": "position",
        "what": "De offertes waren al open.\nIk zag het zelf.",
        "when": "Begin november",
        "who": "De wethouder",
        "relation": "employee",
        "anonymity": "known",
        "talk": "yes",
        "reply_language": "nl",
    }
    anna = world.open_tools[0]
    (contact,) = anna.case(anna.cases()[0].id).contacts
    assert contact.details
    assert (contact.details.name, contact.details.reach) == ("M. Elder", "06 12345678")


def test_after_what_happened_the_rest_can_wait(world: World, intake: ServedIntake, terminal: Terminal) -> None:
    shown = terminal.run("send", intake.url, lines=["yes", "", "", ".", *WHAT, "no", "yes", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    assert "Write what happened." in shown.text
    assert answers_of(world) == {"what": "De offertes waren al open.\nIk zag het zelf."}


def test_a_reader_whose_name_was_typed_can_be_excluded_after_all(
    world: World, intake: ServedIntake, terminal: Terminal
) -> None:
    typed = ["yes", "", "BRÁM deed het.", ".", "no", "yes", "yes", *NO_WORDS_BACK]

    shown = terminal.run("send", intake.url, lines=typed)

    assert shown.code == 0, shown.text
    assert "a name that also belongs to somebody who reads reports here: member 2." in shown.text
    anna, bram, _ = world.open_tools
    anna.sync()
    bram.sync()
    assert (len(anna.cases()), len(bram.cases())) == (1, 0)


def test_the_questions_their_order_and_their_choices_are_those_of_the_page() -> None:
    form = (ROOT / "intake/web/templates/_report_form.html").read_text().partition('id="view-form"')[2]
    field = re.compile(
        r'choice\("(\w+)", "(\w+)",[^)]*\)\)?(, true)?|(?:line|story)\("(\w+)"|<\w+ id="(\w+)" name="\5"'
    )
    asked: dict[str, list[str]] = {}
    for group, value, preset, written, other in field.findall(form):
        asked.setdefault(group or written or other, []).extend([] if not group else ["" if preset else value])

    own = {question.name: [value for value, _ in question.choices] for question in questions(Translator("en"))}

    assert own.pop("reply_language") == ["nl", ""]
    assert asked.pop("reply_language") == []
    assert list(own.items()) == list(asked.items())


def test_a_text_from_a_file_needs_only_the_last_yes(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    shown = terminal.run("send", intake.url, "--desk", world.desk, "--text", told, lines=["yes", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    assert answers_of(world) == {"what": "Het magazijn klopt niet.\nMelder 7."}


def test_the_ten_words_of_the_poster_are_checked_in_either_language(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    for language in ("nl", "en"):
        words = " ".join(poster_words(world.desk, language))
        shown = terminal.run("send", intake.url, "--desk-words", words, "--text", told, lines=["no"])
        assert "It is the desk that you typed from the poster." in shown.text


def test_another_desk_on_the_poster_stops_before_anything_is_asked_of_the_server(
    intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    other = " ".join(poster_words("a" * 26, "nl"))

    shown = terminal.run("send", intake.url, "--desk-words", other, "--text", told, lines=[])

    assert shown.code == 4
    assert "another desk" in shown.text
    assert intake.requests == []


def test_a_server_with_a_root_of_its_own_is_refused(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    root, _ = new_root(2, 2)
    forged = write_bundle(world.today, [], first_document(PROFILE, list(world.cards.values()), (), root), [])
    intake.instead = lambda _path, _body: forged

    shown = terminal.run("send", intake.url, "--text", told, lines=[])

    assert shown.code == 4
    assert "Do not go on here" in shown.text
    assert intake.writes == 0


def test_who_does_not_recognise_the_desk_sends_nothing(intake: ServedIntake, terminal: Terminal, told: str) -> None:
    shown = terminal.run("send", intake.url, "--text", told, lines=["no"])

    assert shown.code == 1
    assert intake.writes == 0


def test_an_excluded_member_cannot_open_the_report(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    shown = terminal.run("send", intake.url, "--text", told, "--exclude", "chris", lines=["y", "y", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    anna, _, chris = world.open_tools
    for tool in (anna, chris):
        tool.sync()
    assert len(anna.cases()) == 1
    assert chris.cases() == ()


def test_an_unknown_name_to_exclude_is_refused_with_those_that_are_known(
    intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    shown = terminal.run("send", intake.url, "--text", told, "--exclude", "crhis", lines=["yes"])

    assert shown.code == 6
    assert "anna, bram, chris" in shown.text
    assert intake.writes == 0


def test_nobody_left_to_read_it_sends_nothing_and_shows_other_ways(
    intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    everybody = [part for name in ("anna", "bram", "chris") for part in ("--exclude", name)]

    shown = terminal.run("send", intake.url, "--text", told, *everybody, lines=["yes"])

    assert shown.code == 6
    assert "Call 112" in shown.text
    assert intake.writes == 0


def test_the_eight_words_are_shown_once_and_two_are_asked_back(
    intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    shown = terminal.run("send", intake.url, "--text", told, lines=["yes", "yes", "", "wrong", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    assert len(check_words(shown.words)) == 8
    assert "This is not word" in shown.text


@pytest.mark.parametrize("lost", ["lose_requests", "lose_answers"])
def test_a_report_whose_answer_is_lost_is_sent_again_and_is_one_report(
    world: World, intake: ServedIntake, terminal: Terminal, told: str, lost: str
) -> None:
    setattr(intake, lost, 2)

    shown = terminal.run("send", intake.url, "--text", told, lines=["yes", "yes", "yes", "yes", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    assert intake.writes == 3
    assert answers_of(world) == {"what": "Het magazijn klopt niet.\nMelder 7."}


def test_who_gives_up_gets_text_and_words_back(intake: ServedIntake, terminal: Terminal, told: str) -> None:
    intake.lose_answers = 1

    shown = terminal.run("send", intake.url, "--text", told, lines=["yes", "yes", "no"])

    assert shown.code == 3
    given_back = shown.text.split("Your text, to copy")[1]
    assert "Het magazijn klopt niet." in given_back
    words = " ".join(line.split()[-1] for line in given_back.splitlines() if line.strip()[:1].isdigit())
    assert "Your report" in terminal.run("mailbox", intake.url, lines=[words]).text


def test_somebody_who_became_a_reader_meanwhile_is_shown_before_anything_is_sealed_to_them(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    anna, bram, chris = world.open_tools
    world.revise(["anna", "bram"])
    for tool in (anna, bram):
        tool.sync()

    def chris_returns() -> None:
        world.revise(["anna", "bram", "chris"])
        for tool in (anna, bram, chris):
            tool.sync()

    intake.before_write = chris_returns

    shown = terminal.run("send", intake.url, "--text", told, lines=["yes", "yes", "yes", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    assert "Somebody would read this who was not shown" in shown.text
    assert answers_of(world) == {"what": "Het magazijn klopt niet.\nMelder 7."}


def test_a_closed_desk_takes_nothing_and_shows_other_ways(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    closed = {**PROFILE, "closes": world.today - timedelta(days=1)}
    world.revise(["anna", "bram", "chris"], closed)

    shown = terminal.run("send", intake.url, "--text", told, lines=["yes"])

    assert shown.code == 5
    assert "Call 112" in shown.text
    assert intake.writes == 0


def test_a_desk_with_one_member_awake_takes_nothing(
    world: World, intake: ServedIntake, terminal: Terminal, told: str
) -> None:
    world.revise(["anna", "bram", "chris"])
    world.open_tools[0].sync()

    shown = terminal.run("send", intake.url, "--text", told, lines=["yes"])

    assert shown.code == 5
    assert "Too few members" in shown.text


def test_a_text_that_is_too_long_is_refused_before_it_is_sealed(
    intake: ServedIntake, terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "long.txt"
    file.write_text("é" * 100_001, encoding="utf-8")

    shown = terminal.run("send", intake.url, "--text", str(file), lines=["yes"])

    assert shown.code == 6
    assert intake.writes == 0


def test_a_desk_that_the_server_does_not_know_is_told_apart(intake: ServedIntake, terminal: Terminal) -> None:
    shown = terminal.run("send", f"{intake.origin}/{'a' * 26}/en/", lines=[])

    assert shown.code == 5
    assert "does not know this desk" in shown.text


@pytest.fixture
def nobody() -> str:
    """The address of a desk at which nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}/{'a' * 26}/en/"


def test_no_answer_to_the_first_question_says_that_nothing_was_sent(terminal: Terminal, nobody: str, told: str) -> None:
    shown = terminal.run("send", nobody, "--text", told, lines=[])

    assert shown.code == 3
    assert shown.text.strip() == "There was no answer. Nothing was sent. Check the connection and try again."


@pytest.mark.parametrize("command", ["send", "answer"])
@pytest.mark.parametrize("option", ["--text", "--file"])
def test_a_file_that_cannot_be_read_is_told_before_the_network_is_used(
    terminal: Terminal, nobody: str, tmp_path: Path, command: str, option: str
) -> None:
    shown = terminal.run(command, nobody, option, str(tmp_path / "nergens.txt"), lines=[])

    assert shown.code == 6
    assert "cannot be read" in shown.text


def test_a_request_carries_nothing_that_identifies(intake: ServedIntake, terminal: Terminal, told: str) -> None:
    terminal.run("send", intake.url, "--text", told, lines=["yes", "yes", *NO_WORDS_BACK])

    assert {name for headers in intake.headers for name in headers} == {
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_CONNECTION",
        "HTTP_CONTENT_DIGEST",
        "HTTP_HOST",
        "HTTP_IF_NONE_MATCH",
        "HTTP_MELDKLUIS_DAY",
        "HTTP_SIGNATURE",
        "HTTP_SIGNATURE_INPUT",
    }
    assert {headers["HTTP_ACCEPT"] for headers in intake.headers} == {"*/*"}
    assert {headers["HTTP_ACCEPT_ENCODING"] for headers in intake.headers} == {"identity"}
