# SPDX-License-Identifier: EUPL-1.2
"""Protocol D: a report to a temporary committee, what it asks before a case can go on, and when."""

import pytest

from casework.domain.case.commands import DeclareConflict, RecordDeviation
from casework.domain.judge.views import StepState
from casework.protocols import shipped_protocols
from support.casebook import ANNA, Casebook, D, web_report
from support.roads import DAY, Road, along, due, to_do

COMMITTEE = shipped_protocols()["D_tijdelijke_commissie"]

FOLLOWING = (
    ("D04", "onderzoek"),
    ("D07", "geinformeerd"),
    ("D06", "extern"),
    ("D08", None),
    ("D09", "gehoord"),
    ("D09v", "afgerond"),
    ("D10", "geen_wederhoor"),
    ("D11", None),
    ("D12", "als_in_dossier"),
    ("D14", "ongegrond"),
    ("D18", "als_in_dossier"),
)
DISMISSED = (("D04", "niet_in_behandeling"), ("D07", "uitzondering"))
AFTERWARDS = (("D17", "contact_gehad"), ("D17", "afgerond"))


def registered() -> Casebook:
    """A report of 23 November 2026 to the committee's own desk, acknowledged."""
    book = Casebook(web_report("2026-11-23"), protocol=COMMITTEE)
    book.send("acknowledgement", on="2026-11-23")
    book.complete("D01", on="2026-11-23")
    return book


def begun() -> Casebook:
    """The same, with the institution recorded and no conflicts."""
    book = registered()
    book.complete("D02", "als_in_dossier", on="2026-11-23")
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-23")
    book.complete("D03", on="2026-11-23")
    return book


def finished(book: Casebook) -> Casebook:
    book.send("feedback", on="2026-11-25", final=True)
    return along(book, AFTERWARDS, on="2026-11-25")


def closing(book: Casebook, on: str = "2026-11-26") -> str:
    return book.refusal(book.completion("D19", on=on), on=on)


def test_the_institution_is_recorded_once_and_then_referred_to() -> None:
    book = registered()
    assert book.refusal(book.completion("D02", "als_in_dossier", on=DAY), on=DAY) == "accepted"
    nowhere = book.completion("D02", "als_in_dossier", on=DAY, dossier="")
    assert book.refusal(nowhere, on=DAY) == "missing_field"


@pytest.mark.parametrize(
    "body,office,advisory,expected",
    [
        ("raad", "wethouder", False, "member_barred"),
        ("raad", "raadslid", False, "accepted"),
        ("college", "raadslid", False, "member_barred"),
        ("college", "raadslid", True, "accepted"),
        ("burgemeester", "geen", False, "accepted"),
    ],
)
def test_v09_a_committee_with_a_barred_member_is_not_recorded(
    body: str, office: str, expected: str, *, advisory: bool
) -> None:
    members = (
        {"naam": "Een lid", "rol": "voorzitter", "ambt": "geen"},
        {"naam": "Ander", "rol": "lid", "ambt": office},
    )
    institution = registered().completion(
        "D02", "vastgelegd", on=DAY, ingesteld_door=body, leden=members, alleen_advies=advisory
    )
    assert registered().refusal(institution, on=DAY) == expected


def test_a_committee_without_members_is_none() -> None:
    book = registered()
    assert book.refusal(book.completion("D02", "vastgelegd", on=DAY, leden=()), on=DAY) == "missing_field"


@pytest.mark.parametrize(
    "option,to",
    [
        ("ambtenaar", "A_ambtenaren"),
        ("politieke_ambtsdrager", "B_politieke_ambtsdragers"),
        ("klacht_ongewenst_gedrag", "C_klacht_ongewenst_gedrag"),
        ("externe_instantie", None),
    ],
)
def test_a_report_outside_the_mandate_goes_where_it_belongs(option: str, to: str | None) -> None:
    book = along(begun(), (("D03x", option),))
    left = COMMITTEE.exits[book.judged(DAY).exit or ""]
    assert (left.leaves, left.to) == (True, to)
    assert to_do(book) == {"D15", "D19"} | (set() if to else {"D07"})


def test_p01_there_are_no_findings_without_a_plan_and_a_reply() -> None:
    book = along(begun(), FOLLOWING[:2])
    assert book.refusal(book.completion("D08", on=DAY), on=DAY) == "not_reached"
    along(book, FOLLOWING[2:6])
    assert book.refusal(book.completion("D11", on=DAY), on=DAY) == "not_reached"
    along(book, FOLLOWING[6:7])
    assert book.refusal(book.completion("D11", on=DAY), on=DAY) == "accepted"


@pytest.mark.parametrize("steps", [DISMISSED, FOLLOWING])
def test_p03_the_notice_to_the_person_concerned_is_owed_on_every_road(steps: Road) -> None:
    later = tuple((step, "uitgesteld" if step == "D07" else option) for step, option in steps)
    book = finished(along(begun(), later))
    assert closing(book) == "steps_open"
    book.complete("D07", "uitzondering", on="2026-11-25")
    assert closing(book) == "accepted"


def test_p05_an_offence_is_tested_before_the_case_can_close() -> None:
    book = begun()
    book.complete("D04", "niet_in_behandeling", on=DAY, strafbaar_feit=True, strafbaar_feit_bekend_op=DAY)
    finished(along(book, DISMISSED[1:]))
    assert due(book, "D16") == D(DAY)
    assert closing(book) == "steps_open"
    book.complete("D16", "geen_aangifte", on="2026-11-26")
    assert closing(book) == "accepted"


def test_recommendations_are_followed_up_every_year_until_none_is_open() -> None:
    book = along(begun(), (*FOLLOWING[:8], ("D12", "eindrapport"), ("D13", None)))
    book.complete("D14", "gegrond", on=DAY, besluit_op=DAY)
    assert due(book, "D18") == D("2027-11-24")
    book.complete("D18", "later_weer", on="2027-11-22", volgende_stand_op="2028-11-20")
    view = book.judged("2027-11-23").step("D18")
    assert (view.state, due(book, "D18", "2027-11-23")) == (StepState.OPEN, D("2028-11-20"))
    book.complete("D18", "afgerond", on="2028-11-20")
    assert "D18" not in to_do(book, "2028-11-20")


def test_a_closed_desk_says_what_its_page_tells() -> None:
    book = finished(along(begun(), DISMISSED))
    silent = book.completion("D19", on="2026-11-26", meldpunt_gesloten=True, gesloten_pagina="")
    assert book.refusal(silent, on="2026-11-26") == "missing_field"
    told = book.completion("D19", on="2026-11-26", meldpunt_gesloten=True)
    assert book.refusal(told, on="2026-11-26") == "accepted"


@pytest.mark.parametrize("step", ["D01", "D02", "D03", "D07"])
def test_what_the_law_asks_cannot_be_left_out(step: str) -> None:
    deviation = RecordDeviation(ANNA, step, "No time", "opdrachtgever")
    assert begun().refusal(deviation) == "law_cannot_be_left_out"


@pytest.mark.parametrize(
    "before,step,follows",
    [((), "D04", "D06"), (FOLLOWING[:6], "D10", "D11"), (FOLLOWING[:8], "D12", "D14"), (FOLLOWING[:9], "D14", "D18")],
)
def test_a_step_that_is_left_out_with_consent_does_not_stop_the_case(before: Road, step: str, follows: str) -> None:
    book = along(begun(), before)
    book.do(RecordDeviation(ANNA, step, "Settled at once", "opdrachtgever"), on=DAY)
    assert follows in to_do(book)
