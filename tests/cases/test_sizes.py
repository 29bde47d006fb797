# SPDX-License-Identifier: EUPL-1.2
"""What a member writes fits where it has to go, or is refused in words that say how much must go."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import AddNote, Command, CompleteStep, TakeDecision, WriteMessage
from casework.domain.case.events import MessagePlaced, MessageWritten, ReportReceived
from casework.domain.case.sizes import MAX_EVENT, MAX_TEXT
from casework.domain.errors import Refused
from casework.domain.judge.decide import decide
from support.casebook import ANNA, PROTOCOL, REPORT, Casebook, D, filled_in, web_report

LONG = "x" * (MAX_TEXT + 20)


def feedback(*texts: str) -> WriteMessage:
    text, assessment, follow_up, grounds = texts
    return WriteMessage(ANNA, "m", REPORT, "feedback", text, assessment, "some", follow_up, grounds)


@pytest.mark.parametrize(
    "command",
    [
        WriteMessage(ANNA, "m", REPORT, "question", LONG),
        WriteMessage(ANNA, "m", REPORT, "question", "é" * (MAX_TEXT // 2 + 1)),
        feedback("Hello", LONG, "x", "x"),
        AddNote(ANNA, "x" * MAX_EVENT),
        TakeDecision(ANNA, "other", "yes", "x" * MAX_EVENT, "me"),
        CompleteStep(ANNA, "A01", {**filled_in(PROTOCOL.steps["A01"].record, None), "opmerking": LONG}),
    ],
)
def test_a_text_that_is_too_long_is_refused(command: Command) -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-22")
    assert book.refusal(command) == "too_long"


def test_texts_that_are_too_long_together_are_refused() -> None:
    part = "x" * (MAX_EVENT // 4)
    assert Casebook().refusal(feedback(part, part, part, part)) == "too_long"


def test_signs_that_take_more_room_than_they_show_count_for_what_they_take() -> None:
    assert Casebook().refusal(WriteMessage(ANNA, "m", REPORT, "question", "x\1" * 30_000)) == "too_long"


def test_the_longest_text_is_accepted() -> None:
    assert Casebook().refusal(WriteMessage(ANNA, "m", REPORT, "question", "x" * MAX_TEXT)) == "accepted"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_refusal_names_the_field_and_how_much_must_go(language: str) -> None:
    book, command = Casebook(), WriteMessage(ANNA, "m", REPORT, "question", LONG)
    with pytest.raises(Refused) as refusal:
        decide(book.case, PROTOCOL, command, D("2026-11-22"))
    text = refusal.value.text._asdict()[language]
    assert " 20 " in text
    assert {"nl": "Bericht aan de melder", "en": "Message to the reporter"}[language] in text


def test_a_message_too_long_to_be_read_stops_no_clock_when_another_tool_placed_it() -> None:
    book = Casebook()
    book.append(MessageWritten("m", REPORT, "acknowledgement", LONG, "", "", "", "", final=False), "2026-11-22")
    book.append(MessagePlaced("m", "mailbox", D("2026-11-22"), 2, "head"), "2026-11-22")
    assert {problem.code for problem in book.case.void.values()} == {"too_long", "unknown_message"}
    assert book.case.reports[REPORT].acknowledged is None


def test_a_reporters_own_statement_is_not_the_members_to_shorten() -> None:
    assert REPORT in Casebook(long_report()).case.reports


def long_report() -> ReportReceived:
    return replace(web_report(), statement="x" * 280_000)
