# SPDX-License-Identifier: EUPL-1.2
"""Protocol A from receipt to closing, along its different roads."""

import pytest

from casework.domain.case.commands import AddNote, CompleteStep, RecordDeviation, ReopenCase, ReopenStep
from casework.domain.case.events import CaseClosed
from casework.domain.judge.views import StepState
from support.casebook import AFTERWARDS, ANNA, DISMISSED, PROTOCOL, Casebook, D, filled_in

INVESTIGATED = (
    ("A03", "feitenonderzoek"),
    ("A05", None),
    ("A06", "feitenonderzoek_intern"),
    ("A09", "intern"),
    ("A08", "toegang_beperken"),
    ("A10", "geinformeerd"),
    ("A11", None),
    ("A12", "uitgenodigd"),
    ("A12", "gehoord"),
    ("A12r", "meer_onderzoek"),
    ("A11", None),
    ("A12", "gehoord"),
    ("A12r", "afgerond"),
    ("A13", "concept_verzonden"),
    ("A13", "afgerond"),
    ("A14", None),
    ("A15", "gegrond"),
    ("A16", "geen_aangifte"),
    ("A18", None),
)


def road(*steps: tuple[str, str | None]) -> Casebook:
    book = Casebook().through_conflict_check()
    for step, option in steps:
        book.complete(step, option, on="2026-11-24")
    return book


def finished(*steps: tuple[str, str | None]) -> Casebook:
    book = road(*steps)
    book.send("feedback", on="2026-11-25", final=True)
    for step, option in AFTERWARDS:
        book.complete(step, option, on="2026-11-25")
    return book


def closing() -> CompleteStep:
    return CompleteStep(ANNA, "A21", filled_in(PROTOCOL.steps["A21"].record, None))


@pytest.mark.parametrize("steps", [DISMISSED, INVESTIGATED], ids=["dismissed", "investigated"])
def test_a_case_reaches_its_closing(steps: tuple[tuple[str, str | None], ...]) -> None:
    book = finished(*steps)
    events = book.do(closing(), on="2026-11-26")
    judged = book.judged("2026-11-26")
    assert events[-1] == CaseClosed("A21")
    assert judged.closed
    assert not judged.void
    assert not judged.irregular
    assert [view.step.id for view in judged.to_do if not view.step.optional] == ["A22"]


def test_after_closing_only_destruction_or_transfer_is_left_of_the_steps() -> None:
    book = finished(*DISMISSED)
    book.do(closing(), on="2026-11-26")
    assert book.refusal(CompleteStep(ANNA, "A20", filled_in(PROTOCOL.steps["A20"].record, None))) == "case_closed"
    book.complete("A22", "vernietigd", on="2026-11-27")
    assert book.judged("2026-11-27").exit == "END"


def test_p01_there_is_no_fact_finding_without_a_mandate() -> None:
    book = road(*INVESTIGATED[:3])
    evidence = CompleteStep(ANNA, "A11", filled_in(PROTOCOL.steps["A11"].record, None))
    assert book.refusal(evidence) == "not_reached"
    book.complete("A09", "intern", on="2026-11-24")
    book.complete("A10", "geinformeerd", on="2026-11-24")
    assert book.refusal(evidence) == "accepted"


def test_a_reopened_mandate_blocks_the_fact_finding_again() -> None:
    book = road(*INVESTIGATED[:6])
    book.do(ReopenStep(ANNA, "A09", "The questions were wrong."), on="2026-11-24")
    view = book.judged("2026-11-24").step("A11")
    assert (view.state, [problem.code for problem in view.blocked_by]) == (StepState.BLOCKED, ["earlier_step"])
    assert len(book.judged("2026-11-24").step("A09").completions) == 1


def test_p03_a_postponed_notice_stays_owed_and_blocks_closing() -> None:
    book = road(*INVESTIGATED[:5])
    book.complete("A10", "uitgesteld", on="2026-11-24")
    judged = book.judged("2026-11-24")
    assert judged.step("A10").state is StepState.OPEN
    assert judged.step("A11").state is StepState.OPEN


def test_p04_a_deviation_needs_consent_and_lets_the_case_go_on() -> None:
    book = road(*INVESTIGATED[:13])
    assert book.refusal(RecordDeviation(ANNA, "A13", "Refused to answer", "")) == "missing_text"
    book.do(RecordDeviation(ANNA, "A13", "Refused to answer", "gemeentesecretaris"), on="2026-11-24")
    judged = book.judged("2026-11-24")
    assert judged.step("A13").state is StepState.LEFT_OUT


def test_a_step_that_was_left_out_can_be_taken_up_again() -> None:
    book = road(*INVESTIGATED[:13])
    book.do(RecordDeviation(ANNA, "A13", "Refused to answer", "gemeentesecretaris"), on="2026-11-24")
    book.do(ReopenStep(ANNA, "A13", "Will answer after all"), on="2026-11-24")
    assert book.judged("2026-11-24").step("A13").state is StepState.OPEN


