# SPDX-License-Identifier: EUPL-1.2
"""From which day the term of a step runs where the case has several to choose from, or none."""

from datetime import timedelta
from itertools import permutations

import pytest

from casework.domain.case.commands import ReopenStep
from casework.domain.judge.assess import assess
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.terms.calendar import StatutoryCalendar
from casework.domain.terms.term import Clock, ClockStatus
from casework.domain.text import Text
from casework.protocols import read_own, shipped_protocols
from support.casebook import ANNA, PROTOCOL, Casebook, D, web_report
from support.scenario import ON, go, walked
from support.scenario_roads import A_ROADS

COMPLAINTS = shipped_protocols()["C_klacht_ongewenst_gedrag"]
TO_TRIAGE = "acknowledge A01 declare A02 "
TO_COMMITTEE = "declare C00=ondertekende_klacht acknowledge C01+commissie"
NORM = 'kind = "norm", basis = { nl = "Eigen norm", en = "Own norm" }'


def with_term(step: str, term: str) -> InvestigationProtocol:
    """The protocol for public servants, in which one step has a term of our own."""
    changes = f'[[step]]\nid = "{step}"\nterm = {{ {term} }}'
    return read_own(f'extends = "A_ambtenaren"\nid = "A_ambtenaren"\nversion = 2\n{changes}'.encode(), "ours.toml")


def clock(book: Casebook, step: str, on: str = ON) -> Clock:
    found = book.judged(on).step(step).clock
    assert found
    return found


def suspect(book: Casebook, step: str, option: str, known_on: str, *, on: str = ON) -> None:
    """Complete a step that finds a possible offence, known since that day."""
    book.complete(step, option, on=on, strafbaar_feit=True, strafbaar_feit_bekend_op=known_on)


def reopen(book: Casebook, step: str, *, on: str = ON) -> None:
    book.do(ReopenStep(ANNA, step, "It was a mistake."), on=on)


@pytest.mark.parametrize("known", list(permutations(("2026-11-22", "2026-11-23", ON))))
def test_p05_of_offences_not_yet_tested_the_one_known_first_is_due_wherever_it_was_recorded(
    known: tuple[str, str, str],
) -> None:
    at_triage, at_inquiry, at_decision = known
    _, _, to_report = A_ROADS["investigated after a preliminary inquiry"].partition("A07=feitenonderzoek ")
    book = walked(PROTOCOL, TO_TRIAGE)
    suspect(book, "A03", "vooronderzoek", at_triage)
    suspect(go(book, "A05 A06=vooronderzoek"), "A07", "feitenonderzoek", at_inquiry)
    suspect(go(book, to_report.partition("A15=")[0]), "A15", "gegrond", at_decision)
    assert clock(book, "A16").due == D("2026-11-22")


def offences(*known: str) -> Casebook:
    """A case with an offence that became known on each of these days, found that day and reported two days after."""
    book = walked(PROTOCOL, TO_TRIAGE)
    for day in known:
        reported = (D(day) + timedelta(days=2)).isoformat()
        if day == known[0]:
            suspect(book, "A03", "vooronderzoek", day, on=day)
            book.complete("A05", on=day)
        else:
            suspect(book, "A07", "gesprek", day, on=day)
        book.complete("A06", "vooronderzoek", on=day)
        book.complete("A16", "aangifte", on=reported, aangifte_op=reported)
    return book


@pytest.mark.parametrize("known", [(ON, "2026-11-30"), (ON, "2026-11-30", "2026-12-10")])
def test_p05_a_later_test_answers_only_for_the_offence_that_came_after_the_test_before(known: tuple[str, ...]) -> None:
    now = clock(offences(*known), "A16", "2027-01-01")
    assert (now.due, now.stopped) == (D(known[-1]), D(known[-1]) + timedelta(days=2))


def test_p05_a_test_that_is_reopened_keeps_its_clock() -> None:
    book = offences(ON)
    before = clock(book, "A16", "2026-11-27")
    assert (before.due, before.status) == (D(ON), ClockStatus.MET_LATE)
    reopen(book, "A16", on="2026-11-27")
    assert book.judged("2026-11-27").step("A16").state is StepState.OPEN
    assert clock(book, "A16", "2026-11-27") == before


