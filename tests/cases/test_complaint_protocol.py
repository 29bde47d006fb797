# SPDX-License-Identifier: EUPL-1.2
"""Protocol C: a signed complaint or an anonymous signal, along its different roads to closing."""

from datetime import date

import pytest

from casework.domain.case.commands import DeclareConflict, RecordDeviation, ReopenCase
from casework.domain.case.events import CaseClosed, RecordValue
from casework.domain.judge.views import StepState
from casework.protocols import shipped_protocols
from support.casebook import ANNA, Casebook, D, web_report

COMPLAINTS = shipped_protocols()["C_klacht_ongewenst_gedrag"]
DAY = "2026-11-24"

Stride = tuple[str, str | None]

HEARD = (
    ("C02", "niet_gelukt"),
    ("C03", "ontvankelijk"),
    ("C04", None),
    ("C04k", "geinformeerd"),
    ("C05", "verweer"),
    ("C06", "uitgenodigd"),
    ("C06", "gehoord"),
    ("C07", "meer_horen"),
    ("C06", "gehoord"),
    ("C07", "afgerond"),
    ("C08", None),
    ("C09", "deels_gegrond"),
    ("C11", None),
)
NOT_HEARD = (
    ("C03", "ontvankelijk"),
    ("C04", None),
    ("C04k", "uitgesteld"),
    ("C04k", "geinformeerd"),
    ("C05", "geen_verweer"),
    ("C06", "niet_gehoord"),
    ("C08", None),
    ("C09", "ongegrond"),
    ("C11", None),
)
NOT_TAKEN_UP = (("C03", "niet_in_behandeling"), ("C10", None), ("C04k", "uitzondering"))
RESOLVED = (("C02", "opgelost"), ("C04k", "geinformeerd"))
WITHDRAWN = (("C02", "ingetrokken"), ("C04k", "geinformeerd"))


def received(*, on: str = "2026-11-23") -> Casebook:
    return Casebook(web_report(on), protocol=COMPLAINTS)


def complaint(*, committee: bool = True, **facts: RecordValue) -> Casebook:
    """A signed complaint of 23 November 2026, acknowledged in writing."""
    book = received()
    book.complete("C00", "ondertekende_klacht", on="2026-11-23", by=ANNA, **facts)
    return acknowledged(book, committee=committee)


def acknowledged(book: Casebook, *, committee: bool = True, on: str = "2026-11-23") -> Casebook:
    if not book.case.first_report or not book.case.first_report.acknowledged:
        book.send("acknowledgement", on=on)
    book.do(DeclareConflict(ANNA, conflict=False), on=on)
    book.complete("C01", on=on, commissie=committee)
    return book


def signal() -> Casebook:
    """An anonymous signal of 23 November 2026, acknowledged in the mailbox."""
    book = received()
    book.complete("C00", "anoniem_of_niet_ondertekend", on="2026-11-23")
    book.send("acknowledgement", on="2026-11-23")
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-23")
    return book


def along(book: Casebook, steps: tuple[Stride, ...], on: str = DAY) -> Casebook:
    for step, option in steps:
        book.complete(step, option, on=on)
    return book


def finished(book: Casebook) -> Casebook:
    book.send("feedback", on="2026-11-25", final=True)
    book.complete("C11n", "niet_nodig", on="2026-11-25")
    return book


def to_do(book: Casebook, on: str = DAY) -> set[str]:
    return {view.step.id for view in book.judged(on).to_do if not view.step.optional}


def due(book: Casebook, step: str, on: str = DAY) -> date | None:
    clock = book.judged(on).step(step).clock
    return clock.due if clock else None


@pytest.mark.parametrize(
    "steps",
    [HEARD, NOT_HEARD, NOT_TAKEN_UP, RESOLVED, WITHDRAWN],
    ids=["heard", "not heard", "not taken up", "resolved", "withdrawn"],
)
def test_a_complaint_reaches_its_closing(steps: tuple[Stride, ...]) -> None:
    book = finished(along(complaint(), steps))
    events = book.do(book.completion("C12", on="2026-11-26"), on="2026-11-26")
    judged = book.judged("2026-11-26")
    assert events[-1] == CaseClosed("C12")
    assert not judged.void
    assert not judged.irregular
    assert not [view.step.id for view in judged.to_do if not view.step.optional]


@pytest.mark.parametrize("outcome", ["advies_en_steun", "blijft_anoniem"])
def test_a_signal_reaches_its_closing(outcome: str) -> None:
    book = finished(along(signal(), (("C0S", outcome), ("C04k", "geen_betrokkene"))))
    assert book.refusal(book.completion("C12", on="2026-11-26"), on="2026-11-26") == "accepted"


