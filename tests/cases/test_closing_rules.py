# SPDX-License-Identifier: EUPL-1.2
"""What closing waits for under every protocol, what reopening keeps, and how a deviation is accounted for."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import (
    DiscloseInDanger,
    LiftHold,
    PlaceHold,
    RecordDeviation,
    ReopenCase,
    ReopenStep,
    ReviewDisclosure,
    TakeDecision,
)
from casework.domain.judge.guards import Situation, guard_problems
from casework.domain.judge.walk import walk
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import shipped_protocols
from support.casebook import AFTERWARDS, ANNA, BRAM, CARLA, DISMISSED, REPORT, Casebook, D

AUTHORITY = "gemeentesecretaris"
TOLD = DiscloseInDanger(ANNA, "d", "112", "Fire", "Now", D("2026-11-22"), identity_told=False)
UNREACHABLE = TakeDecision(ANNA, "feedback_impossible", "impossible", "The letter came back.", "chair", REPORT)


def closed() -> Casebook:
    book = Casebook().through_conflict_check().dismissed()
    book.complete("A21", on="2026-11-26")
    return book


def missing(book: Casebook, protocol: InvestigationProtocol) -> set[str]:
    flow = walk(protocol, book.case)
    # Without its own guards: what is left is what no file can leave out.
    bare = replace(protocol.closing, guards=())
    return {problem.code for problem in guard_problems(Situation(flow, bare))}


@pytest.mark.parametrize("protocol", shipped_protocols().values(), ids=lambda protocol: protocol.id)
def test_p07_no_protocol_closes_a_case_without_final_feedback_or_with_something_open(
    protocol: InvestigationProtocol,
) -> None:
    book = Casebook(protocol=protocol)
    assert "final_feedback_missing" in missing(book, protocol)
    book.do(TOLD, on="2026-11-22")
    book.write("message", on="2026-11-22")
    assert {"disclosure_not_reviewed", "message_not_placed"} <= missing(book, protocol)

    for reviewer in (BRAM, CARLA):
        book.do(ReviewDisclosure(reviewer, "d", "justified"), on="2026-11-23")
    book.send("feedback", on="2026-11-23", final=True)
    assert not {"disclosure_not_reviewed", "final_feedback_missing"} & missing(book, protocol)


def test_p07_a_reporter_who_cannot_be_reached_does_not_keep_a_case_open() -> None:
    book = Casebook().through_conflict_check()
    for step, option in DISMISSED:
        book.complete(step, option, on="2026-11-24")
    book.do(UNREACHABLE, on="2026-11-25")
    for step, option in AFTERWARDS:
        book.complete(step, option, on="2026-11-25")
    assert book.closing("2026-11-25").can_be_done


@pytest.mark.parametrize("decision", [replace(UNREACHABLE, outcome=""), replace(UNREACHABLE, grounds=" ")])
def test_that_a_reporter_cannot_be_reached_is_decided_with_reasons(decision: TakeDecision) -> None:
    assert Casebook().refusal(decision) == "missing_text"


def test_p08_reopening_keeps_holds_disclosures_messages_and_the_protocol() -> None:
    book = closed()
    book.do(PlaceHold(ANNA, "h", "Court"), on="2026-11-26")
    book.do(TOLD, on="2026-11-26")
    before = book.case
    book.do(ReopenCase(BRAM, "New facts"), on="2026-11-27")
    after = book.case
    assert (after.holds, after.disclosures, after.messages) == (before.holds, before.disclosures, before.messages)
    assert (after.pinned, after.reports, after.number) == (before.pinned, before.reports, before.number)
    assert after.entries[:-1] == before.entries


def test_reopening_needs_a_reason_and_a_closed_case() -> None:
    assert closed().refusal(ReopenCase(ANNA, " ")) == "missing_text"
    assert Casebook().refusal(ReopenCase(ANNA, "New facts")) == "not_closed"


def test_p08_a_case_can_be_closed_and_reopened_more_than_once() -> None:
    book = closed()
    for day in ("2026-11-27", "2026-11-28"):
        book.do(ReopenCase(ANNA, "New facts"), on=day)
        for step, option in DISMISSED[:3]:
            book.complete(step, option, on=day)
        book.complete("A21", on=day)
    assert book.judged("2026-11-28").closed
    assert not book.judged("2026-11-28").irregular


def test_p04_only_the_authority_of_the_protocol_consents_to_a_deviation() -> None:
    book = Casebook().through_conflict_check()
    assert book.refusal(RecordDeviation(ANNA, "A03", "No time", "the chair")) == "not_the_authority"
    assert book.refusal(RecordDeviation(ANNA, "A03", " ", AUTHORITY)) == "missing_text"
    assert book.refusal(RecordDeviation(ANNA, "A03", "No time", AUTHORITY)) == "accepted"


def test_p04_a_deviation_is_listed_until_the_step_is_taken_up_again() -> None:
    book = Casebook().through_conflict_check()
    book.do(RecordDeviation(ANNA, "A03", "No time", AUTHORITY), on="2026-11-24")
    (listed,) = book.judged("2026-11-24").deviations
    assert (listed.author, listed.day) == (ANNA, D("2026-11-24"))
    book.do(ReopenStep(ANNA, "A03", "There is time after all"), on="2026-11-25")
    assert book.judged("2026-11-25").deviations == ()


def test_nothing_is_destroyed_while_a_hold_stands() -> None:
    book = closed()
    book.do(PlaceHold(ANNA, "h", "Court"), on="2026-11-26")
    destruction = book.completion("A22", "vernietigd", on="2026-11-27")
    assert book.refusal(destruction, on="2026-11-27") == "held"
    book.do(LiftHold(ANNA, "h", "Over"), on="2026-11-27")
    assert book.refusal(destruction, on="2026-11-27") == "accepted"