def test_aftercare_that_is_finished_is_not_asked_again_by_later_feedback() -> None:
    book = road(*INVESTIGATED, *AFTERWARDS)
    book.send("feedback", on="2026-11-25", final=True)
    assert book.judged("2026-11-25").step("A19").state is StepState.DONE
    assert book.refusal(closing()) == "accepted"


@pytest.mark.parametrize("step", ["A01", "A02", "A10", "A17"])
def test_what_the_law_asks_cannot_be_left_out(step: str) -> None:
    assert (
        road(*INVESTIGATED[:5]).refusal(RecordDeviation(ANNA, step, "No time", "gemeentesecretaris"))
        == "law_cannot_be_left_out"
    )


def test_p07_closing_waits_for_final_feedback() -> None:
    book = road(*DISMISSED)
    book.send("feedback", on="2026-11-25")
    assert book.refusal(closing()) == "not_reached"
    book.send("feedback", on="2026-11-25", final=True)
    for step, option in AFTERWARDS:
        book.complete(step, option, on="2026-11-25")
    assert book.refusal(closing()) == "accepted"


def test_a_reopened_case_cannot_close_before_every_open_step_is_done() -> None:
    book = finished(*DISMISSED)
    book.do(closing(), on="2026-11-26")
    book.do(ReopenCase(ANNA, "New facts"), on="2026-11-27")
    assert book.refusal(closing(), on="2026-11-27") == "steps_open"


def test_p08_reopening_keeps_earlier_records_and_terms() -> None:
    book = finished(*DISMISSED)
    before = book.judged("2026-11-26").reports
    book.do(closing(), on="2026-11-26")
    book.do(ReopenCase(ANNA, "New facts"), on="2026-11-26")
    judged = book.judged("2026-11-26")
    assert not judged.closed
    assert judged.reports == before
    assert judged.step("A03").state is StepState.OPEN
    assert len(judged.step("A03").completions) == 1
    for step, option in DISMISSED:
        book.complete(step, option, on="2026-11-27")
    assert book.refusal(closing(), on="2026-11-27") == "accepted"


def test_a_message_on_its_way_blocks_closing() -> None:
    book = finished(*DISMISSED)
    book.write("message", on="2026-11-26")
    assert book.refusal(closing()) == "message_not_placed"


def test_a_rerouted_case_has_no_more_steps_than_closing_and_feedback() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A02x", "politieke_ambtsdrager", on="2026-11-24")
    judged = book.judged("2026-11-24")
    assert judged.exit == "EXIT_B"
    assert {view.step.id for view in judged.to_do} == {"A17", "A21"}


def test_an_interim_measure_may_be_taken_beside_the_other_steps() -> None:
    assert Casebook().through_conflict_check().judged("2026-11-24").step("A08").state is StepState.LATER
    view = road(*DISMISSED[:2]).judged("2026-11-24").step("A08")
    assert (view.state, view.step.optional) == (StepState.OPEN, True)


def test_right_of_reply_runs_ten_working_days_from_the_sending_of_the_draft() -> None:
    book = Casebook().through_conflict_check()
    for step, option in INVESTIGATED[:13]:
        book.complete(step, option, on="2026-12-01")
    assert book.judged("2026-12-22").step("A13").clock is None
    book.complete("A13", "concept_verzonden", on="2026-12-22")
    clock = book.judged("2026-12-22").step("A13").clock
    assert clock is not None
    assert clock.due == D("2027-01-07")
    book.complete("A13", "afgerond", on="2027-01-05")
    stopped = book.judged("2027-03-01").step("A13").clock
    assert stopped is not None
    assert (stopped.due, stopped.stopped) == (D("2027-01-07"), D("2027-01-05"))


def test_notice_to_the_person_concerned_is_law_and_has_an_extended_date() -> None:
    book = Casebook().through_conflict_check()
    for step, option in INVESTIGATED[:5]:
        book.complete(step, option, on="2026-12-01")
    clock = book.judged("2026-12-01").step("A10").clock
    assert clock is not None
    assert (clock.due, clock.atw) == (D("2026-12-21"), D("2026-12-21"))


def test_a_note_stays_possible_after_closing() -> None:
    book = finished(*DISMISSED)
    book.do(closing(), on="2026-11-26")
    assert book.refusal(AddNote(ANNA, "Archivist called")) == "accepted"
    assert book.refusal(AddNote(ANNA, " ")) == "missing_text"


def test_a_step_that_was_never_done_cannot_be_reopened() -> None:
    assert Casebook().refusal(ReopenStep(ANNA, "A03", "Why not")) == "not_done"
    assert Casebook().refusal(ReopenStep(ANNA, "Z99", "Why not")) == "unknown_step"


def test_a_case_that_runs_is_not_reopened() -> None:
    assert Casebook().refusal(ReopenCase(ANNA, "New facts")) == "not_closed"


@pytest.mark.parametrize("step", [step for step in PROTOCOL.steps if step != "A00"])
def test_every_step_has_a_required_record(step: str) -> None:
    assert any(field.required for field in PROTOCOL.steps[step].record)