def test_a_pattern_of_signals_goes_to_the_protocol_for_public_servants() -> None:
    book = along(signal(), (("C0S", "patroonsignaal"),))
    left = COMPLAINTS.exits[book.judged(DAY).exit or ""]
    assert (left.leaves, left.to) == (True, "A_ambtenaren")
    assert to_do(book) == {"C09t", "C12"}


def test_a_notice_that_was_given_is_not_asked_again_when_the_complaint_is_resolved() -> None:
    book = along(complaint(), (("C04k", "geinformeerd"),))
    book.complete("C02", "opgelost", on=DAY, kennisgeving="geinformeerd")
    assert to_do(book) == {"C09t", "C12"}


def test_t38_an_anonymous_complaint_is_a_signal_and_cannot_be_acknowledged_as_a_complaint() -> None:
    book = signal()
    assert to_do(book) == {"C0S", "C04k", "C09t"}
    assert book.refusal(book.completion("C01", on=DAY), on=DAY) == "not_reached"


@pytest.mark.parametrize("lacking", ["naam", "adres", "dagtekening", "omschrijving", "ondertekening"])
def test_t38_a_complaint_without_what_the_law_asks_is_not_taken_for_one(lacking: str) -> None:
    book = received()
    facts: dict[str, RecordValue] = {lacking: "nee"}
    assert (
        book.refusal(book.completion("C00", "ondertekende_klacht", on=DAY, by=ANNA, **facts), on=DAY)
        == "unknown_choice"
    )
    facts = {lacking: ""}
    assert (
        book.refusal(book.completion("C00", "ondertekende_klacht", on=DAY, by=ANNA, **facts), on=DAY) == "missing_field"
    )


def test_a_signal_that_becomes_a_complaint_has_the_terms_of_the_day_on_which_the_complaint_came() -> None:
    book = along(signal(), (("C0S", "klager_maakt_zich_bekend"),), on="2026-12-01")
    assert due(book, "C09", on="2026-12-01") is None
    book.complete("C00", "ondertekende_klacht", on="2026-12-07", klaagschrift_op="2026-12-04")
    assert due(book, "C03", on="2026-12-07") == D("2027-01-01")
    assert due(book, "C09", on="2026-12-07") == D("2027-01-15")
    acknowledged(book, on="2026-12-08")
    assert due(book, "C09", on="2026-12-08") == D("2027-02-12")


def test_the_term_of_the_decision_runs_before_its_turn_has_come() -> None:
    book = received()
    book.complete("C00", "ondertekende_klacht", on="2026-11-23")
    view = book.judged(DAY).step("C09")
    assert (view.state, due(book, "C09")) == (StepState.BLOCKED, D("2027-01-04"))


def test_the_decision_waits_for_the_report_of_the_committee() -> None:
    book = along(complaint(), HEARD[:10])
    assert book.refusal(book.completion("C09", "gegrond", on=DAY), on=DAY) == "earlier_step"
    assert book.refusal(book.completion("C08", on=DAY), on=DAY) == "accepted"


def test_the_decision_meets_its_term_on_the_day_it_was_sent_to_the_complainant() -> None:
    book = along(complaint(), HEARD[:11])
    book.complete("C09", "gegrond", on="2027-02-03", verzonden_klager_op="2027-02-01")
    clock = book.judged("2027-02-03").step("C09").clock
    assert clock is not None
    assert (clock.due, clock.stopped) == (D("2027-02-01"), D("2027-02-01"))


def test_a_complaint_that_is_not_taken_up_ends_all_but_the_notices() -> None:
    book = along(complaint(), NOT_TAKEN_UP[:1])
    assert to_do(book) == {"C04k", "C10", "C09t"}
    assert due(book, "C10") == D("2026-12-21")
    assert due(book, "C09") is None


def test_a_complainant_who_is_satisfied_ends_the_handling() -> None:
    book = along(complaint(), RESOLVED[:1])
    assert to_do(book) == {"C04k", "C09t", "C12"}
    assert book.judged(DAY).exit == "OPGELOST"


def test_p03_the_notice_to_the_person_concerned_is_owed_on_every_road() -> None:
    for book in (along(complaint(), RESOLVED[:1]), along(signal(), (("C0S", "blijft_anoniem"),))):
        finished(book)
        closing = book.completion("C12", on="2026-11-26")
        assert book.refusal(closing, on="2026-11-26") == "steps_open"
        book.complete("C04k", "uitgesteld", on="2026-11-26")
        assert book.refusal(closing, on="2026-11-26") == "steps_open"
        book.complete("C04k", "uitzondering", on="2026-11-26")
        assert book.refusal(closing, on="2026-11-26") == "accepted"


