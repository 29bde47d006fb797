# SPDX-License-Identifier: EUPL-1.2
"""The terms of the Awb, the GDPR and the duty to report crimes, and what extends them (facts T32 to T37)."""

from collections.abc import Mapping
from datetime import date

import pytest

from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.law import EXTENSIONS, LAW, granted
from casework.domain.terms.term import TOLD_TOO_LATE, Clock, ClockStatus, Extension, Term, TermKind, read_clock
from casework.domain.text import Text

D = date.fromisoformat
NOTHING = Text("", "")
ADJOURNED = EXTENSIONS["awb_9_11_2"].reason
AGREED = EXTENSIONS["awb_9_11_3"].reason

Days = Mapping[str, date]


def clock_of(law: str, started: str, *extensions: Extension, today: str = "2026-11-23") -> Clock:
    term = Term("C09", None, NOTHING, LAW[law], D(started), NOTHING, NOTHING)
    return read_clock(term, None, D(today), extensions=extensions)


def adjournment(klager: str = "2027-01-20", beklaagde: str = "2027-01-20") -> tuple[str, Days]:
    return "awb_9_11_2", {"bericht_klager_op": D(klager), "bericht_beklaagde_op": D(beklaagde)}


def agreement(until: str) -> tuple[str, Days]:
    return "awb_9_11_3", {"nieuwe_einddag": D(until), "instemming_op": D("2027-02-20")}


def with_committee(*records: tuple[str, Days], started: str = "2026-11-23") -> Clock:
    return clock_of("awb_9_11_1_committee", started, *granted(records))


def test_t32_with_a_committee_a_complaint_is_decided_in_ten_weeks_and_adjourned_by_four() -> None:
    assert with_committee().due == D("2027-02-01")
    clock = with_committee(adjournment())
    assert (clock.due, clock.atw, clock.extended) == (D("2027-03-01"), D("2027-03-01"), (ADJOURNED,))


def test_t33_without_a_committee_a_complaint_is_decided_in_six_weeks() -> None:
    assert clock_of("awb_9_11_1", "2026-11-23").due == D("2027-01-04")


@pytest.mark.parametrize(
    "law,due,in_effect",
    [("awb_9_11_1_committee", "2027-01-30", "2027-02-01"), ("awb_9_11_1", "2027-01-02", "2027-01-04")],
)
def test_t34_a_complaint_term_that_ends_on_a_saturday_ends_in_effect_on_monday(
    law: str, due: str, in_effect: str
) -> None:
    clock = clock_of(law, "2026-11-21")
    assert (clock.due, clock.atw) == (D(due), D(in_effect))
    assert clock.term.rule.free_days is FreeDayRule.ATW


def test_t34_the_strict_date_stays_the_day_to_act_on() -> None:
    assert clock_of("awb_9_11_1", "2026-11-21", today="2027-01-03").status is ClockStatus.OVERDUE


def test_t35_notice_that_a_complaint_is_not_taken_up_is_due_in_four_weeks() -> None:
    clock = clock_of("awb_9_8_3", "2026-11-23")
    assert (clock.due, clock.atw) == (D("2026-12-21"), D("2026-12-21"))


def test_the_four_weeks_are_added_to_the_strict_end_and_then_moved_from_a_free_day() -> None:
    """Ten weeks from a Saturday end on one; counted from the Monday after it, four weeks would end on a Monday."""
    clock = with_committee(adjournment(), started="2026-11-21")
    assert (clock.due, clock.atw) == (D("2027-02-27"), D("2027-03-01"))


@pytest.mark.parametrize("missing", ["bericht_klager_op", "bericht_beklaagde_op"])
def test_t36_an_adjournment_that_one_party_was_not_told_of_extends_nothing(missing: str) -> None:
    law, days = adjournment()
    clock = with_committee((law, {name: day for name, day in days.items() if name != missing}))
    assert (clock.due, clock.extended) == (D("2027-02-01"), ())


