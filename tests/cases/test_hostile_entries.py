# SPDX-License-Identifier: EUPL-1.2
"""What another program could append to a case, well-formed and wrong: it stays in the log, shown and without effect."""

from casework.domain.case.commands import DeclareConflict, FollowProtocol, RecordDeviation
from casework.domain.case.events import ProtocolPinned, StepCompleted
from casework.domain.judge.assess import assess
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import read_own
from support.casebook import ANNA, BRAM, PROTOCOL, Casebook, D

DAY = "2026-11-24"


def ours(version: int) -> InvestigationProtocol:
    return read_own(f'extends = "A_ambtenaren"\nid = "A_ours"\nversion = {version}'.encode(), "ours.toml")


def move(book: Casebook, to: InvestigationProtocol, *kept: str) -> None:
    book.do(FollowProtocol(ANNA, to.id, to.version, to.digest, kept, "The council decided so."), on=DAY)
    book.protocol = to


def test_what_a_member_with_an_interest_appends_does_not_count() -> None:
    book = Casebook().through_conflict_check()
    step = book.completion("A03", "niet_in_behandeling", on=DAY)
    book.do(DeclareConflict(BRAM, conflict=True, explanation="Kin"), on=DAY)
    book.append(StepCompleted(step.step, step.record, step.option), DAY, BRAM)
    judged = book.judged(DAY)
    assert judged.void[book.entries[-1].seq].code == "declared_conflict"
    assert judged.step("A03").state is StepState.OPEN


def test_a_step_that_was_done_cannot_be_left_out_afterwards() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "feitenonderzoek", on=DAY)
    command = RecordDeviation(ANNA, "A03", "No time", PROTOCOL.deviation_authority)
    assert book.refusal(command, on=DAY) == "already_done"


def test_a_move_cannot_keep_what_never_completes_a_step() -> None:
    book = Casebook().through_conflict_check()
    book.append(StepCompleted("A17", {}, None), DAY)
    book.append(StepCompleted("A10", {}, "no such outcome"), DAY)
    to = ours(1)
    book.append(ProtocolPinned(to.id, to.version, to.digest, "A reason.", ("A10", "A17", "nowhere")), DAY)
    judged = assess(to, book.case, D(DAY))
    assert not judged.step("A10").completions
    assert not judged.step("A17").completions


def test_what_one_move_did_not_keep_a_later_move_does_not_bring_back() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "feitenonderzoek", on=DAY)
    move(book, ours(1))
    book.complete("A01", on=DAY)
    book.complete("A02", on=DAY)
    book.complete("A03", "niet_in_behandeling", on=DAY)
    move(book, ours(2), "A01", "A02", "A03")
    flow = book.judged(DAY).flow
    assert flow
    assert [done.event.option for done in flow.completions["A03"]] == ["niet_in_behandeling"]


def test_what_every_move_kept_stands() -> None:
    book = Casebook().through_conflict_check()
    move(book, ours(1))
    book.complete("A01", on=DAY)
    move(book, ours(2), "A01")
    move(book, ours(3), "A01")
    assert book.judged(DAY).step("A01").state is StepState.DONE
    assert len(book.judged(DAY).step("A01").completions) == 1
