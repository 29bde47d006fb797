# SPDX-License-Identifier: EUPL-1.2
"""The terms of the Awb as a complaint about unwanted behaviour meets them (facts T32 to T37)."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import CompleteStep, DeclareConflict
from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.law import EXTENSIONS
from casework.domain.terms.term import TOLD_TOO_LATE, Clock
from casework.protocols import shipped_protocols
from support.casebook import ANNA, Casebook, D, told_report

COMPLAINTS = shipped_protocols()["C_klacht_ongewenst_gedrag"]


def letter(received: str = "2026-11-23") -> Casebook:
    """A case of which nothing is known but that a letter came."""
    book = Casebook(told_report(received), on="2026-11-23", protocol=COMPLAINTS)
    book.send("acknowledgement", on="2026-11-24")
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-24")
    return book


def complaint(received: str = "2026-11-23", *, committee: bool = True) -> Casebook:
    """A signed complaint, acknowledged and registered."""
    book = letter(received)
    book.complete("C00", "ondertekende_klacht", on="2026-11-24", klaagschrift_op=received)
    book.complete("C01", on="2026-11-24", commissie=committee)
    return book


def adjourned(on: str = "2027-01-20") -> Casebook:
    book = complaint()
    book.complete("C09v", on=on, bericht_klager_op=on, bericht_beklaagde_op=on)
    return book


def clock(book: Casebook, step: str = "C09", on: str = "2026-11-25") -> Clock:
    found = book.judged(on).step(step).clock
    assert found
    return found


def lacking(command: CompleteStep, field: str) -> CompleteStep:
    """The same command, of which the record lacks one field."""
    return replace(command, record={name: value for name, value in command.record.items() if name != field})


def test_t32_a_complaint_before_a_committee_is_decided_in_ten_weeks_and_adjourned_by_four() -> None:
    assert clock(complaint()).due == D("2027-02-01")
    assert clock(adjourned()).due == D("2027-03-01")
    assert clock(adjourned()).extended == (EXTENSIONS["awb_9_11_2"].reason,)


def test_t33_a_complaint_without_a_committee_is_decided_in_six_weeks() -> None:
    assert clock(complaint(committee=False)).due == D("2027-01-04")


def test_t33_while_nobody_said_that_there_is_a_committee_the_shorter_term_counts() -> None:
    book = letter()
    book.complete("C00", "ondertekende_klacht", on="2026-11-24", klaagschrift_op="2026-11-23")
    assert clock(book).due == D("2027-01-04")


@pytest.mark.parametrize(
    "committee,due,in_effect", [(True, "2027-01-30", "2027-02-01"), (False, "2027-01-02", "2027-01-04")]
)
def test_t34_a_complaint_received_on_a_saturday_is_decided_in_effect_by_a_monday(
    *, committee: bool, due: str, in_effect: str
) -> None:
    found = clock(complaint("2026-11-21", committee=committee))
    assert (found.due, found.atw, found.term.rule.free_days) == (D(due), D(in_effect), FreeDayRule.ATW)


def test_t35_notice_that_a_complaint_is_not_taken_up_is_due_in_four_weeks() -> None:
    book = complaint()
    assert clock(book, "C03").due == D("2026-12-21")
    book.complete("C03", "niet_in_behandeling", on="2026-12-10")
    assert clock(book, "C10", "2026-12-10").due == D("2026-12-21")


@pytest.mark.parametrize("party", ["bericht_klager_op", "bericht_beklaagde_op"])
def test_t36_an_adjournment_that_one_party_was_not_told_of_is_refused(party: str) -> None:
    book = complaint()
    command = book.completion("C09v", on="2027-01-20")
    assert book.refusal(command, on="2027-01-20") == "accepted"
    assert book.refusal(lacking(command, party), on="2027-01-20") == "missing_field"


def test_t36_an_adjournment_told_too_late_moves_nothing() -> None:
    found = clock(adjourned("2027-02-02"), on="2027-02-03")
    assert (found.due, found.extended) == (D("2027-02-01"), (TOLD_TOO_LATE,))


def test_t36_a_second_adjournment_is_refused() -> None:
    book = adjourned()
    assert book.refusal(book.completion("C09v", on="2027-02-20"), on="2027-02-20") == "already_done"


@pytest.mark.parametrize("field", ["instemming_op", "nieuwe_einddag"])
def test_t37_further_extension_needs_the_consent_and_the_day_agreed_on(field: str) -> None:
    book = adjourned()
    command = book.completion("C09w", on="2027-02-20")
    assert book.refusal(command, on="2027-02-20") == "accepted"
    assert book.refusal(lacking(command, field), on="2027-02-20") == "missing_field"


def test_t37_with_consent_the_term_runs_to_the_day_agreed_on() -> None:
    book = adjourned()
    book.complete("C09w", on="2027-02-20", instemming_op="2027-02-20", nieuwe_einddag="2027-04-03")
    assert clock(book).due == D("2027-04-03")


def test_t37_consent_does_not_come_before_the_adjournment() -> None:
    book = complaint()
    assert book.refusal(book.completion("C09w", on="2027-01-20"), on="2027-01-20") == "earlier_step"
