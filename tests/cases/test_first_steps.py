# SPDX-License-Identifier: EUPL-1.2
"""The first steps of protocol A and the feedback, as members meet them."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import (
    CompleteStep,
    DeclareConflict,
    ExcludeMember,
    OpenCase,
    PlaceMessage,
    ReceiveMessage,
    TakeDecision,
    WriteMessage,
)
from casework.domain.errors import Refused
from casework.domain.judge.assess import assess
from casework.domain.judge.views import FinalFeedback, StepState
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, BRAM, PROTOCOL, REPORT, Casebook, D, filled_in, told_report, web_report


def completion(step: str, option: str | None = None, by: str = ANNA) -> CompleteStep:
    return CompleteStep(by, step, filled_in(PROTOCOL.steps[step].record, option), option)


def test_a_received_report_has_its_first_step_done_and_the_clocks_of_the_law_running() -> None:
    judged = Casebook().judged("2026-11-21")
    assert judged.step("A00").state is StepState.DONE
    assert judged.step("A01").state is StepState.BLOCKED
    assert [clock.term.name for clock in judged.owed] == ["acknowledgement", "A10", "feedback"]
    assert {clock.status for clock in judged.owed} == {ClockStatus.RUNNING}
    assert judged.next_due is not None
    assert judged.next_due.due == D("2026-11-28")


def test_opening_a_case_pins_the_protocol_and_gives_it_a_register_line() -> None:
    case = Casebook().case
    assert case.pinned is not None
    assert case.pinned.digest == PROTOCOL.digest
    assert case.number == "2026-001"


def test_a_report_is_opened_once() -> None:
    assert Casebook().refusal(OpenCase(BRAM, web_report(), "2026-002", "Again")) == "already_open"


def test_registration_waits_for_the_acknowledgement_to_be_placed() -> None:
    book = Casebook()
    book.write("acknowledgement", on="2026-11-22")
    assert book.refusal(completion("A01")) == "not_acknowledged"
    assert [problem.code for problem in book.judged("2026-11-22").step("A01").blocked_by] == ["not_acknowledged"]


def test_registration_is_done_with_its_record_after_the_acknowledgement() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-23")
    assert book.judged("2026-11-23").step("A01").state is StepState.OPEN
    book.complete("A01", on="2026-11-23")
    assert book.judged("2026-11-23").step("A01").state is StepState.DONE


def test_t14_a_letter_counts_from_its_arrival_not_from_its_registration() -> None:
    book = Casebook(told_report("2026-11-20"), on="2026-11-24")
    assert book.judged("2026-11-24").reports[0].acknowledgement.due == D("2026-11-27")


def test_t15_a_report_told_to_a_manager_counts_from_that_day() -> None:
    book = Casebook(told_report("2026-11-23", "manager", forwarded="2026-11-27"), on="2026-11-27")
    assert book.judged("2026-11-27").reports[0].acknowledgement.due == D("2026-11-30")


def test_t16_opening_the_report_on_day_six_does_not_restart_the_clock() -> None:
    book = Casebook(web_report("2026-11-21"), on="2026-11-27")
    assert book.judged("2026-11-27").reports[0].acknowledgement.due == D("2026-11-28")


def test_t18_an_acknowledgement_counts_on_the_day_of_placing_although_nobody_read_it() -> None:
    book = Casebook()
    message = book.write("acknowledgement", on="2026-11-22")
    book.do(PlaceMessage(ANNA, message, "mailbox", D("2026-11-24"), 1, "head"), on="2026-11-30")
    clock = book.judged("2026-12-01").reports[0].acknowledgement
    assert (clock.stopped, clock.status) == (D("2026-11-24"), ClockStatus.MET_ON_TIME)


def test_a_written_acknowledgement_that_was_not_placed_stops_nothing() -> None:
    book = Casebook()
    book.write("acknowledgement", on="2026-11-22")
    assert book.judged("2026-11-29").reports[0].acknowledgement.status is ClockStatus.OVERDUE


def test_t20_feedback_counts_from_the_placing_of_the_acknowledgement() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-25")
    assert book.judged("2026-11-25").reports[0].feedback.due == D("2027-02-25")


def test_t27_by_policy_the_receipt_is_the_acknowledgement() -> None:
    view = Casebook(web_report(receipt_is_ack=True)).judged("2026-11-21").reports[0]
    assert view.acknowledgement.status is ClockStatus.MET_ON_TIME
    assert view.feedback.due == D("2027-02-21")


def test_t28_a_late_acknowledgement_is_late_and_lengthens_nothing() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-12-04")
    view = book.judged("2026-12-04").reports[0]
    assert view.acknowledgement.status is ClockStatus.MET_LATE
    assert view.feedback.due == D("2027-02-28")


def test_t30_interim_feedback_stops_the_alarm_and_leaves_final_feedback_open() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-25")
    book.send("feedback", on="2027-02-20")
    view = book.judged("2027-04-01").reports[0]
    assert view.feedback.status is ClockStatus.MET_ON_TIME
    assert view.final_feedback is FinalFeedback.OPEN
    assert book.judged("2027-04-01").step("A17").state is StepState.OPEN


def test_final_feedback_completes_the_feedback_step() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-25")
    book.send("feedback", on="2026-12-20", final=True)
    judged = book.judged("2026-12-20")
    assert judged.reports[0].final_feedback is FinalFeedback.GIVEN
    assert judged.step("A17").state is StepState.DONE


@pytest.mark.parametrize(
    "assessment,follow_up,follow_up_text,grounds,code",
    [
        pytest.param("", "some", "An inquiry.", "Facts.", "missing_field", id="T31-no-assessment"),
        pytest.param("True.", "none", "", "Facts.", "missing_field", id="T31-none-without-a-reason"),
        pytest.param("True.", "none", "Nothing to follow up.", "Facts.", "accepted", id="T31-none-with-a-reason"),
        pytest.param("True.", "some", "", "Facts.", "missing_field", id="follow-up-that-says-nothing"),
        pytest.param("True.", "", "An inquiry.", "Facts.", "missing_field", id="no-follow-up-chosen"),
        pytest.param("True.", "perhaps", "An inquiry.", "Facts.", "unknown_choice", id="unknown-follow-up"),
        pytest.param("True.", "some", "An inquiry.", " ", "missing_field", id="no-grounds"),
    ],
)
def test_t31_feedback_needs_assessment_and_follow_up(
    assessment: str, follow_up: str, follow_up_text: str, grounds: str, code: str
) -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-23")
    command = WriteMessage(ANNA, "m", REPORT, "feedback", "Hello", assessment, follow_up, follow_up_text, grounds)
    assert book.refusal(command) == code


def test_feedback_before_any_acknowledgement_is_recorded_and_the_acknowledgement_stays_due() -> None:
    book = Casebook()
    book.send("feedback", on="2026-11-23")
    view = book.judged("2026-11-29").reports[0]
    assert view.feedback.status is ClockStatus.MET_ON_TIME
    assert view.acknowledgement.status is ClockStatus.OVERDUE


def test_an_unreachable_reporter_needs_a_decision_with_grounds() -> None:
    book = Casebook(told_report("2026-11-20"), on="2026-11-20")
    decision = TakeDecision(ANNA, "feedback_impossible", "impossible", "No address", "chair", report="told-1")
    book.do(decision, on="2026-11-24")
    view = book.judged("2027-06-01").reports[0]
    assert (view.final_feedback, view.feedback.status) == (FinalFeedback.IMPOSSIBLE, ClockStatus.EXCUSED)


def test_a_case_whose_reporter_nothing_reaches_goes_on_without_an_acknowledgement() -> None:
    book = Casebook(told_report("2026-11-20", channel="file"), on="2026-11-20")
    assert "not_acknowledged" in [problem.code for problem in book.judged("2026-11-24").step("A01").blocked_by]
    decision = TakeDecision(ANNA, "feedback_impossible", "impossible", "One way", "chair", report="told-1")
    book.do(decision, on="2026-11-24")
    book.complete("A01", on="2026-11-24")


def test_a_message_without_text_is_refused() -> None:
    assert Casebook().refusal(WriteMessage(ANNA, "m", REPORT, "question", " ")) == "missing_field"


def test_an_assessment_belongs_in_feedback_only() -> None:
    assert Casebook().refusal(WriteMessage(ANNA, "m", REPORT, "question", "Who?", "True.")) == "not_feedback"


def test_two_members_who_acknowledge_at_once_send_one_acknowledgement() -> None:
    book = Casebook()
    book.write("acknowledgement", on="2026-11-22")
    assert book.refusal(WriteMessage(BRAM, "m", REPORT, "acknowledgement", "Thank you")) == "already_acknowledged"


def test_a_receipt_that_is_the_acknowledgement_needs_no_other() -> None:
    book = Casebook(web_report(receipt_is_ack=True))
    assert book.refusal(WriteMessage(ANNA, "m", REPORT, "acknowledgement", "Thank you")) == "already_acknowledged"


def test_a_message_of_an_unknown_kind_is_refused() -> None:
    assert Casebook().refusal(WriteMessage(ANNA, "m", REPORT, "rumour", "Psst")) == "unknown_kind"


def test_a_message_to_an_unknown_report_is_refused() -> None:
    assert Casebook().refusal(WriteMessage(ANNA, "m", "mailbox-9", "question", "Who?")) == "unknown_report"


def placing(message: str, **changes: object) -> PlaceMessage:
    fields = {"way": "mailbox", "placed": D("2026-11-24"), "seq": 1, "head": "head"} | changes
    return PlaceMessage(ANNA, message, **fields)  # type: ignore[arg-type] # a table of changes


@pytest.mark.parametrize(
    "changes,code",
    [
        ({}, "accepted"),
        ({"head": None}, "placing_without_entry"),
        ({"way": "pigeon"}, "unknown_value"),
        ({"way": "phone", "placed": D("2026-11-26"), "seq": None, "head": None}, "placing_day"),
        ({"way": "phone", "placed": D("2026-11-20"), "seq": None, "head": None}, "placing_day"),
        ({"way": "phone", "seq": None, "head": None}, "accepted"),
    ],
)
def test_placing_says_where_or_how_and_on_a_possible_day(changes: dict[str, object], code: str) -> None:
    book = Casebook()
    message = book.write("question", on="2026-11-22")
    assert book.refusal(placing(message, **changes)) == code


def test_a_message_is_placed_once() -> None:
    book = Casebook()
    message = book.write("question", on="2026-11-22")
    book.do(placing(message), on="2026-11-24")
    assert book.refusal(placing(message)) == "already_recorded"


def test_a_message_that_nobody_wrote_cannot_be_placed() -> None:
    assert Casebook().refusal(placing("message-9")) == "unknown_message"


def test_a_follow_up_of_the_reporter_is_taken_in_once() -> None:
    book = Casebook()
    follow_up = ReceiveMessage(BRAM, REPORT, 2, "head", D("2026-11-24"), "signed", "00", {}, "message", None)
    book.do(follow_up, on="2026-11-24")
    assert book.refusal(follow_up) == "already_recorded"
    assert list(book.case.reports[REPORT].follow_ups) == [2]


def test_the_conflict_check_needs_a_declaration_of_every_handler() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-23")
    book.complete("A01", on="2026-11-23")
    assert book.refusal(completion("A02")) == "declaration_missing"
    book.do(DeclareConflict(BRAM, conflict=False), on="2026-11-23")
    assert book.refusal(completion("A02", by=BRAM)) == "declaration_missing"
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-23")
    assert book.refusal(completion("A02", by=BRAM)) == "accepted"


def test_the_conflict_check_waits_until_who_has_an_interest_is_excluded() -> None:
    book = Casebook()
    book.send("acknowledgement", on="2026-11-23")
    book.complete("A01", on="2026-11-23")
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-23")
    book.do(DeclareConflict(BRAM, conflict=True, explanation="My brother."), on="2026-11-23")
    assert book.refusal(completion("A02")) == "conflict_not_excluded"
    book.do(ExcludeMember(ANNA, BRAM, "Brother of the person concerned"), on="2026-11-23")
    assert book.refusal(completion("A02")) == "accepted"


def test_who_declared_an_interest_can_only_step_aside() -> None:
    book = Casebook()
    book.do(DeclareConflict(BRAM, conflict=True, explanation="My brother."), on="2026-11-23")
    assert book.refusal(WriteMessage(BRAM, "m", REPORT, "question", "Who?")) == "declared_conflict"
    assert book.refusal(ExcludeMember(BRAM, BRAM, "My brother.")) == "accepted"


def test_an_interest_without_explanation_is_refused() -> None:
    assert Casebook().refusal(DeclareConflict(BRAM, conflict=True)) == "missing_text"


def test_an_excluded_member_can_do_nothing() -> None:
    book = Casebook()
    book.do(ExcludeMember(ANNA, BRAM, "Named in the report"), on="2026-11-23")
    assert book.refusal(DeclareConflict(BRAM, conflict=False)) == "member_excluded"


def test_triage_comes_after_the_conflict_check() -> None:
    assert Casebook().refusal(completion("A03", "vooronderzoek")) == "not_reached"


CRITERIA = (
    "concreetheid_reden",
    "betrouwbaarheid_reden",
    "onderzoekwaardigheid_reden",
    "kwalificatie_reden",
    "ernst_reden",
    "spoed_reden",
    "benadelingsrisico_reden",
)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_triage_needs_a_reason_per_criterion(criterion: str) -> None:
    book = Casebook().through_conflict_check()
    whole = completion("A03", "vooronderzoek")
    record = {name: value for name, value in whole.record.items() if name != criterion}
    assert book.refusal(replace(whole, record=record)) == "missing_field"


@pytest.mark.parametrize(
    "option,code",
    [
        ("nadere_vragen", "accepted"),
        ("niet_in_behandeling", "accepted"),
        ("doorverwijzen", "accepted"),
        ("afdoening_in_lijn", "accepted"),
        ("vooronderzoek", "accepted"),
        ("feitenonderzoek", "accepted"),
        ("aangifte", "accepted"),
        ("weggooien", "unknown_option"),
        (None, "unknown_option"),
    ],
)
def test_triage_chooses_one_outcome(option: str | None, code: str) -> None:
    assert Casebook().through_conflict_check().refusal(completion("A03", option)) == code


def test_triage_is_done_by_who_declared_to_have_no_interest() -> None:
    book = Casebook().through_conflict_check()
    assert book.refusal(completion("A03", "vooronderzoek", by=BRAM)) == "own_declaration_missing"


def test_a_member_sees_what_is_in_their_own_way() -> None:
    book = Casebook().through_conflict_check()
    assert assess(PROTOCOL, book.case, D("2026-11-24"), by=ANNA).step("A03").state is StepState.OPEN
    triage = assess(PROTOCOL, book.case, D("2026-11-24"), by=BRAM).step("A03")
    assert [problem.code for problem in triage.blocked_by] == ["own_declaration_missing"]


def test_questions_lead_back_to_triage() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "nadere_vragen", on="2026-11-24")
    book.send("question", on="2026-11-24")
    judged = book.judged("2026-11-25")
    assert judged.step("A03").state is StepState.DONE
    questions = judged.step("A04")
    assert questions.state is StepState.OPEN
    assert questions.clock is not None
    assert questions.clock.due == D("2026-12-08")
    book.complete("A04", "geen_reactie", on="2026-12-09")
    assert book.judged("2026-12-09").step("A03").state is StepState.OPEN


def test_local_norms_become_overdue_and_stay_met_once_met() -> None:
    book = Casebook().through_conflict_check(on="2026-11-24")
    assert {clock.term.name for clock in book.judged("2026-12-06").overdue} == {"A03"}
    conflict_check = book.judged("2026-12-06").step("A02").clock
    assert conflict_check is not None
    assert (conflict_check.due, conflict_check.status) == (D("2026-11-23"), ClockStatus.MET_LATE)
    assert conflict_check.atw is None


def test_a_step_that_is_done_is_not_done_twice() -> None:
    assert Casebook().through_conflict_check().refusal(completion("A02")) == "already_done"


def test_receipt_and_feedback_are_no_forms() -> None:
    book = Casebook()
    assert book.refusal(CompleteStep(ANNA, "A00")) == "done_by_report"
    assert book.refusal(CompleteStep(ANNA, "A17")) == "done_by_feedback"


def test_a_field_that_the_step_does_not_know_is_refused() -> None:
    book = Casebook().through_conflict_check()
    whole = completion("A03", "vooronderzoek")
    assert book.refusal(replace(whole, record={**whole.record, "naam_melder": "J."})) == "unknown_field"


def test_a_report_that_was_told_without_account_is_refused() -> None:
    report = told_report("2026-11-20")
    with pytest.raises(Refused, match="report_without_text"):
        Casebook(replace(report, account=None))
