# SPDX-License-Identifier: EUPL-1.2
"""Protocol B: a report about a political office holder, what it asks before a case can go on, and when."""

import pytest

from casework.domain.case.commands import DeclareConflict, RecordDeviation
from casework.domain.judge.views import StepState
from casework.domain.terms.term import ClockStatus
from casework.protocols import shipped_protocols
from support.casebook import ANNA, Casebook, D, web_report
from support.roads import DAY, Road, along, due, to_do

OFFICE_HOLDERS = shipped_protocols()["B_politieke_ambtsdragers"]

WITHOUT_REPLY = (
    ("B02k", "geinformeerd"),
    ("B03", "feitenonderzoek"),
    ("B06", "feitenonderzoek"),
    ("B07", "intern"),
    ("B08b", None),
    ("B08h", "gehoord"),
    ("B08v", "afgerond"),
    ("B08", "afgerond"),
    ("B09", "geen_wederhoor"),
    ("B10", None),
    ("B11", "geen_schending"),
    ("B12", "niet_aanbieden"),
)
TALKED = (
    ("B02k", "uitzondering"),
    ("B03", "normgesprek"),
    ("B04", "opnieuw_wegen"),
    ("B03", "normgesprek"),
    ("B04", "afgerond"),
)
STOPPED = (("B02k", "geinformeerd"), ("B03", "vooronderzoek"), ("B05", None), ("B06", "sepot"))
DISMISSED = (("B02k", "geen_betrokkene"), ("B03", "geen_vermoeden"))
AFTERWARDS = (("B16", "contact_gehad"), ("B16", "afgerond"), ("B16e", None))


def begun() -> Casebook:
    """A report of 23 November 2026, acknowledged; it is known who leads."""
    book = Casebook(web_report("2026-11-23"), protocol=OFFICE_HOLDERS)
    book.send("acknowledgement", on="2026-11-23")
    book.complete("B01", on="2026-11-23")
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-23")
    book.complete("B02", "burgemeester_regisseur", on="2026-11-23")
    return book


def finished(book: Casebook) -> Casebook:
    book.send("feedback", on="2026-11-25", final=True)
    return along(book, AFTERWARDS, on="2026-11-25")


def closing(book: Casebook, on: str = "2026-11-26") -> str:
    return book.refusal(book.completion("B17", on=on), on=on)


def test_a_report_about_a_public_servant_goes_to_the_protocol_for_them() -> None:
    book = along(begun(), (("B02x", "ambtenaar"),))
    left = OFFICE_HOLDERS.exits[book.judged(DAY).exit or ""]
    assert (left.leaves, left.to) == (True, "A_ambtenaren")
    assert to_do(book) == {"B15", "B17"}


def test_p01_there_is_no_fact_finding_without_a_mandate() -> None:
    book = along(begun(), WITHOUT_REPLY[:3])
    assert book.refusal(book.completion("B08", "afgerond", on=DAY), on=DAY) == "not_reached"
    along(book, WITHOUT_REPLY[3:4])
    assert book.refusal(book.completion("B08", "afgerond", on=DAY), on=DAY) == "accepted"


def test_p01_there_is_no_final_report_without_reply_or_the_reason_for_its_absence() -> None:
    book = along(begun(), WITHOUT_REPLY[:8])
    assert book.refusal(book.completion("B10", on=DAY), on=DAY) == "not_reached"
    along(book, (("B09", "concept_verzonden"),))
    assert book.refusal(book.completion("B10", on=DAY), on=DAY) == "not_reached"
    unexplained = book.completion("B09", "geen_wederhoor", on=DAY, geen_wederhoor_reden="")
    assert book.refusal(unexplained, on=DAY) == "missing_field"
    along(book, (("B09", "geen_wederhoor"),))
    assert book.refusal(book.completion("B10", on=DAY), on=DAY) == "accepted"


def test_p02_a_record_that_was_not_signed_is_settled_with_the_reason() -> None:
    book = along(begun(), WITHOUT_REPLY[:6])
    unexplained = book.completion("B08v", "afgerond", on=DAY, akkoord="niet_ondertekend", akkoord_reden="")
    assert book.refusal(unexplained, on=DAY) == "missing_field"
    refused = book.completion("B08v", "afgerond", on=DAY, akkoord="niet_ondertekend")
    assert book.refusal(refused, on=DAY) == "accepted"


@pytest.mark.parametrize("steps", [DISMISSED, TALKED, STOPPED, WITHOUT_REPLY])
def test_p03_the_notice_to_the_person_concerned_is_owed_on_every_road(steps: Road) -> None:
    book = along(begun(), (("B02k", "uitgesteld"), *(stride for stride in steps if stride[0] != "B02k")))
    finished(book)
    assert closing(book) == "steps_open"
    book.complete("B02k", "uitzondering", on="2026-11-25")
    assert closing(book) == "accepted"


