# SPDX-License-Identifier: EUPL-1.2
"""Where a step stands before anything was done, when others did it and after it was left out; by which calendar."""

from dataclasses import replace

from casework.domain.case.commands import RecordDeviation
from casework.domain.case.fold import fold
from casework.domain.case.parts import part_report
from casework.domain.judge.assess import assess
from casework.domain.judge.views import StepState
from casework.domain.terms.calendar import StatutoryCalendar
from casework.protocols import read_own
from support.casebook import ANNA, PROTOCOL, Casebook, D, web_report
from support.scenario import ON, walked

TO_THE_INVESTIGATION = "acknowledge A01 declare A02 A03=feitenonderzoek A05 A06=feitenonderzoek_intern"
OUTCOMES = {
    "externe_instantie": '"A21", "EXIT_EXTERN"',
    "politieke_ambtsdrager": '"EXIT_B", "A21"',
    "klacht_ongewenst_gedrag": '"EXIT_C", "A21"',
}
EXIT_LAST = """
extends = "A_ambtenaren"
id = "A_ambtenaren"
version = 2

[[step]]
id = "A02x"
""" + "".join(
    f"""
[[step.option]]
value = "{value}"
label = {{ nl = "Weg", en = "Away" }}
counts_as = "doorverwezen"
next = [{onward}]
"""
    for value, onward in OUTCOMES.items()
)


def state(book: Casebook, step: str) -> StepState:
    return book.judged(ON).step(step).state


def test_before_a_report_stands_in_its_log_a_case_waits_for_it() -> None:
    case = fold(Casebook().entries[:1])
    assert assess(PROTOCOL, case, D(ON)).step("A00").state is StepState.OPEN


def test_feedback_waits_for_the_acknowledgement() -> None:
    book = Casebook()
    assert state(book, "A17") is StepState.LATER
    book.send("acknowledgement", on="2026-11-24")
    assert state(book, "A17") is StepState.OPEN


def test_a_part_whose_reporter_is_elsewhere_passes_over_the_feedback_when_its_turn_comes() -> None:
    part = Casebook(part_report(web_report(), "case-1", "The second person."), on=ON)
    assert state(part, "A17") is StepState.LATER


def test_a_step_that_was_left_out_and_is_done_after_all_is_left_out_no_more() -> None:
    book = walked(PROTOCOL, TO_THE_INVESTIGATION)
    book.do(RecordDeviation(ANNA, "A09", "Urgent", "gemeentesecretaris"), on=ON)
    assert state(book, "A09") is StepState.LEFT_OUT
    book.complete("A09", "intern", on=ON)
    assert (state(book, "A09"), book.judged(ON).deviations) == (StepState.DONE, ())


def test_an_exit_leaves_what_the_same_outcome_leads_to_whatever_their_order() -> None:
    book = walked(read_own(EXIT_LAST.encode(), "ours.toml"), "acknowledge A01 declare A02 A02x=externe_instantie")
    assert state(book, "A21") in (StepState.OPEN, StepState.BLOCKED)


def test_only_what_was_done_and_may_be_done_again_may_be_repeated() -> None:
    judged = walked(PROTOCOL, "acknowledge A01 declare A02 A03=nadere_vragen").judged(ON)
    assert {view.step.id for view in judged.steps if view.may_repeat} == {"A03"}
    assert {view.step.id for view in judged.steps if view.can_be_done} == {"A02x", "A03", "A04", "A10", "A17"}
    later = [view for view in judged.steps if view.state is StepState.LATER]
    assert {view.blocked_by for view in later} == {()}


def test_a_case_that_only_says_it_is_a_part_owes_the_reporter_what_a_report_owes() -> None:
    part = Casebook(part_report(web_report(), "case-1", "The second person."), on=ON)
    (owed,) = assess(PROTOCOL, part.case, D(ON)).reports
    assert owed.acknowledgement.stopped is None


def test_every_clock_of_a_report_goes_by_the_calendar_that_is_given() -> None:
    case = Casebook(replace(web_report(), meeting=True)).case
    (report,) = assess(PROTOCOL, case, D(ON), StatutoryCalendar(covered=range(0))).reports
    assert report.acknowledgement.atw is None
    assert report.feedback.atw is None
    assert report.meeting
    assert report.meeting.provisional