def test_p05_an_offence_is_tested_before_the_case_can_close() -> None:
    book = complaint(strafbaar_feit=True, strafbaar_feit_bekend_op="2026-11-23")
    assert due(book, "C03a") == D("2026-11-23")
    book.complete("C02", "opgelost", on=DAY, aangifte_open=True)
    along(book, RESOLVED[1:])
    finished(book)
    closing = book.completion("C12", on="2026-11-26")
    assert book.refusal(closing, on="2026-11-26") == "steps_open"
    book.complete("C03a", "geen_aangifte", on="2026-11-26")
    assert book.refusal(closing, on="2026-11-26") == "accepted"


def test_an_offence_that_the_hearing_shows_is_tested_as_well() -> None:
    book = along(complaint(), HEARD[:10])
    book.complete("C08", on=DAY, strafbaar_feit=True)
    assert "C03a" in to_do(book)
    book.complete("C03a", "aangifte", on="2026-11-26", aangifte_op=DAY)
    clock = book.judged("2026-11-26").step("C03a").clock
    assert clock is not None
    assert (clock.due, clock.stopped) == (D(DAY), D(DAY))


def test_hearing_both_together_asks_for_their_consent() -> None:
    book = along(complaint(), HEARD[:5])
    together = book.completion("C06", "gehoord", on=DAY, wijze="samen", instemming_samen="")
    assert book.refusal(together, on=DAY) == "missing_field"


def test_a_decision_against_the_advice_says_why() -> None:
    book = along(complaint(), HEARD[:11])
    against = book.completion("C09", "gegrond", on=DAY, wijkt_af=True, afwijking_reden="")
    assert book.refusal(against, on=DAY) == "missing_field"


def test_the_defence_is_due_two_weeks_after_the_copy_was_sent() -> None:
    book = along(complaint(), HEARD[1:2])
    book.complete("C04", on="2026-11-26", verzonden_op="2026-11-25")
    assert due(book, "C05", on="2026-11-26") == D("2026-12-09")


def test_the_record_of_the_hearing_is_due_for_approval_in_five_working_days() -> None:
    book = along(complaint(), HEARD[:6])
    book.complete("C06", "gehoord", on="2026-12-23")
    assert due(book, "C07", on="2026-12-23") == D("2026-12-31")


def test_a_clock_says_at_which_step_its_day_was_recorded_and_ends_a_question_with_no_full_stop() -> None:
    book = along(complaint(), HEARD[1:3])
    copy, notice = (book.judged(DAY).step(step).clock for step in ("C05", "C04k"))
    assert copy is not None
    assert notice is not None
    assert copy.term.started_by.nl == "C04: Verzonden op."
    assert notice.term.started_by.nl == "C00: Op welke dag kreeg u de gegevens over de beklaagde?"


def test_an_invitation_to_a_hearing_is_not_called_a_postponement() -> None:
    clock = along(complaint(), HEARD[1:6]).judged(DAY).step("C06").clock
    assert clock is not None
    assert clock.term.rule.basis.nl.startswith("De dag die is gekozen")


@pytest.mark.parametrize("step", ["C01", "C03", "C04", "C04k", "C06", "C08", "C09", "C09t", "C10"])
def test_of_a_complaint_too_what_the_law_asks_cannot_be_left_out(step: str) -> None:
    deviation = RecordDeviation(ANNA, step, "No time", "bevoegd_gezag")
    assert complaint().refusal(deviation) == "law_cannot_be_left_out"


@pytest.mark.parametrize("step", ["C00", "C12"])
def test_p04_what_a_complaint_begins_or_ends_with_cannot_be_left_out(step: str) -> None:
    book = along(complaint(), HEARD[1:6])
    assert book.refusal(RecordDeviation(ANNA, step, "No time", "bevoegd_gezag")) == "needed_step"


def test_the_defence_can_be_left_out_with_consent_and_the_hearing_follows() -> None:
    book = along(complaint(), HEARD[1:3])
    book.do(RecordDeviation(ANNA, "C05", "Answered by telephone", "bevoegd_gezag"), on=DAY)
    assert "C06" in to_do(book)


def test_a_reopened_complaint_begins_with_what_has_arrived() -> None:
    book = finished(along(complaint(), NOT_TAKEN_UP))
    book.complete("C12", on="2026-11-26")
    book.do(ReopenCase(ANNA, "A signed addition came"), on="2026-11-27")
    assert to_do(book, on="2026-11-27") == {"C00", "C12"}