def test_the_notice_is_due_a_month_after_receipt_or_after_the_data_came() -> None:
    book = begun()
    assert due(book, "B02k") == D("2026-12-23")
    book.complete("B03", "vooronderzoek", on="2026-12-04", gegevens_later=True, gegevens_op="2026-12-01")
    assert due(book, "B02k", "2026-12-04") == D("2027-01-01")


def test_p05_an_offence_is_tested_before_the_case_can_close() -> None:
    book = along(begun(), DISMISSED[:1])
    book.complete("B03", "geen_vermoeden", on=DAY, strafbaar_feit=True, strafbaar_feit_bekend_op="2026-11-23")
    finished(book)
    assert due(book, "B14") == D("2026-11-23")
    assert closing(book) == "steps_open"
    book.complete("B14", "geen_aangifte", on="2026-11-26")
    assert closing(book) == "accepted"


def test_an_offence_that_comes_to_light_later_is_tested_again() -> None:
    book = begun()
    book.complete("B03", "vooronderzoek", on=DAY, strafbaar_feit=True, strafbaar_feit_bekend_op=DAY)
    book.complete("B14", "geen_aangifte", on=DAY)
    book.complete("B05", on="2026-12-01", strafbaar_feit=True, strafbaar_feit_bekend_op="2026-11-30")
    view = book.judged("2026-12-01").step("B14")
    assert (view.state, due(book, "B14", "2026-12-01")) == (StepState.OPEN, D("2026-11-30"))


def test_p06_facts_have_four_values_and_only_the_judgement_says_breach() -> None:
    answers = next(field for field in OFFICE_HOLDERS.steps["B10"].record if field.name == "antwoorden")
    finding = next(column for column in answers.columns if column.name == "bevinding")
    values = [choice.value for choice in finding.choices]
    assert values == ["vastgesteld", "aannemelijk", "niet_aannemelijk", "niet_vast_te_stellen"]
    judging = {s.id for s in OFFICE_HOLDERS.steps.values() for option in s.options if option.counts_as == "gegrond"}
    assert judging == {"B11"}


def test_the_weighing_is_due_two_weeks_after_receipt() -> None:
    assert due(begun(), "B03") == D("2026-12-07")


def test_the_fact_finding_has_eight_weeks_from_the_mandate_and_more_with_a_reason() -> None:
    book = along(begun(), WITHOUT_REPLY[:4])
    assert due(book, "B08") == D("2027-01-19")
    unexplained = book.completion("B08", "verlengd", on="2027-01-18", verlenging_reden="")
    assert book.refusal(unexplained, on="2027-01-18") == "missing_field"
    book.complete("B08", "verlengd", on="2027-01-18", nieuwe_einddag="2027-02-15")
    clock = book.judged("2027-01-20").step("B08").clock
    assert clock is not None
    assert (clock.due, clock.status) == (D("2027-02-15"), ClockStatus.RUNNING)


def test_the_person_concerned_has_ten_working_days_to_reply() -> None:
    book = along(begun(), WITHOUT_REPLY[:8])
    book.complete("B09", "concept_verzonden", on="2026-12-22", verzonden_op="2026-12-22")
    assert due(book, "B09", "2026-12-22") == D("2027-01-07")


def test_aftercare_is_due_three_six_and_twelve_months_after_final_feedback() -> None:
    book = along(begun(), DISMISSED)
    book.send("feedback", on="2026-11-25", final=True)
    found = []
    for day in ("2027-02-24", "2027-05-24", "2027-11-24"):
        found.append(due(book, "B16", day))
        book.complete("B16", "contact_gehad", on=day)
    assert found == [D("2027-02-25"), D("2027-05-25"), D("2027-11-25")]


@pytest.mark.parametrize("step", ["B01", "B02", "B02k"])
def test_what_the_law_asks_cannot_be_left_out(step: str) -> None:
    deviation = RecordDeviation(ANNA, step, "No time", "burgemeester")
    assert begun().refusal(deviation) == "law_cannot_be_left_out"


@pytest.mark.parametrize(
    "before,step,follows",
    [
        ((), "B03", "B06"),
        (WITHOUT_REPLY[:8], "B09", "B10"),
        (WITHOUT_REPLY[:11], "B12", "B16"),
    ],
)
def test_a_step_that_is_left_out_with_consent_does_not_stop_the_case(before: Road, step: str, follows: str) -> None:
    book = along(begun(), before)
    book.do(RecordDeviation(ANNA, step, "Settled at once", "burgemeester"), on=DAY)
    assert follows in to_do(book)
