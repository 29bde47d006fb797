# SPDX-License-Identifier: EUPL-1.2
"""What is easily judged wrong by a day, by an order or by one missing thing."""

import pytest

from casework.domain.case.commands import ReceiveMessage, RecordDeviation, ReopenCase, ReopenStep, TakeDecision
from casework.domain.judge.assess import assess
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.term import Clock, ClockStatus, TermKind
from casework.protocols import read_own, shipped_protocols
from support.casebook import ANNA, DISMISSED, PROTOCOL, REPORT, Casebook, D, web_report
from support.scenario import ON, walked
from support.scenario_roads import A_ROADS

TO_TRIAGE = "acknowledge A01 declare A02 "
FROM_THE_ACKNOWLEDGEMENT = """
extends = "A_ambtenaren"
id = "A_ambtenaren"
version = 2

[[step]]
id = "A03"
term = { days = 3, from = "acknowledged", kind = "norm", basis = { nl = "Eigen norm", en = "Own norm" } }
"""

TWO_CONTACTS = """
extends = "A_ambtenaren"
id = "A_ambtenaren"
version = 2

[[step]]
id = "A19"
term = { months = [1, 2], from = "feedback_given", kind = "norm", basis = { nl = "Eigen norm", en = "Own norm" } }
"""


def clock_of(book: Casebook, step: str, on: str) -> Clock:
    clock = book.judged(on).step(step).clock
    assert clock
    return clock


def with_feedback() -> Casebook:
    book = Casebook().through_conflict_check()
    for step, option in DISMISSED:
        book.complete(step, option, on=ON)
    book.send("feedback", on="2026-11-25", final=True)
    return book


@pytest.mark.parametrize(
    "contacts,due,stopped",
    [
        (("2027-02-20",), "2027-02-25", "2027-02-20"),
        (("2027-02-20", "2027-05-28"), "2027-05-25", "2027-05-28"),
        (("2027-02-20", "2027-05-20", "2027-11-20", "2027-12-01"), "2027-11-25", "2027-12-01"),
    ],
)
def test_aftercare_that_is_finished_shows_the_last_contact_that_was_due(
    contacts: tuple[str, ...], due: str, stopped: str
) -> None:
    book = with_feedback()
    for day in contacts[:-1]:
        book.complete("A19", "contact_gehad", on=day)
    book.complete("A19", "afgerond", on=contacts[-1])
    clock = clock_of(book, "A19", "2028-01-01")
    on_time = ClockStatus.MET_ON_TIME if stopped <= due else ClockStatus.MET_LATE
    assert (clock.due, clock.stopped, clock.status) == (D(due), D(stopped), on_time)


def test_after_the_last_contact_that_the_protocol_asks_nothing_is_due_any_more() -> None:
    book = with_feedback()
    for day in ("2027-02-20", "2027-05-20", "2027-11-20"):
        book.complete("A19", "contact_gehad", on=day)
    view = book.judged("2027-12-01").step("A19")
    assert (view.state, view.clock) == (StepState.OPEN, None)


def test_the_clock_of_a_postponement_says_what_it_is_and_ends_on_the_day_that_was_chosen() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=vooronderzoek")
    book.complete("A10", "uitgesteld", on="2026-11-26", herziening_op="2026-11-26")
    clock = clock_of(book, "A10", "2026-11-26")
    step = PROTOCOL.steps["A10"]
    assert (clock.due, clock.status) == (D("2026-11-26"), ClockStatus.DUE_TODAY)
    assert (clock.term.name, clock.term.title, clock.term.rule.kind) == ("A10", step.title, TermKind.NORM)
    assert clock.term.rule.basis.en.startswith("The day that was chosen")
    assert clock.term.started_by == clock.term.stops_when == step.when_done


def test_a_notice_postponed_on_the_last_day_is_on_time_when_given_by_the_chosen_day() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=vooronderzoek")
    assert clock_of(book, "A10", ON).due == D("2026-12-21")
    book.complete("A10", "uitgesteld", on="2026-12-21", herziening_op="2027-01-15")
    assert clock_of(book, "A10", "2027-01-10").due == D("2027-01-15")
    book.complete("A10", "geinformeerd", on="2027-01-12", geinformeerd_op="2027-01-10")
    clock = clock_of(book, "A10", "2027-03-01")
    assert (clock.due, clock.stopped, clock.status) == (D("2027-01-15"), D("2027-01-10"), ClockStatus.MET_ON_TIME)


