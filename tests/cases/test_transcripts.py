# SPDX-License-Identifier: EUPL-1.2
"""Accounts that were offered, and withdrawals, in the fold: what a reporter did holds in the log's order."""

import pytest

from casework.domain.case.commands import TakeDecision
from casework.domain.case.events import Attached, MessageReceived, MessageWritten
from casework.domain.case.transcripts import TranscriptState, transcripts
from support.casebook import ANNA, REPORT, Casebook, D

DAY = "2026-11-23"


def receive(book: Casebook, seq: int, kind: str, about: str | None = None) -> None:
    book.append(MessageReceived(REPORT, seq, f"head-{seq}", D(DAY), "signed", "00", {}, kind, about), DAY)


def state(book: Casebook, on: str = DAY) -> TranscriptState:
    (view,) = transcripts(book.case, D(on))
    return view.state


def test_o02_the_newest_verdict_by_place_in_the_mailbox_holds() -> None:
    book = Casebook()
    book.send("transcript", on=DAY)
    receive(book, 9, "transcript_agreed", "head")
    receive(book, 8, "transcript_corrected", "head")
    assert state(book) is TranscriptState.AGREED


def test_o02_an_answer_after_the_term_still_counts() -> None:
    book = Casebook()
    book.send("transcript", on=DAY)
    assert state(book, "2027-01-01") is TranscriptState.NO_ANSWER
    receive(book, 9, "transcript_disagreed", "head")
    assert state(book, "2027-01-01") is TranscriptState.DISAGREED


def test_an_account_that_is_not_placed_yet_waits_for_no_answer() -> None:
    book = Casebook()
    book.write("transcript", on=DAY)
    assert state(book, "2027-01-01") is TranscriptState.OFFERED


def test_a_message_of_no_known_kind_is_void() -> None:
    book = Casebook()
    receive(book, 2, "rumour")
    assert [problem.code for problem in book.case.void.values()] == ["unknown_value"]


def decision(outcome: str = "go_on", report: str = REPORT, grounds: str = "It is serious.") -> TakeDecision:
    return TakeDecision(ANNA, "withdrawal", outcome, grounds, "secretary", report)


@pytest.mark.parametrize(
    "command,code",
    [
        (decision(), "accepted"),
        (decision("end"), "accepted"),
        (decision("delete"), "unknown_value"),
        (decision(report="mailbox-9"), "unknown_report"),
        (decision(grounds=" "), "missing_text"),
    ],
)
def test_r09_a_decision_about_a_withdrawn_report_needs_a_reason_and_keeps_the_report(
    command: TakeDecision, code: str
) -> None:
    book = Casebook()
    receive(book, 2, "withdrawal")
    assert book.refusal(command) == code


def test_a_report_that_was_not_withdrawn_needs_no_such_decision() -> None:
    assert Casebook().refusal(decision()) == "not_withdrawn"


def test_r09_a_withdrawn_report_keeps_its_clocks() -> None:
    book = Casebook()
    before = book.judged(DAY).clocks
    receive(book, 2, "withdrawal")
    assert book.judged(DAY).clocks == before


def recording(kind: str = "transcript", consent: str = "") -> MessageWritten:
    file = Attached("b", "talk.wav", "Audio/WAV", 1, "k", "r")
    return MessageWritten(
        "m", REPORT, kind, "Account", "", "", "", "", final=False, consent=consent, attachments=(file,)
    )


@pytest.mark.parametrize(
    "message,code",
    [
        (recording(), "recording_without_consent"),
        (recording(consent=" "), "recording_without_consent"),
        (recording(consent="At the start."), None),
        (recording("message", "At the start."), "consent_without_transcript"),
    ],
)
def test_o01_a_recording_that_another_tool_recorded_without_consent_is_void(
    message: MessageWritten, code: str | None
) -> None:
    book = Casebook()
    book.append(message, DAY)
    assert next((problem.code for problem in book.case.void.values()), None) == code