@pytest.mark.parametrize("missing", ["nieuwe_einddag", "instemming_op"])
def test_t37_further_extension_without_recorded_consent_extends_nothing(missing: str) -> None:
    law, days = agreement("2027-04-01")
    clock = with_committee(adjournment(), (law, {name: day for name, day in days.items() if name != missing}))
    assert (clock.due, clock.extended) == (D("2027-03-01"), (ADJOURNED,))


def test_t37_with_consent_the_term_runs_to_the_day_agreed_on_which_nothing_moves() -> None:
    saturday = "2027-04-03"
    clock = with_committee(adjournment(), agreement(saturday))
    assert (clock.due, clock.provisional, clock.atw, clock.atw_note) == (D(saturday), False, None, None)
    assert clock.extended == (ADJOURNED, AGREED)


def test_consent_may_be_given_again() -> None:
    assert with_committee(adjournment(), agreement("2027-04-01"), agreement("2027-05-03")).due == D("2027-05-03")


def test_a_day_agreed_on_does_not_shorten_the_term() -> None:
    clock = with_committee(adjournment(), agreement("2027-03-01"))
    assert (clock.due, clock.atw, clock.extended) == (D("2027-03-01"), D("2027-03-01"), (ADJOURNED,))


def test_consent_to_more_comes_after_the_adjournment() -> None:
    assert with_committee(agreement("2027-04-01")).due == D("2027-02-01")
    assert with_committee(agreement("2027-04-01"), adjournment()).due == D("2027-03-01")


def test_a_complaint_is_adjourned_once() -> None:
    assert with_committee(adjournment(), adjournment()).due == D("2027-03-01")


@pytest.mark.parametrize("late", [("2027-02-02", "2027-01-20"), ("2027-01-20", "2027-02-02")])
def test_an_adjournment_told_to_either_after_the_term_had_ended_extends_nothing_and_says_so(
    late: tuple[str, str],
) -> None:
    clock = with_committee(adjournment(*late))
    assert (clock.due, clock.extended) == (D("2027-02-01"), (TOLD_TOO_LATE,))


def test_an_adjournment_told_on_the_last_day_of_the_extended_term_is_in_time() -> None:
    """Ten weeks from this Saturday end on Saturday 30 January, in effect on Monday 1 February."""
    in_time, late = adjournment("2027-02-01", "2027-02-01"), adjournment("2027-02-02", "2027-02-02")
    assert with_committee(in_time, started="2026-11-21").due == D("2027-02-27")
    assert with_committee(late, started="2026-11-21").due == D("2027-01-30")


def test_the_person_concerned_hears_within_a_month_by_a_european_term() -> None:
    clock = clock_of("avg_14_3", "2026-11-30")
    assert (clock.due, clock.atw) == (D("2026-12-30"), D("2026-12-30"))
    may_day = clock_of("avg_14_3", "2027-04-05")
    assert (may_day.due, may_day.atw) == (D("2027-05-05"), D("2027-05-10"))


def test_a_crime_is_reported_without_delay_which_strictly_is_the_same_day() -> None:
    clock = clock_of("sv_162", "2026-11-22", today="2026-11-23")
    assert (clock.due, clock.atw, clock.status) == (D("2026-11-22"), None, ClockStatus.OVERDUE)
    assert clock.term.rule.in_words == Text("onverwijld", "without delay")


@pytest.mark.parametrize("name", LAW)
def test_every_term_of_law_says_on_which_article_it_rests(name: str) -> None:
    rule = LAW[name]
    assert rule.kind is TermKind.LAW
    assert "artikel" in rule.basis.nl
    assert "article" in rule.basis.en


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_extension_says_what_it_is_and_on_which_article_it_rests(name: str) -> None:
    rule = EXTENSIONS[name]
    assert "artikel 9:11" in rule.basis.nl
    assert "artikel 9:11" in rule.reason.nl
    assert set(rule.notices) <= set(rule.requires)


def test_extensions_can_be_remembered() -> None:
    """Clocks are read again and again: what they rest on must be hashable."""
    assert len({granted([adjournment()]), granted([adjournment()])}) == 1