def test_working_days_of_a_step_are_those_of_the_calendar_at_hand() -> None:
    road = A_ROADS["unfounded"].partition("A13=afgerond")[0]
    book = walked(PROTOCOL, road)
    usual, ours = (
        assess(PROTOCOL, book.case, D(ON), calendar).step("A13").clock
        for calendar in (StatutoryCalendar(), StatutoryCalendar(decree_days=[D("2026-12-01")]))
    )
    assert usual
    assert ours
    assert (usual.due, ours.due) == (D("2026-12-08"), D("2026-12-09"))


def test_of_two_lengths_the_second_counts_after_the_first_contact() -> None:
    book = walked(read_own(TWO_CONTACTS.encode(), "ours.toml"), TO_TRIAGE + "A03=niet_in_behandeling A05 A06=sepot")
    book.send("feedback", on="2026-11-25", final=True)
    book.complete("A19", "contact_gehad", on="2026-12-20")
    assert clock_of(book, "A19", "2026-12-21").due == D("2027-01-25")


def test_of_two_reports_in_a_case_the_first_to_arrive_starts_the_terms() -> None:
    book = Casebook(web_report("2026-11-21"))
    book.append(web_report("2026-11-19", "mailbox-2"), on="2026-11-21")
    assert clock_of(book, "A10", "2026-11-21").due == D("2026-12-19")


def acknowledging() -> InvestigationProtocol:
    return read_own(FROM_THE_ACKNOWLEDGEMENT.encode(), "ours.toml")


def test_a_term_may_run_from_the_acknowledgement() -> None:
    book = walked(acknowledging(), TO_TRIAGE)
    clock = clock_of(book, "A03", ON)
    assert (clock.term.started, clock.due) == (D("2026-11-24"), D("2026-11-27"))
    book.complete("A03", "vooronderzoek", on="2026-11-28")
    assert clock_of(book, "A03", "2026-11-28").status is ClockStatus.MET_LATE


def test_a_step_done_again_after_reopening_is_done() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=vooronderzoek")
    book.do(ReopenStep(ANNA, "A03", "Mistake"), on=ON)
    book.complete("A03", "feitenonderzoek", on=ON)
    assert book.judged(ON).step("A03").state is StepState.DONE


def test_what_follows_on_a_step_left_out_can_be_done() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=feitenonderzoek")
    book.do(RecordDeviation(ANNA, "A05", "Urgent", "gemeentesecretaris"), on=ON)
    book.complete("A06", "sepot", on=ON)
    assert book.judged(ON).step("A06").state is StepState.DONE


def test_a_case_that_never_came_to_triage_is_reopened_there() -> None:
    book = walked(PROTOCOL, A_ROADS["to protocol B"])
    book.do(ReopenCase(ANNA, "New facts"), on="2026-11-25")
    judged = book.judged("2026-11-25")
    assert judged.step("A03").state is StepState.OPEN
    assert judged.exit is None
    assert judged.onward is None


def test_without_its_protocol_a_case_shows_nothing_of_steps() -> None:
    judged = assess(shipped_protocols()["B_politieke_ambtsdragers"], Casebook().case, D(ON))
    assert (judged.exit, judged.onward, judged.steps, judged.to_do) == (None, None, (), ())
    assert (judged.irregular, judged.flags, judged.deviations) == ({}, {}, ())
    with pytest.raises(KeyError):
        judged.step("B00")


def test_nothing_is_due_next_where_nothing_is_owed() -> None:
    book = walked(PROTOCOL, A_ROADS["dismissed"])
    assert (book.judged("2027-12-01").next_due, book.judged("2027-12-01").owed) == (None, ())


def test_a_flag_stands_as_the_newest_record_has_it() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=nadere_vragen+strafbaar_feit A04=geen_reactie")
    assert {flag: field.name for flag, field in book.judged(ON).flags.items()} == {"criminal_offence": "strafbaar_feit"}
    book.complete("A03", "vooronderzoek", on=ON)
    assert book.judged(ON).flags == {}


@pytest.mark.parametrize("today,codes", [("2026-11-20", []), ("2026-11-19", ["far_day"])])
def test_a_report_from_after_tomorrow_is_a_wrong_day(today: str, codes: list[str]) -> None:
    assert [notice.code for notice in Casebook().judged(today).notices] == codes


def test_a_withdrawal_is_shown_until_it_is_decided_on() -> None:
    book = Casebook()
    book.do(ReceiveMessage(ANNA, REPORT, 3, "head", D(ON), "signed", "00" * 32, {}, "withdrawal", None), on=ON)
    assert [notice.code for notice in book.judged(ON).notices] == ["withdrawn"]
    book.do(TakeDecision(ANNA, "withdrawal", "go_on", "It is serious", "chair", REPORT), on=ON)
    assert book.judged(ON).notices == ()
