# SPDX-License-Identifier: EUPL-1.2
"""Who may do what when: every command there is, for who stepped aside, has an interest, or comes to a closed case."""

from typing import get_args

import pytest

from casework.domain.case.commands import (
    AddNote,
    Command,
    CompleteStep,
    DeclareConflict,
    DiscloseInDanger,
    ExcludeMember,
    FollowProtocol,
    JoinCases,
    LiftHold,
    OpenCase,
    PlaceHold,
    PlaceMessage,
    ReadmitMember,
    ReceiveDeletion,
    ReceiveMessage,
    RecordDeviation,
    RegisterCase,
    ReopenCase,
    ReopenStep,
    ReviewDisclosure,
    SplitCase,
    TakeDecision,
    TellReporter,
    UndoJoining,
    WriteMessage,
)
from casework.domain.case.event_json import entry_from_json
from support.casebook import ANNA, BRAM, REPORT, Casebook, D, web_report

DAY = D("2026-11-24")
COMMANDS: dict[type, Command] = {
    type(command): command
    for command in (
        RegisterCase(BRAM, "2026-001", "Bills"),
        ReceiveMessage(BRAM, REPORT, 1, "h", DAY, "s", "00", {}, "message", None),
        ReceiveDeletion(BRAM, REPORT, 1, DAY, "s"),
        WriteMessage(BRAM, "m", REPORT, "question", "Who?"),
        PlaceMessage(BRAM, "m", "mailbox", DAY, 1, "h"),
        TellReporter(BRAM, WriteMessage(BRAM, "t", REPORT, "question", "Who?"), "phone", DAY),
        CompleteStep(BRAM, "A20"),
        ReopenStep(BRAM, "A01", "Mistake"),
        RecordDeviation(BRAM, "A03", "No time", "gemeentesecretaris"),
        FollowProtocol(BRAM, "B", 1, "ff" * 32, (), "Another person"),
        DeclareConflict(BRAM, conflict=False),
        ExcludeMember(BRAM, ANNA, "Kin"),
        ReadmitMember(BRAM, ANNA, "A mistake"),
        TakeDecision(BRAM, "other", "Wait", "Reasons", "secretary"),
        AddNote(BRAM, "Hm"),
        PlaceHold(BRAM, "h", "Court"),
        LiftHold(BRAM, "standing", "Over"),
        DiscloseInDanger(BRAM, "e", "112", "Fire", "Now", DAY, identity_told=False),
        ReviewDisclosure(BRAM, "d", "justified"),
        JoinCases(BRAM, "case-1", "case-2", leads=True, reason="Same facts"),
        UndoJoining(BRAM, "case-3", "Other facts"),
        SplitCase(BRAM, ("case-4",), "Two persons"),
        ReopenCase(BRAM, "New facts"),
    )
}
OF_NEW_CASES = {OpenCase}
STEPPING_ASIDE = {DeclareConflict}
STAYS_POSSIBLE = {
    ReceiveMessage,
    ReceiveDeletion,
    PlaceMessage,
    AddNote,
    PlaceHold,
    LiftHold,
    DiscloseInDanger,
    ReviewDisclosure,
    DeclareConflict,
    ExcludeMember,
    ReadmitMember,
    ReopenCase,
}


@pytest.fixture
def book() -> Casebook:
    """A case with a hold, a message under way, and a disclosure that waits for its review."""
    book = Casebook()
    book.write("message", on="2026-11-23")
    book.do(PlaceHold(ANNA, "standing", "Court"), on="2026-11-23")
    book.do(DiscloseInDanger(ANNA, "d", "112", "Fire", "Now", DAY, identity_told=False), on="2026-11-24")
    return book


def refusals(book: Casebook) -> dict[type, str]:
    return {kind: book.refusal(command) for kind, command in COMMANDS.items()}


def test_the_table_names_every_command() -> None:
    assert set(get_args(Command)) == COMMANDS.keys() | OF_NEW_CASES


def test_a_member_who_stepped_aside_can_do_nothing_more(book: Casebook) -> None:
    book.do(ExcludeMember(BRAM, BRAM, "I know the person concerned."), on="2026-11-24")
    assert set(refusals(book).values()) == {"member_excluded"}


def test_a_member_with_an_interest_can_only_step_aside(book: Casebook) -> None:
    book.do(DeclareConflict(BRAM, conflict=True, explanation="Kin"), on="2026-11-24")
    refused = {kind for kind, code in refusals(book).items() if code == "declared_conflict"}
    assert refused == COMMANDS.keys() - STEPPING_ASIDE
    assert book.refusal(ExcludeMember(BRAM, BRAM, "Kin")) == "accepted"


def test_in_a_closed_case_only_what_arrives_or_cannot_wait_is_recorded() -> None:
    refused = {kind for kind, code in refusals(Casebook().closed()).items() if code == "case_closed"}
    assert refused == COMMANDS.keys() - STAYS_POSSIBLE


def test_a_case_of_a_newer_version_is_for_reading(book: Casebook) -> None:
    newer = entry_from_json(len(book.entries), DAY, ANNA, {"type": "NoteAdded", "v": 2})
    book.entries.append(newer)
    assert set(refusals(book).values()) == {"read_only"}


def test_without_a_report_there_is_no_case_to_act_in() -> None:
    book = Casebook()
    book.entries.clear()
    assert set(refusals(book).values()) == {"no_case"}
    assert book.refusal(OpenCase(BRAM, web_report(), "2026-001", "Bills")) == "accepted"
