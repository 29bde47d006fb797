# SPDX-License-Identifier: EUPL-1.2
"""Protocol A: what its records ask, and what the law asks of a case about a public servant on every road."""

from datetime import date

import pytest

from casework.domain.case.commands import RecordDeviation
from casework.domain.case.events import RecordValue
from casework.domain.judge.views import StepState
from support.casebook import ANNA, DISMISSED, Casebook, D

DAY = "2026-11-24"

TO_THE_PLAN = (("A03", "feitenonderzoek"), ("A05", None), ("A06", "feitenonderzoek_intern"))
TO_THE_HEARING = (*TO_THE_PLAN, ("A09", "intern"), ("A10", "geinformeerd"), ("A11", None))
TO_THE_REPLY = (*TO_THE_HEARING, ("A12", "gehoord"), ("A12r", "afgerond"))
TO_THE_REPORT = (*TO_THE_REPLY, ("A13", "concept_verzonden"), ("A13", "afgerond"))


def along(*steps: tuple[str, str | None], on: str = DAY) -> Casebook:
    book = Casebook().through_conflict_check()
    for step, option in steps:
        book.complete(step, option, on=on)
    return book


def due(book: Casebook, step: str, on: str = DAY) -> date | None:
    clock = book.judged(on).step(step).clock
    return clock.due if clock else None


def refusal(book: Casebook, step: str, option: str | None = None, on: str = DAY, **facts: RecordValue) -> str:
    return book.refusal(book.completion(step, option, on=on, by=ANNA, **facts), on=on)


def to_do(book: Casebook, on: str = DAY) -> set[str]:
    return {view.step.id for view in book.judged(on).to_do if not view.step.optional}


def test_the_notice_waits_for_triage_while_its_clock_runs_from_receipt() -> None:
    view = Casebook().through_conflict_check().judged(DAY).step("A10")
    assert [problem.code for problem in view.blocked_by] == ["earlier_step"]
    assert view.clock is not None
    assert view.clock.due == D("2026-12-21")


def test_data_that_came_after_the_report_move_the_notice() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "feitenonderzoek", on="2026-12-05", gegevens_later=True, gegevens_op="2026-12-02")
    assert due(book, "A10", on="2026-12-05") == D("2027-01-02")


def test_p03_a_dismissed_report_too_owes_the_notice() -> None:
    book = along(*DISMISSED[:3])
    book.send("feedback", on="2026-11-25", final=True)
    book.complete("A19", "niet_nodig", on="2026-11-25")
    book.complete("A20", on="2026-11-25")
    assert refusal(book, "A21", on="2026-11-26") == "steps_open"
    book.complete("A10", "uitgesteld", on="2026-11-26")
    assert refusal(book, "A21", on="2026-11-26") == "steps_open"
    book.complete("A10", "uitzondering", on="2026-11-26")
    assert refusal(book, "A21", on="2026-11-26") == "accepted"


def test_p03_a_postponed_notice_lets_the_inquiry_go_on_and_is_due_on_the_day_of_review() -> None:
    book = along(*TO_THE_PLAN, ("A09", "intern"))
    assert refusal(book, "A11") == "earlier_step"
    book.complete("A10", "uitgesteld", on=DAY, herziening_op="2026-12-22")
    assert refusal(book, "A11") == "accepted"
    assert due(book, "A10") == D("2026-12-22")


@pytest.mark.parametrize("field", ["grond", "grond_reden", "herziening_op"])
def test_p03_postponing_the_notice_asks_for_ground_and_day_of_review(field: str) -> None:
    facts: dict[str, RecordValue] = {field: ""}
    assert refusal(along(*TO_THE_PLAN), "A10", "uitgesteld", DAY, **facts) == "missing_field"


def test_p01_there_is_no_report_without_a_right_of_reply_or_the_reason_why_not() -> None:
    book = along(*TO_THE_REPLY)
    assert refusal(book, "A14") == "not_reached"
    assert refusal(book, "A13", "geen_wederhoor", geen_wederhoor_reden="") == "missing_field"
    book.complete("A13", "geen_wederhoor", on=DAY)
    assert refusal(book, "A14") == "accepted"


def test_p02_a_record_that_is_not_signed_is_settled_with_a_reason() -> None:
    book = along(*TO_THE_HEARING, ("A12", "gehoord"))
    assert refusal(book, "A12r", "afgerond", akkoord="niet_ondertekend", akkoord_reden="") == "missing_field"
    assert refusal(book, "A12r", "afgerond", akkoord="niet_ondertekend") == "accepted"


def test_p04_a_step_left_out_leads_on_and_the_report_has_to_name_it() -> None:
    book = along(*TO_THE_REPLY)
    book.do(RecordDeviation(ANNA, "A13", "Refused any contact", "gemeentesecretaris"), on=DAY)
    assert refusal(book, "A14", afwijkingen="geen") == "deviation_not_told"
    assert refusal(book, "A14", afwijkingen="A13: elk contact geweigerd.") == "accepted"