def test_a_norm_runs_from_the_newest_decision_and_not_from_the_first() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=vooronderzoek A05")
    book.complete("A06", "vooronderzoek", on=ON, besluit_op="2026-11-23")
    assert clock(book, "A07").due == D("2026-12-21")
    reopen(book, "A06")
    book.complete("A06", "vooronderzoek", on=ON, besluit_op=ON)
    assert clock(book, "A07").due == D("2026-12-22")


def test_a_term_of_the_law_that_nothing_started_has_no_clock() -> None:
    ours = with_term("A18", 'law = "avg_14_3", from = "A12.verslag_verzonden_op"')
    view = walked(ours, TO_TRIAGE + "A03=doorverwijzen A05 A06=doorverwijzen+betrokkene_weet_ervan").judged(ON)
    assert (view.step("A18").state, view.step("A18").clock) == (StepState.OPEN, None)


def test_t33_once_it_is_said_that_there_is_no_committee_after_all_the_shorter_term_counts() -> None:
    book = walked(COMPLAINTS, TO_COMMITTEE)
    assert clock(book, "C09").due == D("2027-02-02")
    reopen(book, "C01")
    go(book, "C01")
    assert clock(book, "C09").due == D("2027-01-05")


def test_t32_an_adjournment_on_the_day_on_which_the_term_started_counts() -> None:
    assert clock(walked(COMPLAINTS, TO_COMMITTEE + " C09v"), "C09").due == D("2027-03-02")


def test_a_term_may_run_from_the_day_on_which_members_did_another_step() -> None:
    book = walked(with_term("A06", f'days = 5, from = "A05", {NORM}'), TO_TRIAGE + "A03=vooronderzoek")
    assert book.judged(ON).step("A06").clock is None
    book.complete("A05", on="2026-11-26")
    now = clock(book, "A06", "2026-11-27")
    assert (now.term.started, now.due) == (D("2026-11-26"), D("2026-12-01"))
    decision = PROTOCOL.steps["A06"]
    assert (now.term.title, now.term.stops_when) == (decision.title, decision.when_done)
    assert now.term.started_by == PROTOCOL.steps["A05"].when_done


def test_a_term_that_a_step_starts_itself_is_for_the_next_time_that_it_is_done() -> None:
    ours = with_term("A08", f'days = 28, from = "A08", {NORM}')
    book = walked(ours, TO_TRIAGE + "A03=feitenonderzoek A05 A08=geen")
    assert book.judged("2027-03-01").step("A08").clock is None
    reopen(book, "A08")
    assert clock(book, "A08").due == D("2026-12-22")


def test_of_several_lengths_in_working_days_each_is_counted_by_the_calendar_at_hand() -> None:
    ours = with_term("A03", f'workdays = [3, 5], from = "A00", {NORM}')
    book = walked(ours, TO_TRIAGE)
    free = assess(ours, book.case, D(ON), StatutoryCalendar(decree_days=[D("2026-11-25")])).step("A03").clock
    assert free
    assert (clock(book, "A03").due, free.due) == (D("2026-11-25"), D("2026-11-26"))


def test_of_two_reports_in_a_case_the_first_to_arrive_starts_a_norm_too() -> None:
    book = Casebook(web_report("2026-11-21")).through_conflict_check()
    book.append(web_report("2026-11-23", "mailbox-2"), on="2026-11-23")
    assert clock(book, "A03").due == D("2026-12-05")


def test_p03_a_postponement_beyond_the_findings_says_so_in_both_languages() -> None:
    to_findings = A_ROADS["unfounded"].partition(" A15=")[0].replace("A10=geinformeerd", "A10=uitgesteld")
    assert clock(walked(PROTOCOL, to_findings), "A10").extended == (
        Text(
            "Uitgesteld: zonder uitstel was de laatste dag 2026-12-21.",
            "Postponed: without that the last day was 2026-12-21.",
        ),
        Text(
            "Verder uitstel telt niet: stap A14 (Bevindingenrapport) is gedaan op 2026-11-24.",
            "No postponement counts beyond step A14 (Findings report), done on 2026-11-24.",
        ),
    )