def test_p05_a_possible_offence_calls_the_test_at_once_and_without_delay() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "vooronderzoek", on=DAY, strafbaar_feit=True, strafbaar_feit_bekend_op="2026-11-23")
    clock = book.judged(DAY).step("A16").clock
    assert clock is not None
    assert clock.term.rule.in_words
    assert (clock.due, clock.term.rule.in_words.nl) == (D("2026-11-23"), "onverwijld")
    for field in ("kennis_op", "toets", "motivering"):
        facts: dict[str, RecordValue] = {field: ""}
        assert refusal(book, "A16", "geen_aangifte", DAY, **facts) == "missing_field"
    book.complete("A16", "aangifte", on="2026-11-25", aangifte_op=DAY)
    met = book.judged("2026-11-25").step("A16").clock
    assert met is not None
    assert met.stopped == D(DAY)


def test_p05_a_report_that_goes_elsewhere_takes_the_open_test_along() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A02x", "externe_instantie", on=DAY, aangifte_open=True)
    assert to_do(book) == {"A10", "A16", "A17", "A21"}


def test_p03_a_report_that_goes_elsewhere_closes_once_who_is_accused_was_told_or_the_exception_is_recorded() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A02x", "externe_instantie", on=DAY)
    book.send("feedback", on=DAY, final=True)
    book.complete("A19", "niet_nodig", on=DAY)
    book.complete("A20", on=DAY)
    assert refusal(book, "A21") == "steps_open"
    book.complete("A10", "uitzondering", on=DAY)
    book.complete("A21", on=DAY)
    assert book.judged(DAY).closed


def test_a_report_that_follows_another_protocol_from_here_is_told_of_there() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A02x", "politieke_ambtsdrager", on=DAY)
    assert "A10" not in to_do(book)


def test_p05_after_the_decision_the_test_is_always_done() -> None:
    book = along(*TO_THE_REPORT, ("A14", None), ("A15", "ongegrond"))
    assert to_do(book) == {"A16", "A17", "A18"}
    assert due(book, "A16") is None


def test_p06_a_finding_has_one_of_four_values_and_well_founded_is_none_of_them() -> None:
    book = along(*TO_THE_REPORT)
    finding: RecordValue = ({"vraag": "Wie tekende?", "bevinding": "gegrond", "onderbouwing": "De brief."},)
    assert refusal(book, "A14", antwoorden=finding) == "unknown_choice"


def test_a_person_concerned_who_knows_of_the_report_is_told_that_it_was_dismissed() -> None:
    book = along(*DISMISSED[:2])
    book.complete("A06", "sepot", on=DAY, betrokkene_weet_ervan=True)
    assert "A18" in to_do(book)


def test_a_hearing_is_planned_five_working_days_after_the_invitation_unless_there_is_a_reason() -> None:
    book = along(*TO_THE_HEARING)
    soon: dict[str, RecordValue] = {"uitgenodigd_op": DAY, "gepland_op": "2026-11-30", "korter_reden": ""}
    assert refusal(book, "A12", "uitgenodigd", DAY, **soon) == "too_early"
    assert (
        refusal(book, "A12", "uitgenodigd", DAY, **soon | {"gepland_op": "2026-12-01", "korter_reden": "x"})
        == "accepted"
    )
    assert refusal(book, "A12", "uitgenodigd", DAY, **soon | {"korter_reden": "Reist morgen af."}) == "accepted"


def test_an_invited_person_is_heard_by_the_planned_day() -> None:
    book = along(*TO_THE_HEARING)
    book.complete("A12", "uitgenodigd", on=DAY, gepland_op="2026-12-02")
    assert book.judged(DAY).step("A12").state is StepState.OPEN
    assert due(book, "A12") == D("2026-12-02")


def test_one_investigator_alone_gives_the_reason() -> None:
    book = along(*TO_THE_HEARING)
    assert refusal(book, "A12", "gehoord", alleen_reden="") == "missing_field"
    assert refusal(book, "A12", "gehoord", tweede_onderzoeker="Bureau X") == "accepted"


def test_the_reaction_to_the_record_is_due_ten_working_days_after_it_was_sent() -> None:
    book = along(*TO_THE_HEARING)
    book.complete("A12", "gehoord", on="2026-12-23", verslag_verzonden_op="2026-12-22")
    assert due(book, "A12r", on="2026-12-23") == D("2027-01-07")


def test_v07_a_bureau_without_a_licence_number_gives_the_reason() -> None:
    book = along(*TO_THE_PLAN)
    assert refusal(book, "A09", "extern", wpbr_reden="") == "missing_field"
    assert refusal(book, "A09", "extern", wpbr_nummer="ND 1234") == "accepted"


def test_covert_research_has_its_impact_assessment_first() -> None:
    book = along(*TO_THE_PLAN)
    assert refusal(book, "A09", "intern", heimelijk=True, dpia_op="") == "missing_field"


def test_an_item_of_evidence_has_its_origin_and_a_hash_only_of_the_right_form() -> None:
    book = along(*TO_THE_HEARING[:-1])
    item = {"stuk": "Offerte", "herkomst": "Archief", "wie": "Bram", "wanneer": DAY, "grond": "Opdracht"}
    assert refusal(book, "A11", bewijsregister=(item,)) == "accepted"
    assert refusal(book, "A11", bewijsregister=({**item, "hash": "1234"},)) == "wrong_hash"
    assert refusal(book, "A11", bewijsregister=({**item, "herkomst": ""},)) == "missing_field"


def test_an_interim_measure_is_looked_at_again_on_its_last_day() -> None:
    book = along(*DISMISSED[:2])
    book.complete("A08", "toegang_beperken", on=DAY, einddatum="2026-12-24")
    assert due(book, "A08") == D("2026-12-24")
    book.complete("A08", "beeindigd", on="2026-12-01")
    assert book.judged("2026-12-01").step("A08").state is StepState.DONE


def test_a_risk_for_the_reporter_asks_how_they_are_protected() -> None:
    book = Casebook().through_conflict_check()
    assert refusal(book, "A03", "vooronderzoek", benadelingsrisico="hoog", bescherming="") == "missing_field"
    assert refusal(book, "A03", "vooronderzoek", benadelingsrisico="laag", bescherming="Veel") == "unknown_field"


def test_aftercare_is_due_three_six_and_twelve_months_after_final_feedback() -> None:
    book = along(*DISMISSED)
    book.send("feedback", on="2026-11-25", final=True)
    dues = [due(book, "A19", on="2026-11-25")]
    for day in ("2027-02-20", "2027-05-20"):
        book.complete("A19", "contact_gehad", on=day)
        dues.append(due(book, "A19", on=day))
    assert dues == [D("2027-02-25"), D("2027-05-25"), D("2027-11-25")]


def test_d03_a_case_is_not_closed_without_category_start_and_basis_of_its_retention() -> None:
    book = Casebook().through_conflict_check().dismissed()
    for field in ("bewaarcategorie", "bewaarstart", "bewaargrond", "vernietigen_op"):
        facts: dict[str, RecordValue] = {field: ""}
        assert refusal(book, "A21", None, "2026-11-26", **facts) == "missing_field"
    assert refusal(book, "A21", on="2026-11-26", bestemming="overbrengen") == "accepted"


def test_every_planned_hearing_has_the_day_that_was_chosen_last() -> None:
    book = along(*TO_THE_HEARING)
    book.complete("A12", "uitgenodigd", on=DAY, gepland_op="2026-12-02")
    book.complete("A12", "uitgenodigd", on="2026-12-03", gepland_op="2026-12-11")
    moved = book.judged("2026-12-03").step("A12").clock
    assert moved is not None
    assert (moved.due, moved.status.value) == (D("2026-12-11"), "running")
    book.complete("A12", "gehoord", on="2026-12-11")
    heard = book.judged("2026-12-20").step("A12").clock
    assert heard is not None
    assert (heard.due, heard.stopped) == (D("2026-12-11"), D("2026-12-11"))


def test_recording_a_later_day_afterwards_lengthens_no_term_of_the_law() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "nadere_vragen", on=DAY, gegevens_later=True, gegevens_op="2026-11-22")
    assert due(book, "A10", on=DAY) == D("2026-12-22")
    book.complete("A04", "geen_reactie", on="2026-12-20")
    book.complete("A03", "feitenonderzoek", on="2027-01-20", gegevens_later=True, gegevens_op="2027-01-19")
    assert due(book, "A10", on="2027-01-20") == D("2026-12-22")


def test_p05_an_offence_that_was_once_suspected_stays_due_from_that_day() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "nadere_vragen", on=DAY, strafbaar_feit=True, strafbaar_feit_bekend_op="2026-11-23")
    book.complete("A04", "geen_reactie", on=DAY)
    book.complete("A03", "feitenonderzoek", on="2026-12-01", strafbaar_feit=False)
    assert due(book, "A16", on="2026-12-01") == D("2026-11-23")
    book.complete("A16", "geen_aangifte", on="2026-12-02")
    met = book.judged("2026-12-02").step("A16").clock
    assert met is not None
    assert (met.due, met.stopped) == (D("2026-11-23"), D("2026-12-02"))


def test_p05_no_way_out_takes_an_open_test_away() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "nadere_vragen", on=DAY, strafbaar_feit=True, strafbaar_feit_bekend_op="2026-11-23")
    book.complete("A02x", "externe_instantie", on=DAY, aangifte_open=False)
    assert "A16" in to_do(book)
    book.send("feedback", on="2026-11-25", final=True)
    book.complete("A19", "niet_nodig", on="2026-11-25")
    book.complete("A20", on="2026-11-25")
    assert refusal(book, "A21", on="2026-11-26") == "steps_open"
